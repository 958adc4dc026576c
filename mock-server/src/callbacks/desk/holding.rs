//! Deliveries that are held back, each with a latest moment that is a timer.
//!
//! What waits for the same thing stands in one pen: messages of a contract that must move on, messages that wait for the same
//! other message, messages that gather. A pen is found by a name made from what is waited for, and goes when it is empty.

use std::collections::VecDeque;

use imbl::{OrdSet, Vector};
use serde::{Deserialize, Serialize};

use super::Desk;
use crate::callbacks::delivery::{Delivery, DeliveryState};
use crate::callbacks::disorder::plan::{Gathering, Stage};
use crate::callbacks::named::Named;
use crate::domain::flow::Flow;
use crate::domain::ids::FlowId;
use crate::domain::status::ApproverStatus;
use crate::domain::time::Timestamp;
use crate::engine::timers::{Timer, Timers};

/// How many names of what has gone out are kept; the oldest go first. Who waits for one that was forgotten waits to the end.
const GONE_OUT_KEPT: usize = 10_000;

/// What others wait for and has gone out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub(super) struct GoneOut {
    names: OrdSet<String>,
    oldest_first: Vector<String>,
}

impl From<Vec<String>> for GoneOut {
    fn from(oldest_first: Vec<String>) -> Self {
        Self { names: oldest_first.iter().cloned().collect(), oldest_first: oldest_first.into() }
    }
}

impl From<GoneOut> for Vec<String> {
    fn from(gone_out: GoneOut) -> Self {
        gone_out.oldest_first.into_iter().collect()
    }
}

impl GoneOut {
    fn add(&mut self, name: &str) {
        if self.names.insert(name.to_owned()).is_none() {
            self.oldest_first.push_back(name.to_owned());
        }
        while self.oldest_first.len() > GONE_OUT_KEPT {
            if let Some(oldest) = self.oldest_first.pop_front() {
                self.names.remove(&oldest);
            }
        }
    }
}

impl Desk {
    /// A timer of this delivery is due: it ends what holds it back, or puts a retry back into its lane.
    pub fn wake(&mut self, number: u64, now: Timestamp, timers: &mut Timers) {
        let Some(delivery) = self.deliveries.get(&number) else { return };
        match delivery.state {
            DeliveryState::Held(_) => {
                let gathers = delivery.fate.stages.first().is_some_and(|stage| gathering(stage).is_some());
                let pen = pen_of(delivery).filter(|_| gathers);
                let released = pen.map_or_else(|| vec![number], |pen| self.gathered(&pen));
                self.release(released, now, timers);
            }
            DeliveryState::Waiting(_) => self.queue(number),
            DeliveryState::Sending
            | DeliveryState::Delivered
            | DeliveryState::GivenUp
            | DeliveryState::Lost
            | DeliveryState::Dropped => {}
        }
    }

    /// A contract has changed: what was held until then goes on.
    pub(super) fn move_on(&mut self, flow: &Flow, now: Timestamp, timers: &mut Timers) {
        let Some(pen) = self.pens.get(&contract_pen(flow)) else { return };
        let is_past = |number: &u64| {
            let told = self.deliveries.get(number).and_then(|one| one.message.kind.flow());
            told.is_some_and(|told| standing(told) != standing(flow))
        };
        let outdated: Vec<u64> = pen.iter().copied().filter(is_past).collect();
        self.release(outdated, now, timers);
    }

    /// Ends the stage these are in, and lets each go on in this order.
    fn release(&mut self, released: Vec<u64>, now: Timestamp, timers: &mut Timers) {
        for number in &released {
            self.leave_stage(*number, timers);
        }
        self.go_on(released.into(), now, timers);
    }

    /// A new delivery goes to what its policy has for it, or straight into its lane.
    pub(super) fn proceed(&mut self, number: u64, now: Timestamp, timers: &mut Timers) {
        let fate = self.deliveries.get(&number).map(|one| &one.fate);
        if fate.is_some_and(|fate| fate.stages.is_empty() && fate.awaited_as.is_empty()) {
            self.queue(number);
        } else {
            self.go_on(VecDeque::from([number]), now, timers);
        }
    }

    fn go_on(&mut self, mut moving: VecDeque<u64>, now: Timestamp, timers: &mut Timers) {
        while let Some(number) = moving.pop_front() {
            let Some(delivery) = self.deliveries.get(&number).filter(|one| !one.state.is_final()).cloned() else {
                continue;
            };
            let moved = match delivery.fate.stages.first() {
                Some(stage) => self.hold(number, &delivery, stage, now, timers),
                None => self.set_out(number, &delivery, now),
            };
            for number in &moved {
                self.leave_stage(*number, timers);
            }
            moving.extend(moved);
        }
    }

