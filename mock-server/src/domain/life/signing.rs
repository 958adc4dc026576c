//! Signers and machines sign, or refuse to (T7 to T10).

use crate::domain::approver::{Approver, Signature};
use crate::domain::event::Happening;
use crate::domain::flow::{Ended, Flow, FlowState};
use crate::domain::ids::{RecipientId, SealId};
use crate::domain::refusal::Refusal;
use crate::domain::status::ApproverStatus;
use crate::domain::time::Timestamp;

impl Flow {
    /// The signer in `recipient` signs at `now`, a company with `seal`. The last signature ends the contract, unless it is
    /// open to more signers (`api CreateDynamicFlowApprover`).
    ///
    /// # Errors
    /// The contract has ended or not started, there is no such signer, it is not their turn, nobody is named for the slot,
    /// or a review stands before it.
    pub fn sign(
        &mut self,
        recipient: &RecipientId,
        seal: Option<SealId>,
        now: Timestamp,
    ) -> Result<Vec<Happening>, Refusal> {
        let approver = self.acting(recipient, Approver::is_due)?;
        if approver.is_vacant() {
            return Err(Refusal::ApproverNotWaiting { approver: recipient.to_string() });
        }
        if approver.is_blocked() {
            return Err(Refusal::ReviewNotPassed);
        }
        approver.status = ApproverStatus::Signed;
        approver.signature = Some(Signature { at: now, seal, recording: None });
        self.updated_at = now;
        let mut happened = vec![Happening::Signed(recipient.clone())];
        if !self.open_ended && self.approvers.iter().all(|one| one.status == ApproverStatus::Signed) {
            self.state = FlowState::Ended(Ended::Signed);
            happened.push(Happening::Finished(recipient.clone()));
        } else {
            happened.extend(self.call_next(now));
        }
        Ok(happened)
    }

    /// The signer in `recipient` refuses at `now`, to sign or to fill in; that ends the contract for everybody. Those who
    /// have not signed are stopped (9): ASSUMED, `callback docs` names the number without the occasion.
    ///
    /// # Errors
    /// The contract has ended or not started, there is no such signer, it is not their turn, or the contract forbids them to
    /// refuse.
    pub fn reject(&mut self, recipient: &RecipientId, reason: &str, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        let how = if self.state == FlowState::Filling { Ended::FillRejected } else { Ended::Rejected };
        let approver = self.acting(recipient, |one| (one.is_due() || one.is_due_to_fill()) && !one.is_vacant())?;
        if approver.no_refuse {
            return Err(Refusal::RefusalForbidden { approver: recipient.to_string() });
        }
        approver.status = ApproverStatus::Rejected;
        approver.message = reason.to_owned();
        self.end(how, ApproverStatus::Stopped, reason, now);
        Ok(vec![Happening::Rejected(recipient.clone())])
    }

    /// The machines whose turn it is, and since when.
    pub fn machines_due(&self) -> impl Iterator<Item = (&Approver, Timestamp)> {
        self.approvers.iter().filter_map(|one| {
            let due = one.kind.is_machine() && one.is_due() && !one.is_blocked() && !one.is_vacant();
            due.then(|| one.due_since.map(|since| (one, since))).flatten()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, flow_of_three};
    use crate::domain::status::FlowStatus;

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
}
