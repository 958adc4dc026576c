//! What has happened to a contract of a world file since it was launched, in that order.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::approver::Person;
use crate::domain::flow::Flow;
use crate::domain::ids::{FlowId, RecipientId};
use crate::domain::intention::Recording;
use crate::domain::life::changing::REMINDERS;
use crate::domain::life::filling::Fill;
use crate::domain::life::reviewing::Ruling;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::world::{Outbox, World};

/// One thing that happened. Signers are counted from 0.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A signer signed.
    Sign(usize),
    /// A signer signed before the camera, and answered so.
    Answer(AnswerStep),
    /// A signer filled in.
    Fill(FillStep),
    /// A signer refused.
    Reject(SpokenStep),
    /// A review let signers pass, of the initiator's company when none is named.
    Pass(Option<usize>),
    /// A signer became known.
    Name(NameStep),
    /// A signer was reminded.
    Remind(usize),
    /// The initiator withdrew the contract, with this reason.
    Cancel(String),
    /// Something outside made it void.
    Invalidate(String),
}

/// See [`Step::Answer`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the names say it")]
pub struct AnswerStep {
    pub approver: usize,
    pub said: Vec<String>,
}

/// See [`Step::Fill`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the names say it")]
pub struct FillStep {
    pub approver: usize,
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// See [`Step::Reject`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the names say it")]
pub struct SpokenStep {
    pub approver: usize,
    pub reason: String,
}

/// See [`Step::Name`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the names say it")]
pub struct NameStep {
    pub approver: usize,
    pub name: String,
    pub mobile: String,
}

impl Step {
    /// Takes the step at `at`, by the same rule as everybody.
    ///
    /// # Errors
    /// There is no such signer, or what the rule refuses.
    pub(super) fn take(&self, world: &mut World, id: &FlowId, at: Timestamp) -> Result<(), Refusal> {
        // Whoever had to be told was told before the world began.
        let mut told = Outbox::new();
        let flow =
            world.flows.get(id.as_str()).cloned().ok_or_else(|| Refusal::FlowUnknown { flow: id.to_string() })?;
        match self {
            Self::Sign(place) => world.sign_flow(id, &slot(&flow, *place)?, at, &mut told),
            Self::Answer(step) => {
                let (recipient, recording) = (slot(&flow, step.approver)?, Recording::Spoken(step.said.clone()));
                world.sign_recorded(id, &recipient, Some(recording), at, &mut told)
            }
            Self::Cancel(reason) => world.cancel_flow(id, reason, at, &mut told),
            Self::Fill(step) => {
                let recipient = slot(&flow, step.approver)?;
                let fill = |(component, value): (&String, &String)| Fill {
                    component: component.clone(),
                    value: value.clone(),
                };
                let values: Vec<Fill> = step.values.iter().map(fill).collect();
                world.change_flow(id, at, &mut told, |flow| flow.fill(&recipient, &values, at))
            }
            Self::Reject(step) => {
                let recipient = slot(&flow, step.approver)?;
                world.change_flow(id, at, &mut told, |flow| flow.reject(&recipient, &step.reason, at))
            }
            Self::Pass(place) => {
                let recipient = place.map(|place| slot(&flow, place)).transpose()?;
                world.change_flow(id, at, &mut told, |flow| flow.review(recipient.as_ref(), &Ruling::Pass, at))
            }
            Self::Name(step) => {
                let recipient = slot(&flow, step.approver)?;
                let person = Person { name: step.name.clone(), mobile: step.mobile.clone(), ..Person::default() };
                world.change_flow(id, at, &mut told, |flow| flow.name(&recipient, person, at))
            }
            Self::Remind(place) => {
                let recipient = slot(&flow, *place)?;
                world.change_flow(id, at, &mut told, |flow| flow.remind(&recipient, REMINDERS))
            }
            Self::Invalidate(reason) => world.change_flow(id, at, &mut told, |flow| flow.invalidate(reason, at)),
        }
    }
}

fn slot(flow: &Flow, place: usize) -> Result<RecipientId, Refusal> {
    let approver = flow.approvers.get(place).map(|one| one.recipient.clone());
    approver.ok_or_else(|| Refusal::ApproverUnknown { approver: place.to_string() })
}
