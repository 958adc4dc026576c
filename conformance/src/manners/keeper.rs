//! Watches the calls of a run at a target that is not ours: below the cap, and none before its line is in the ledger.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::effects::{self, Effects};
use super::ledger::{Intent, Ledger, Line, RunLine};
use super::mark;
use crate::outcome::Answer;
use crate::stage::watch::{Going, Stop, Ticket, Watch};

/// Keeps the ledger of a run.
pub struct Keeper {
    run: String,
    most: Option<u64>,
    state: Mutex<State>,
}

struct State {
    /// Taken out when the run is over.
    ledger: Option<Ledger>,
    next: u64,
    /// Contracts there are, or may be.
    contracts: u64,
    /// Why the ledger is not true any more.
    broken: Option<String>,
}

impl Keeper {
    /// Begins a run; `most` is how many contracts it may create.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn begin(mut ledger: Ledger, run: RunLine, most: Option<u64>) -> Result<Self, String> {
        let name = run.run.clone();
        ledger.add(Line::Run(run))?;
        let next = ledger.next_call();
        Ok(Self {
            run: name,
            most,
            state: Mutex::new(State { ledger: Some(ledger), next, contracts: 0, broken: None }),
        })
    }

    /// The end of the run: what was written, once. No call is let go from now on.
    pub fn close(&self) -> Option<Ledger> {
        self.state().ledger.take()
    }

    /// How many contracts this run has created.
    pub fn contracts(&self) -> u64 {
        self.state().contracts
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn add(&mut self, line: Line) -> Result<(), String> {
        self.ledger.as_mut().ok_or("the run is over")?.add(line)
    }

    /// A call without outcome keeps its place below the cap.
    fn outcome(&mut self, call: u64, going: &Going<'_>, answer: &Answer) {
        let line = match answer {
            Answer::Answered(answer) => {
                Line::Created { call, objects: effects::objects(going.service, going.action, answer) }
            }
            Answer::Refused { code, .. } => {
                self.contracts -= caused(going).contracts;
                Line::Refused { call, code: code.clone() }
            }
            Answer::Lost(why) => Line::Lost { call, why: why.clone() },
        };
        if let Err(why) = self.add(line) {
            self.broken.get_or_insert(why);
        }
    }
}

fn caused(going: &Going<'_>) -> Effects {
    effects::of(going.service, going.action, going.request)
}

impl Watch for Keeper {
    fn before(&self, going: &mut Going<'_>) -> Result<Ticket, Stop> {
        let caused = caused(going);
        let mut state = self.state();
        if let Some(why) = &state.broken {
            return Err(Stop::Broken(why.clone()));
        }
        if !caused.creates() {
            return Ok(Ticket(None));
        }
        if let Some(most) = self.most
            && state.contracts + caused.contracts > most
        {
            return Err(Stop::Enough(format!("--max-flows {most} is reached")));
        }
        let call = state.next;
        let mut names = Vec::new();
        // A call that must fail is not made better or worse.
        if !going.refused {
            names = mark::put(going.request, &self.run, call);
            if caused.contracts > 0
                && !going.deadlines_matter
                && let Some(contract) = ess_schemas::action(going.service, going.action)
            {
                mark::shorten(going.request, contract, going.now);
            }
        }
        let actor = ["Operator", "Caller", "Agent"].into_iter().find_map(|name| going.request.get(name));
        let intent = Intent {
            call,
            at: going.now,
            action: going.action.to_owned(),
            service: going.service.name().to_owned(),
            key: going.key.to_owned(),
            actor: actor.cloned().unwrap_or_default(),
            contracts: caused.contracts,
            names,
            ends: mark::end(going.request),
        };
        state.add(Line::Intent(intent)).map_err(Stop::Broken)?;
        state.next += 1;
        state.contracts += caused.contracts;
        Ok(Ticket(Some(call)))
    }

    fn after(&self, ticket: Ticket, going: &Going<'_>, answer: &mut Answer) {
        if let Some(call) = ticket.0 {
            self.state().outcome(call, going, answer);
        }
        if let Answer::Answered(answer) = answer {
            mark::remove(answer);
        }
    }

    fn came_in(&self, value: &mut Value) {
        mark::remove(value);
    }
}

#[cfg(test)]
mod tests {
    use ess_schemas::Service;
    use serde_json::json;

    use super::*;

    fn keeper(folder: &tempfile::TempDir, most: u64) -> Keeper {
        let ledger = Ledger::open(&folder.path().join("ledger.jsonl")).unwrap();
        let run = RunLine { run: "ess-1".to_owned(), target: "here".to_owned(), profile: None };
        Keeper::begin(ledger, run, Some(most)).unwrap()
    }

    fn call(keeper: &Keeper, request: &mut Value, answer: Answer) -> Result<(), Stop> {
        let mut going = Going {
            service: Service::Ess,
            action: "CreateFlowByFiles",
            key: "own",
            request,
            refused: false,
            deadlines_matter: false,
            now: 1000,
        };
        let ticket = keeper.before(&mut going)?;
        let mut answer = answer;
        keeper.after(ticket, &going, &mut answer);
        Ok(())
    }

    #[test]
    fn the_cap_counts_what_was_created_and_what_may_have_been() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = keeper(&folder, 2);
        let refused = Answer::Refused { code: "OperationDenied".to_owned(), message: String::new() };

        assert_eq!(call(&keeper, &mut json!({"FlowName": "甲"}), refused), Ok(()));
        assert_eq!(call(&keeper, &mut json!({"FlowName": "乙"}), Answer::Lost("gone".to_owned())), Ok(()));
        assert_eq!(call(&keeper, &mut json!({"FlowName": "丙"}), Answer::Answered(json!({"FlowId": "yA"}))), Ok(()));

        let stopped = call(&keeper, &mut json!({"FlowName": "丁"}), Answer::Answered(json!({"FlowId": "yB"})));
        assert_eq!(stopped, Err(Stop::Enough("--max-flows 2 is reached".to_owned())));
        assert_eq!(keeper.contracts(), 2);
        let open = keeper.close().unwrap().open_at("here");
        assert_eq!(open.unanswered.iter().map(|intent| intent.call).collect::<Vec<_>>(), [2]);
        assert_eq!(open.objects.len(), 1);
    }

    #[test]
    fn a_contract_goes_out_with_a_mark_and_an_end_and_the_ledger_knows_both() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = keeper(&folder, 2);
        let mut request = json!({"FlowName": "采购合同", "Operator": {"UserId": "yU"}});

        call(&keeper, &mut request, Answer::Lost("gone".to_owned())).unwrap();

        assert_eq!(request["FlowName"], "采购合同 ess-1-1");
        assert_eq!(request["Deadline"], 87_400);
        let intent = keeper.close().unwrap().open_at("here").unanswered.remove(0);
        assert_eq!((intent.names, intent.ends), (vec!["采购合同 ess-1-1".to_owned()], Some(87_400)));
        assert_eq!(intent.actor, json!({"UserId": "yU"}));
    }
}
