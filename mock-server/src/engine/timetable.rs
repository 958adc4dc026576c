//! Which timers a contract has, as a function of its state: set and cancelled by value.

use std::time::Duration;

use super::settings::Settings;
use super::timers::Timer;
use crate::domain::flow::{Ended, Flow, FlowState};
use crate::domain::status::ApproverStatus;
use crate::domain::time::{DAY, Timestamp};

/// How long before the deadline those who are due are warned (ASSUMED: a day, the vendor names no span).
const WARNED_BEFORE: Duration = DAY;

/// The timers of the contract with this number. What only tells somebody something is past once its moment is.
pub(super) fn timers_of(number: u64, flow: &Flow, settings: &Settings, now: Timestamp) -> Vec<(Timestamp, Timer)> {
    let mut timers = Vec::new();
    if flow.state == FlowState::Draft {
        let document = flow.document.as_ref().filter(|document| !document.composed);
        let composed_at = document.map(|document| document.made_at.plus(settings.composition_delay()));
        timers.extend(composed_at.map(|at| (at, Timer::Composition(number))));
    }
    if flow.is_running() {
        let deadline = earliest_deadline(flow);
        timers.push((deadline, Timer::Deadline(number)));
        let warned_at = deadline.minus(WARNED_BEFORE);
        timers.extend((warned_at > now).then_some((warned_at, Timer::NearExpiry(number))));
        timers.extend(flow.machines_due().filter_map(|(one, since)| {
            let place = flow.position(&one.recipient)?;
            Some((since.plus(settings.auto_sign_delay()), Timer::AutoSign(number, place)))
        }));
        timers.extend(flow.approvers.iter().enumerate().filter_map(|(place, one)| {
            let rule = settings.autopilot_rules().find(|rule| rule.applies_to(flow, one))?;
            Some((one.due_since?.plus(rule.delay()), Timer::Autopilot(number, place)))
        }));
    }
    // It is about the contract's own term, so it outlives the signing.
    let in_force = flow.is_running() || flow.state == FlowState::Ended(Ended::Signed);
    let reminded_on = flow.wishes.reminded_on.filter(|at| in_force && *at > now);
    timers.extend(reminded_on.map(|at| (at, Timer::Renewal(number))));
    timers
}

/// The contract expires with the first of its signers who is late.
fn earliest_deadline(flow: &Flow) -> Timestamp {
    let own = flow.approvers.iter().filter(|one| one.status != ApproverStatus::Signed).filter_map(|one| one.deadline);
    own.fold(flow.deadline, Ord::min)
}
