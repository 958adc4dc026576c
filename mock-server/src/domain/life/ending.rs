//! A contract ends otherwise than by its last signature: withdrawn (T14), expired (T15, T16), made void (T17), released
//! (T21).

use crate::domain::approver::Approver;
use crate::domain::event::Happening;
use crate::domain::flow::{Ended, Flow, FlowState};
use crate::domain::ids::FlowId;
use crate::domain::refusal::Refusal;
use crate::domain::status::ApproverStatus;
use crate::domain::time::Timestamp;

/// What the vendor writes where time ran out (`callback samples`).
pub const EXPIRY_TEXT: &str = "部分签署方未在签署截止前完成签署";

impl Flow {
    /// The initiator withdraws the contract at `now`; one that never started goes silently (ASSUMED, since nobody was told
    /// of it).
    ///
    /// # Errors
    /// The contract has ended.
    pub fn cancel(&mut self, reason: &str, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        self.ensure_open()?;
        let happened = if self.state == FlowState::Draft { Happening::Revised } else { Happening::Cancelled };
        self.end(Ended::Cancelled, ApproverStatus::Cancelled, reason, now);
        Ok(vec![happened])
    }

    /// Time runs out at `now`: for the contract, or for one signer with a deadline of their own, which ends the contract
    /// as well (`api FlowCreateApprover.Deadline`). Nothing happens when nothing is overdue; a draft never expires (ASSUMED).
    pub fn expire(&mut self, now: Timestamp) -> Vec<Happening> {
        if !self.is_running() {
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

    /// Something outside makes the contract void at `now`, e.g. a signer changed their legal name.
    ///
    /// # Errors
    /// The contract has ended, or has not started.
    pub fn invalidate(&mut self, reason: &str, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        self.ensure_running()?;
        self.end(Ended::Invalidated, ApproverStatus::Stopped, reason, now);
        Ok(vec![Happening::Invalidated])
    }

    /// Asks whether an agreement may release the contract.
    ///
    /// # Errors
    /// It is not signed by everybody, must never be released, or has been, or an agreement about it is under way.
    pub fn ensure_releasable(&self) -> Result<(), Refusal> {
        if self.state == FlowState::Ended(Ended::Signed) && !self.no_release && self.release.is_none() {
            Ok(())
        } else {
            Err(Refusal::ReleaseNotAllowed { flow: self.id.to_string() })
        }
    }

    /// An agreement to release the contract was made, or (`None`) came to nothing: then another may be made (ASSUMED).
    ///
    /// # Errors
    /// As [`Flow::ensure_releasable`], for an agreement.
    pub fn promise_release(&mut self, agreement: Option<&FlowId>, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        if agreement.is_some() {
            self.ensure_releasable()?;
        }
        self.release = agreement.cloned();
        self.updated_at = now;
        Ok(vec![Happening::Revised])
    }

    /// Everybody agreed: the contract is released at `now`, and so is the agreement itself (that both show it is ASSUMED
    /// from older text, `page release`).
    ///
    /// # Errors
    /// It is not signed by everybody.
    pub fn release(&mut self, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        if self.state != FlowState::Ended(Ended::Signed) {
            return Err(Refusal::ReleaseNotAllowed { flow: self.id.to_string() });
        }
        for approver in &mut self.approvers {
            approver.status = ApproverStatus::Released;
        }
        self.state = FlowState::Ended(Ended::Released);
        self.updated_at = now;
        Ok(vec![Happening::Released])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, flow_of_three};
    use crate::domain::status::FlowStatus;

    fn statuses(flow: &Flow) -> Vec<i64> {
        flow.approvers.iter().map(|one| one.status.code()).collect()
    }

    fn sign(flow: &mut Flow, index: usize) {
        let recipient = flow.approvers[index].recipient.clone();
        flow.sign(&recipient, None, at(1)).unwrap();
    }

    #[test]
    fn cancelling_twice_reports_how_the_contract_ended() {
        let mut flow = flow_of_three(false);
        flow.cancel("typo", at(10)).unwrap();
        assert_eq!(statuses(&flow), [6, 6, 6]);

        let refused = flow.cancel("again", at(11)).unwrap_err();

        assert_eq!(refused, Refusal::FlowEnded { state: Ended::Cancelled });
        assert_eq!(flow.updated_at, at(10), "a refused call must leave no trace");
    }

    #[test]
    fn the_deadline_expires_who_has_not_signed() {
        let mut flow = flow_of_three(true);
        sign(&mut flow, 0);
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

        let late = flow.approvers[2].recipient.clone();
        assert_eq!(happened, [Happening::ApproverDeadlineExpired(late), Happening::Expired]);
        assert_eq!(flow.status(), FlowStatus::Expired);
    }

    #[test]
    fn a_signers_own_deadline_is_no_matter_once_they_signed() {
        let mut flow = flow_of_three(true);
        flow.approvers[2].deadline = Some(at(50));
        sign(&mut flow, 2);
        assert!(flow.expire(at(50)).is_empty());
    }

    #[test]
    fn what_is_made_void_stops_who_has_not_signed() {
        let mut flow = flow_of_three(true);
        sign(&mut flow, 0);
        assert_eq!(flow.invalidate("更名", at(2)).unwrap(), [Happening::Invalidated]);
        assert_eq!((flow.status().code(), statuses(&flow)), (16, vec![3, 9, 9]));
    }

    #[test]
    fn only_a_signed_contract_is_released_and_by_one_agreement_at_a_time() {
        let mut flow = flow_of_three(true);
        assert!(flow.ensure_releasable().is_err());
        (0..3).for_each(|index| sign(&mut flow, index));
        flow.promise_release(Some(&"agreement".into()), at(2)).unwrap();
        assert!(flow.promise_release(Some(&"second".into()), at(2)).is_err());
        flow.promise_release(None, at(3)).unwrap();
        flow.ensure_releasable().unwrap();

        assert_eq!(flow.release(at(4)).unwrap(), [Happening::Released]);

        assert_eq!((flow.status().code(), statuses(&flow)), (21, vec![15, 15, 15]));
        assert!(flow.release(at(5)).is_err());
    }
}
