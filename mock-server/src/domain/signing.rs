//! What may happen to a launched contract: sign, refuse, withdraw, expire.
//!
//! Transitions T7 to T10 and T14 to T16 of the vendor's contract life. Each checks first and changes afterwards.

use super::approver::{Approver, ApproverKind, Signature};
use super::event::Happening;
use super::flow::{Ended, Flow, FlowState};
use super::ids::{RecipientId, SealId};
use super::refusal::Refusal;
use super::status::ApproverStatus;
use super::time::Timestamp;

/// What the vendor writes where time ran out (`callback samples`).
pub const EXPIRY_TEXT: &str = "部分签署方未在签署截止前完成签署";

impl Flow {
    /// The signer in `recipient` signs at `now`, a company with `seal`. The last signature ends the contract.
    ///
    /// # Errors
    /// The contract has ended, there is no such signer, or it is not their turn.
    pub fn sign(
        &mut self,
        recipient: &RecipientId,
        seal: Option<SealId>,
        now: Timestamp,
    ) -> Result<Vec<Happening>, Refusal> {
        let approver = self.due(recipient)?;
        approver.status = ApproverStatus::Signed;
        approver.signature = Some(Signature { at: now, seal });
        self.updated_at = now;
        let mut happened = vec![Happening::Signed(recipient.clone())];
        if self.approvers.iter().all(|one| one.status == ApproverStatus::Signed) {
            self.state = FlowState::Ended(Ended::Signed);
            happened.push(Happening::Finished(recipient.clone()));
        } else {
            self.call_next(now);
        }
        Ok(happened)
    }

    /// The signer in `recipient` refuses at `now`; that ends the contract for everybody. Those who have not signed are
    /// stopped (9): ASSUMED, `callback docs` names the number without the occasion.
    ///
    /// # Errors
    /// As for [`Flow::sign`], or the contract forbids this signer to refuse.
    pub fn reject(&mut self, recipient: &RecipientId, reason: &str, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        let approver = self.due(recipient)?;
        if approver.no_refuse {
            return Err(Refusal::RefusalForbidden { approver: recipient.to_string() });
        }
        approver.status = ApproverStatus::Rejected;
        approver.message = reason.to_owned();
        self.end(Ended::Rejected, ApproverStatus::Stopped, reason, now);
        Ok(vec![Happening::Rejected(recipient.clone())])
    }

    /// The initiator withdraws the contract at `now`.
    ///
    /// # Errors
    /// The contract has ended.
    pub fn cancel(&mut self, reason: &str, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        self.ensure_open()?;
        self.end(Ended::Cancelled, ApproverStatus::Cancelled, reason, now);
        Ok(vec![Happening::Cancelled])
    }

    /// Time runs out at `now`: for the contract, or for one signer with a deadline of their own, which ends the contract
    /// as well (`api FlowCreateApprover.Deadline`). Nothing happens when nothing is overdue.
    pub fn expire(&mut self, now: Timestamp) -> Vec<Happening> {
        if self.ensure_open().is_err() {
            return Vec::new();
        }
        let overdue = |one: &Approver| one.is_open() && one.deadline.is_some_and(|own| own <= now);
        let late = self.approvers.iter().find(|one| overdue(one)).map(|one| one.recipient.clone());
        if late.is_none() && now < self.deadline {
            return Vec::new();
        }
        for approver in self.approvers.iter_mut().filter(|one| one.is_open()) {
            EXPIRY_TEXT.clone_into(&mut approver.message);
        }
        self.end(Ended::Expired, ApproverStatus::Expired, EXPIRY_TEXT, now);
        late.map(Happening::ApproverDeadlineExpired).into_iter().chain([Happening::Expired]).collect()
    }

    /// Whose turn it is becomes known at `now`: in an ordered contract the first who has not signed, else everybody.
    pub(super) fn call_next(&mut self, now: Timestamp) {
        let unordered = self.unordered;
        let waiting = self.approvers.iter_mut().filter(|one| one.status != ApproverStatus::Signed);
        for approver in waiting.take(if unordered { usize::MAX } else { 1 }) {
            if approver.status != ApproverStatus::ToSign {
                approver.status = ApproverStatus::ToSign;
                approver.due_since = Some(now);
            }
        }
    }

    /// The machines whose turn it is, and since when.
    pub fn machines_due(&self) -> impl Iterator<Item = (&Approver, Timestamp)> {
        self.approvers.iter().filter_map(|one| {
            let due = one.kind == ApproverKind::OrganizationAutoSign && one.is_due();
            due.then(|| one.due_since.map(|since| (one, since))).flatten()
        })
    }

    fn due(&mut self, recipient: &RecipientId) -> Result<&mut Approver, Refusal> {
        self.ensure_open()?;
        let approver = self
            .approvers
            .iter_mut()
            .find(|one| &one.recipient == recipient)
            .ok_or_else(|| Refusal::ApproverUnknown { approver: recipient.to_string() })?;
        if approver.is_due() {
            Ok(approver)
        } else {
            Err(Refusal::ApproverNotWaiting { approver: recipient.to_string() })
        }
    }

