//! Makes a call that came inside of another one as if it had come alone: it is held against its own contract, acts as whom it
//! says, meets its own faults and stands in the journal for itself, before the call around it. The key is the one the outer
//! call was signed with, and calls per second are counted once (ASSUMED).

use ess_schemas::ActionContract;
use serde_json::Value;

use super::noting::Noted;
use super::{Answer, Edge};
use crate::actions::enclosed::Enclosed;
use crate::engine::clock::EdgeTime;
use crate::gateway::fault::Fault;
use crate::gateway::language::Language;
use crate::gateway::{product, shape};

impl Edge {
    /// Makes the call that came inside of one of `around`, and writes it down.
    pub(super) fn answer_enclosed(
        &self,
        enclosed: &Enclosed,
        around: &ActionContract,
        outer: &Noted,
        edge: EdgeTime,
        language: Language,
    ) -> Answer {
        let mut noted = outer.inside(&enclosed.action, &enclosed.body);
        let key = noted.key.clone();
        let answer = match (read(enclosed, around), key) {
            (Ok((contract, parameters)), Some(key)) => {
                noted.contract = Some(contract);
                noted.reads_json(&parameters, &enclosed.body);
                self.act(&key, contract, parameters, noted, edge, language)
            }
            (Ok(_), None) => self.refuse(noted, &Fault::Internal, language),
            (Err(fault), _) => self.refuse(noted, &fault, language),
        };
        self.write_down(&answer, edge);
        answer
    }
}

/// The action and its parameters. No call is inside of one that is inside itself.
fn read(enclosed: &Enclosed, around: &ActionContract) -> Result<(&'static ActionContract, Value), Fault> {
    let contract = product::contract(around.service.version(), &enclosed.action)?;
    if contract.name == around.name {
        return Err(Fault::InvalidAction { action: enclosed.action.clone(), service: around.service });
    }
    Ok((contract, shape::read_json(&enclosed.body, contract)?))
}
