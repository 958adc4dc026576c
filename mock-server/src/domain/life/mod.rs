//! What may happen to a contract, a file per chapter of its life.
//!
//! | # | what | file |
//! |---|---|---|
//! | T1, T2, T4 | a contract is made, gets its document | [`super::launch`] |
//! | T3 | it starts | [`starting`] |
//! | T5, T6 | a signer fills in, or refuses to | [`filling`] |
//! | T7 to T10 | a signer or a machine signs, or refuses to | [`signing`] |
//! | T11 to T13 | a review opens a gate, keeps it shut, ends the contract | [`reviewing`] |
//! | T14 to T17 | withdrawn, expired, made void | [`ending`] |
//! | T18, T19 | deadlines move, a task is handed on; notes, reminders | [`changing`] |
//! | T20 to T22 | released by an agreement | [`ending`] |
//! | T23 to T25 | signers become known, join; it is archived | [`joining`] |
//!
//! Every rule checks everything first and changes afterwards; [`TRANSITIONS`] says which statuses each may lead between, and
//! the properties in this folder hold every rule to it, whatever the order.

pub mod changing;
pub mod ending;
pub mod filling;
pub mod joining;
pub mod reviewing;
pub mod signing;
pub mod starting;

#[cfg(test)]
mod properties;

use super::event::Happening;
use super::flow::{Ended, Flow, FlowState};
use super::ids::RecipientId;
use super::refusal::Refusal;
use super::status::{ApproverStatus, FlowStatus};
use super::time::Timestamp;

/// One row of the table of transitions.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// Its number in the table of contract life.
    pub number: &'static str,
    /// The rule that does it.
    pub rule: &'static str,
    /// Statuses it may start from.
    pub from: &'static [FlowStatus],
    /// Statuses it may lead to; `from` itself where the contract's status stays.
    pub to: &'static [FlowStatus],
}

use FlowStatus::{
    Cancelled, Expired, FillRejected, Filling, Invalidated, NotStarted, NotStartedWithFill, PartlyFilled, PartlySigned,
    Rejected, Released, Signed, Signing,
};

const DRAFT: &[FlowStatus] = &[NotStarted, NotStartedWithFill];
const FILLING: &[FlowStatus] = &[Filling, PartlyFilled];
const SIGNING: &[FlowStatus] = &[Signing, PartlySigned];
const RUNNING: &[FlowStatus] = &[Filling, PartlyFilled, Signing, PartlySigned];
const OPEN: &[FlowStatus] = &[NotStarted, NotStartedWithFill, Filling, PartlyFilled, Signing, PartlySigned];

const fn row(
    number: &'static str,
    rule: &'static str,
    from: &'static [FlowStatus],
    to: &'static [FlowStatus],
) -> Transition {
    Transition { number, rule, from, to }
}

/// Every way a made contract's status may go (`api CreateFlow` to `api ArchiveDynamicFlow`, `seed scenario-guide`).
pub const TRANSITIONS: &[Transition] = &[
    row("T2", "attach", DRAFT, DRAFT),
    row("T2", "compose", DRAFT, DRAFT),
    row("T3", "compose", DRAFT, &[Signing, Filling]),
    row("T3", "start", DRAFT, &[Signing, Filling]),
    row("T3", "start_when_composed", DRAFT, DRAFT),
    row("T5", "fill", FILLING, &[PartlyFilled, Signing]),
    row("T6", "reject", FILLING, &[FillRejected]),
    row("T7", "sign", SIGNING, &[PartlySigned]),
    row("T8", "sign", SIGNING, &[Signed]),
    row("T10", "reject", SIGNING, &[Rejected]),
    row("T11", "review", RUNNING, RUNNING),
    row("T13", "review", RUNNING, &[Rejected]),
    row("T14", "cancel", OPEN, &[Cancelled]),
    row("T15", "expire", RUNNING, &[Expired]),
    row("T17", "invalidate", RUNNING, &[Invalidated]),
    row("T18", "extend", RUNNING, RUNNING),
    row("T19", "forward", RUNNING, RUNNING),
    row("T21", "release", &[Signed], &[Released]),
    row("T23", "add_approvers", SIGNING, SIGNING),
    row("T24", "archive", SIGNING, &[Signed]),
    row("T25", "name", RUNNING, RUNNING),
];

impl Flow {
    /// Whose turn it is becomes known at `now`: to fill in first, as long as anybody must; then to sign. In an ordered
    /// contract it is the first who has not acted, else everybody.
    pub(super) fn call_next(&mut self, now: Timestamp) -> Vec<Happening> {
        let filling = self.state == FlowState::Filling;
        let at_once = if self.unordered { usize::MAX } else { 1 };
        let waits = |status| match status {
            ApproverStatus::NotLaunched | ApproverStatus::NotYetDue | ApproverStatus::ToFill => true,
            ApproverStatus::Filled | ApproverStatus::ToSign => !filling,
            ApproverStatus::NotPreLaunched
            | ApproverStatus::Signed
            | ApproverStatus::Rejected
            | ApproverStatus::Expired
            | ApproverStatus::Cancelled
            | ApproverStatus::Stopped
            | ApproverStatus::Released
            | ApproverStatus::Forwarded => false,
        };
        let due = if filling { ApproverStatus::ToFill } else { ApproverStatus::ToSign };
        let mut happened = Vec::new();
        let callable = self.approvers.iter_mut().filter(|one| waits(one.status) && (!filling || !one.fills.is_empty()));
        for approver in callable.take(at_once).filter(|one| one.status != due) {
            approver.status = due;
            approver.due_since = Some(now);
            if !filling && approver.is_blocked() {
                happened.push(Happening::ReviewDue(approver.recipient.clone()));
            }
        }
        for approver in &mut self.approvers {
            if approver.status == ApproverStatus::NotLaunched {
                approver.status = ApproverStatus::NotYetDue;
            }
        }
        happened
    }

    /// Ends the contract: whoever still had something to do becomes `open_become`.
    fn end(&mut self, how: Ended, open_become: ApproverStatus, message: &str, now: Timestamp) {
        for approver in self.approvers.iter_mut().filter(|one| one.is_open()) {
            approver.status = open_become;
        }
        self.state = FlowState::Ended(how);
        message.clone_into(&mut self.message);
        self.updated_at = now;
    }

    /// Looks for the signer in `recipient` and asks whether they may act.
    fn acting(
        &mut self,
        recipient: &RecipientId,
        may: impl Fn(&super::approver::Approver) -> bool,
    ) -> Result<&mut super::approver::Approver, Refusal> {
        self.ensure_running()?;
        let approver = self.approver_mut(recipient)?;
        if may(approver) { Ok(approver) } else { Err(Refusal::ApproverNotWaiting { approver: recipient.to_string() }) }
    }
}