    fn end(&mut self, how: Ended, open_become: ApproverStatus, message: &str, now: Timestamp) {
        for approver in self.approvers.iter_mut().filter(|one| one.is_open()) {
            approver.status = open_become;
        }
        self.state = FlowState::Ended(how);
        message.clone_into(&mut self.message);
        self.updated_at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{at, flow_of_three};
    use super::super::status::FlowStatus;
    use super::*;

    fn slot(flow: &Flow, index: usize) -> RecipientId {
        flow.approvers[index].recipient.clone()
    }

    fn statuses(flow: &Flow) -> Vec<i64> {
        flow.approvers.iter().map(|one| one.status.code()).collect()
    }

    #[test]
    fn ordered_signers_come_one_after_the_other() {
        let mut flow = flow_of_three(false);
        assert_eq!(statuses(&flow), [2, 1, 1]);
        let second = slot(&flow, 1);
        let refused = flow.sign(&second, None, at(1)).unwrap_err();
        assert_eq!(refused, Refusal::ApproverNotWaiting { approver: second.to_string() });

        let happened = flow.sign(&slot(&flow, 0), None, at(2)).unwrap();

        assert_eq!(happened, [Happening::Signed(slot(&flow, 0))]);
        assert_eq!(statuses(&flow), [3, 2, 1]);
        assert_eq!(flow.status(), FlowStatus::PartlySigned);
        assert_eq!(flow.approvers[1].due_since, Some(at(2)));
    }

    #[test]
    fn the_last_signature_ends_the_contract() {
        let mut flow = flow_of_three(true);
        for index in [2, 0] {
            flow.sign(&slot(&flow, index), None, at(1)).unwrap();
        }

        let happened = flow.sign(&slot(&flow, 1), None, at(3)).unwrap();

        assert_eq!(happened, [Happening::Signed(slot(&flow, 1)), Happening::Finished(slot(&flow, 1))]);
        assert_eq!(flow.status(), FlowStatus::Signed);
        assert_eq!(flow.cancel("late", at(4)).unwrap_err(), Refusal::FlowCompleted);
    }

    #[test]
    fn a_refusal_stops_those_who_have_not_signed() {
        let mut flow = flow_of_three(true);
        flow.sign(&slot(&flow, 0), None, at(1)).unwrap();

        flow.reject(&slot(&flow, 1), "价格不对", at(2)).unwrap();

        assert_eq!(statuses(&flow), [3, 4, 9]);
        assert_eq!((flow.status(), flow.message.as_str()), (FlowStatus::Rejected, "价格不对"));
        assert_eq!(flow.approvers[1].message, "价格不对");
    }

    #[test]
    fn who_must_not_refuse_is_told_so_and_nothing_changes() {
        let mut flow = flow_of_three(true);
        flow.approvers[0].no_refuse = true;
        let before = flow.clone();

        flow.reject(&slot(&flow, 0), "no", at(2)).unwrap_err();

        assert_eq!(flow, before);
    }

    #[test]
    fn cancelling_twice_reports_how_the_contract_ended() {
        let mut flow = flow_of_three(false);
        flow.cancel("typo", at(10)).unwrap();
        assert_eq!(statuses(&flow), [6, 6, 6]);

        let refused = flow.cancel("again", at(11)).unwrap_err();

        assert_eq!(refused, Refusal::FlowEnded { how: Ended::Cancelled });
        assert_eq!(flow.updated_at, at(10), "a refused call must leave no trace");
    }

    #[test]
    fn the_deadline_expires_who_has_not_signed() {
        let mut flow = flow_of_three(true);
        flow.sign(&slot(&flow, 0), None, at(1)).unwrap();
        assert!(flow.expire(Timestamp::from_millis(flow.deadline.millis() - 1)).is_empty());

        assert_eq!(flow.expire(flow.deadline), [Happening::Expired]);

        assert_eq!(statuses(&flow), [3, 5, 5]);
        assert_eq!(flow.approvers[1].message, EXPIRY_TEXT);
        assert_eq!(flow.approvers[0].message, "", "who signed did not expire");
    }

    #[test]
    fn a_signers_own_deadline_ends_the_contract_for_all() {
        let mut flow = flow_of_three(true);
        flow.approvers[2].deadline = Some(at(50));

        let happened = flow.expire(at(50));

        assert_eq!(happened, [Happening::ApproverDeadlineExpired(slot(&flow, 2)), Happening::Expired]);
        assert_eq!(flow.status(), FlowStatus::Expired);
    }

    #[test]
    fn a_signers_own_deadline_is_no_matter_once_they_signed() {
        let mut flow = flow_of_three(true);
        flow.approvers[2].deadline = Some(at(50));
        flow.sign(&slot(&flow, 2), None, at(49)).unwrap();
        assert!(flow.expire(at(50)).is_empty());
    }
}
