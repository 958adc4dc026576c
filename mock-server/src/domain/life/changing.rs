//! What changes on a running contract without moving its status: deadlines (T18), who has a task (T19), notes, reminders.

use crate::domain::approver::{Forward, ForwardKind, Person};
use crate::domain::event::Happening;
use crate::domain::flow::{Flow, FlowState};
use crate::domain::ids::RecipientId;
use crate::domain::refusal::Refusal;
use crate::domain::remark::RemarkChange;
use crate::domain::status::ApproverStatus;
use crate::domain::time::Timestamp;

/// How often one signer may be reminded (`api CreateFlowReminds`).
pub const REMINDERS: u8 = 3;

impl Flow {
    /// The contract's deadline moves to `deadline`, and with it that of every signer without their own
    /// (`ex ModifyFlowDeadline`: own ones stay).
    ///
    /// # Errors
    /// The contract has ended or not started, is one of a group, or the new deadline is past or not later than the old one.
    pub fn extend(&mut self, deadline: Timestamp, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        self.ensure_extendable()?;
        if deadline <= now || deadline <= self.deadline {
            return Err(Refusal::DeadlineNotLater { detail: "must be in the future, and later than before".into() });
        }
        self.deadline = deadline;
        self.updated_at = now;
        Ok(vec![Happening::Revised])
    }