    /// A delivery comes to a stage; answers whose stage ends by that, its own when nothing holds it.
    fn hold(
        &mut self,
        number: u64,
        delivery: &Delivery,
        stage: &Stage,
        now: Timestamp,
        timers: &mut Timers,
    ) -> Vec<u64> {
        let pen = pen_of(delivery);
        if matches!(stage, Stage::Swap(..)) && pen.as_ref().is_some_and(|pen| self.gone_out.names.contains(pen)) {
            return vec![number];
        }
        let gathering = gathering(stage);
        let first = pen.as_ref().filter(|_| gathering.is_some()).and_then(|pen| self.pens.get(pen)?.get_min().copied());
        let until = first.and_then(|first| self.waiting_until(first)).into_iter().chain([stage.latest(now)]).min();
        let until = until.unwrap_or(now);
        if let Some(pen) = &pen {
            self.pens.entry(pen.clone()).or_default().insert(number);
        }
        self.set_state(number, DeliveryState::Held(until));
        timers.set(until, Timer::Attempt(number));
        let (Some(gathering), Some(pen)) = (gathering, pen) else {
            return if until <= now { vec![number] } else { Vec::new() };
        };
        let gathered = self.pens.get(&pen).map_or(0, OrdSet::len);
        let enough =
            gathering.messages.is_some_and(|messages| u32::try_from(gathered).is_ok_and(|count| count >= messages));
        if enough || until <= now { self.gathered(&pen) } else { Vec::new() }
    }

    /// A delivery goes into its lane; answers who waited for it.
    fn set_out(&mut self, number: u64, delivery: &Delivery, now: Timestamp) -> Vec<u64> {
        self.set_state(number, DeliveryState::Waiting(now));
        self.queue(number);
        let mut waited = Vec::new();
        for name in &delivery.fate.awaited_as {
            let pen = pair_pen(delivery, *name);
            self.gone_out.add(&pen);
            waited.extend(self.pens.get(&pen).into_iter().flatten().copied());
        }
        waited
    }

    /// Takes a delivery out of the stage it is in.
    fn leave_stage(&mut self, number: u64, timers: &mut Timers) {
        self.leave_pen(number, timers);
        if let Some(delivery) = self.deliveries.get_mut(&number)
            && !delivery.fate.stages.is_empty()
        {
            std::sync::Arc::make_mut(delivery).fate.stages.remove(0);
        }
    }

    /// Takes a delivery out of its pen, if it is in one, and cancels its timer, if it has one.
    pub(super) fn leave_pen(&mut self, number: u64, timers: &mut Timers) {
        let Some(delivery) = self.deliveries.get(&number) else { return };
        if let DeliveryState::Held(until) | DeliveryState::Waiting(until) = delivery.state {
            timers.cancel(until, Timer::Attempt(number));
        }
        let Some(pen) = pen_of(delivery) else { return };
        if let Some(inside) = self.pens.get_mut(&pen) {
            inside.remove(&number);
            if inside.is_empty() {
                self.pens.remove(&pen);
            }
        }
    }

    /// What has gathered in this pen, in the order it goes on.
    fn gathered(&self, pen: &str) -> Vec<u64> {
        let mut inside: Vec<u64> = self.pens.get(pen).into_iter().flatten().copied().collect();
        inside.sort_by_key(|number| {
            let fate = self.deliveries.get(number).map(|one| &one.fate);
            let rank = fate.and_then(|fate| matches!(fate.stages.first()?, Stage::Shuffle(_)).then_some(fate.rank));
            (rank, *number)
        });
        inside
    }
}

fn gathering(stage: &Stage) -> Option<&Gathering> {
    match stage {
        Stage::Shuffle(gathering) | Stage::Merge(gathering) => Some(gathering),
        Stage::Outdated(_) | Stage::Delay(_) | Stage::Swap(..) => None,
    }
}

/// The name of the pen a delivery waits in at its stage; who only waits for the time stands in none.
pub(super) fn pen_of(delivery: &Delivery) -> Option<String> {
    let stage = delivery.fate.stages.first()?;
    match stage {
        Stage::Delay(_) => None,
        Stage::Outdated(_) => delivery.message.kind.flow().map(|flow| contract_pen(flow)),
        Stage::Swap(awaited, _) => Some(pair_pen(delivery, *awaited)),
        Stage::Shuffle(_) | Stage::Merge(_) => {
            let contract = delivery.message.kind.flow_id().filter(|_| delivery.fate.among_its_contract);
            let contract = contract.map(FlowId::as_str).unwrap_or_default();
            Some(format!("{} {} {contract}", stage.name(), delivery.address.id))
        }
    }
}

fn contract_pen(flow: &Flow) -> String {
    format!("contract {}", flow.id)
}

/// Messages of one contract, on their way to one address, wait for one so named. Those without a contract are alike.
fn pair_pen(delivery: &Delivery, awaited: Named) -> String {
    let contract = delivery.message.kind.flow_id().map(FlowId::as_str).unwrap_or_default();
    format!("pair {} {contract} {awaited}", delivery.address.id)
}

/// What the API tells of where a contract stands.
fn standing(flow: &Flow) -> (crate::domain::flow::FlowState, Vec<ApproverStatus>) {
    (flow.state, flow.approvers.iter().map(|one| one.status).collect())
}