    /// One signer's deadline moves to `deadline`: later than before, before the contract's, and in an ordered contract not
    /// after the next signer's (`api ModifyFlowDeadline`).
    ///
    /// # Errors
    /// As [`Flow::extend`], or there is no such signer.
    pub fn extend_for(
        &mut self,
        recipient: &RecipientId,
        deadline: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<Happening>, Refusal> {
        self.ensure_extendable()?;
        let place = self.position(recipient);
        let place = place.ok_or_else(|| Refusal::ApproverUnknown { approver: recipient.to_string() })?;
        let invalid = |detail: &str| Err(Refusal::DeadlineNotLater { detail: detail.to_owned() });
        if deadline <= now || self.approvers[place].deadline.is_some_and(|old| deadline <= old) {
            return invalid("must be in the future, and later than before");
        }
        if !self.approvers[place].is_open() {
            return invalid("this signer has acted already");
        }
        if deadline >= self.deadline {
            return invalid("a signer's deadline must be before the contract's");
        }
        let next = self.approvers.get(place + 1).and_then(|one| one.deadline);
        if !self.unordered && next.is_some_and(|next| deadline > next) {
            return invalid("must not be after the next signer's");
        }
        self.approvers[place].deadline = Some(deadline);
        self.updated_at = now;
        Ok(vec![Happening::Revised])
    }

    fn ensure_extendable(&self) -> Result<(), Refusal> {
        self.ensure_running()?;
        if self.group.is_some() {
            return Err(Refusal::FlowInGroup { flow: self.id.to_string() });
        }
        Ok(())
    }

    /// The task in `recipient` goes to another person at `now`; slot and task keep their ids.
    ///
    /// # Errors
    /// The contract has ended or not started, there is no such signer, or they have filled in, signed or are a machine
    /// (`api CreateFlowForwards`).
    pub fn forward(
        &mut self,
        recipient: &RecipientId,
        to: Person,
        kind: ForwardKind,
        message: &str,
        now: Timestamp,
    ) -> Result<Vec<Happening>, Refusal> {
        let forwardable =
            |status| matches!(status, ApproverStatus::NotYetDue | ApproverStatus::ToSign | ApproverStatus::ToFill);
        self.ensure_running()?;
        let filling_is_over = self.state == FlowState::Signing;
        let approver = self.approver_mut(recipient)?;
        let has_filled = filling_is_over && !approver.fills.is_empty();
        if !forwardable(approver.status) || has_filled || approver.kind.is_machine() || approver.is_vacant() {
            return Err(Refusal::ApproverNotWaiting { approver: recipient.to_string() });
        }
        let from = std::mem::replace(&mut approver.person, to.clone());
        approver.forwards.push(Forward { from, to, kind, message: message.to_owned(), at: now });
        self.updated_at = now;
        Ok(vec![Happening::Forwarded(recipient.clone())])
    }

    /// The signer in `recipient`, who is still to act, has another mobile number from `now` on.
    ///
    /// # Errors
    /// The contract has ended, there is no such signer, or they have acted.
    pub fn renumber(
        &mut self,
        recipient: &RecipientId,
        mobile: &str,
        now: Timestamp,
    ) -> Result<Vec<Happening>, Refusal> {
        self.ensure_open()?;
        let approver = self.approver_mut(recipient)?;
        if !approver.has_yet_to_act() {
            return Err(Refusal::ApproverNotWaiting { approver: recipient.to_string() });
        }
        mobile.clone_into(&mut approver.person.mobile);
        self.updated_at = now;
        Ok(vec![Happening::Revised])
    }

    /// The signer in `recipient` hands their own task on at `now` (转他人处理), unless the contract forbids them to
    /// (`api ApproverOption.NoTransfer`). Administrators may all the same ([`Flow::forward`]): the option speaks of the signer.
    ///
    /// # Errors
    /// As [`Flow::forward`], or it is not their turn, or they must not.
    pub fn hand_on(&mut self, recipient: &RecipientId, to: Person, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        let approver = self.acting(recipient, |one| one.is_due() || one.is_due_to_fill())?;
        if approver.no_transfer {
            return Err(Refusal::TransferForbidden { approver: recipient.to_string() });
        }
        self.forward(recipient, to, ForwardKind::Forwarded, "", now)
    }

    /// Notes are written, changed or taken away; also once the contract has ended (ASSUMED: they are about it, not part of
    /// it, so that its document stays as it is).
    ///
    /// # Errors
    /// As [`RemarkChange::apply`].
    pub fn remark(&mut self, change: RemarkChange) -> Result<Vec<Happening>, Refusal> {
        self.remarks = change.apply(&self.remarks)?;
        Ok(vec![Happening::Revised])
    }

    /// The signer in `recipient` is reminded; only who is due, and `most` times at most.
    ///
    /// # Errors
    /// The contract has ended, there is no such signer, they are not due, or were reminded too often.
    pub fn remind(&mut self, recipient: &RecipientId, most: u8) -> Result<Vec<Happening>, Refusal> {
        let approver = self.acting(recipient, |one| (one.is_due() || one.is_due_to_fill()) && one.can_be_reminded())?;
        if approver.reminders >= most {
            return Err(Refusal::RemindedTooOften { name: approver.person.name.clone() });
        }
        approver.reminders += 1;
        Ok(vec![Happening::Revised])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::life::filling::Fill;
    use crate::domain::samples::{at, flow_of_three, flow_to_fill, person};

    fn slot(flow: &Flow, index: usize) -> RecipientId {
        flow.approvers[index].recipient.clone()
    }

    #[test]
    fn deadlines_only_grow_and_own_ones_stay() {
        let mut flow = flow_of_three(false);
        flow.deadline = at(100);
        flow.approvers[1].deadline = Some(at(60));
        assert!(flow.extend(at(100), at(1)).is_err(), "not later than before");
        flow.extend(at(200), at(1)).unwrap();
        assert_eq!((flow.deadline, flow.approvers[1].deadline), (at(200), Some(at(60))));
        assert!(flow.extend_for(&slot(&flow, 0), at(61), at(1)).is_err(), "after the next signer's");
        flow.extend_for(&slot(&flow, 0), at(60), at(1)).unwrap();
        assert!(flow.extend_for(&slot(&flow, 1), at(200), at(1)).is_err(), "not before the contract's");
    }

    #[test]
    fn a_task_goes_to_another_person_and_the_record_grows() {
        let mut flow = flow_of_three(false);
        let first = slot(&flow, 0);
        let before = flow.approvers[0].clone();
        flow.forward(&first, person("李四"), ForwardKind::Forwarded, "", at(1)).unwrap();
        let after = &flow.approvers[0];
        assert_eq!((&after.recipient, &after.sign), (&before.recipient, &before.sign));
        assert_eq!((after.person.name.as_str(), after.forwards.len()), ("李四", 1));
        flow.sign(&first, None, at(2)).unwrap();
        assert!(flow.forward(&first, person("王五"), ForwardKind::Forwarded, "", at(3)).is_err(), "already signed");
    }

    #[test]
    fn who_has_filled_in_keeps_the_task_also_when_it_is_their_turn_to_sign() {
        let mut flow = flow_to_fill(true);
        let forward = |flow: &mut Flow, index: usize| {
            flow.forward(&slot(flow, index), person("李四"), ForwardKind::Forwarded, "", at(1)).is_ok()
        };
        let address = |value: &str| [Fill { component: "地址".into(), value: value.into() }];
        flow.fill(&slot(&flow, 0), &address("深圳"), at(1)).unwrap();
        assert!(!forward(&mut flow, 0), "has filled in");
        assert!(forward(&mut flow, 1), "has not yet");
        flow.fill(&slot(&flow, 1), &address("北京"), at(2)).unwrap();
        assert!(flow.approvers.iter().all(|one| one.status == ApproverStatus::ToSign));
        assert!(!forward(&mut flow, 0) && !forward(&mut flow, 1), "both have");
    }

    #[test]
    fn three_reminders_and_only_for_who_is_due() {
        let mut flow = flow_of_three(false);
        assert!(flow.remind(&slot(&flow, 1), REMINDERS).is_err(), "not their turn");
        for _ in 0..3 {
            flow.remind(&slot(&flow, 0), REMINDERS).unwrap();
        }
        assert_eq!(flow.remind(&slot(&flow, 0), REMINDERS), Err(Refusal::RemindedTooOften { name: "典子谦".into() }));
    }
}
