//! A company agrees before somebody signs for it, or before a contract starts (审核; T3b, T11 to T13).

use crate::domain::approver::Approver;
use crate::domain::employee::Card;
use crate::domain::event::Happening;
use crate::domain::flow::{Ended, Flow, FlowState};
use crate::domain::ids::RecipientId;
use crate::domain::refusal::Refusal;
use crate::domain::review::{AskedBy, Review, Verdict};
use crate::domain::status::ApproverStatus;
use crate::domain::time::Timestamp;

/// What a review says (`api CreateFlowSignReview.ReviewType`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// `PASS`
    Pass,
    /// `REJECT`: not yet, with a reason.
    Reject,
    /// `SIGN_REJECT`: never, with a reason; it ends the contract.
    End(String),
}

/// The signer a review of a whole group is about (`api NeedReviewApproverInfo`): a name, and a number or a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// The company, of one that signs.
    pub organization_name: Option<String>,
    /// The name.
    pub name: String,
    /// The mobile number.
    pub mobile: Option<String>,
    /// The identity card.
    pub card: Option<Card>,
}

impl Reviewed {
    fn describes(&self, approver: &Approver) -> bool {
        let (company, person) = (approver.organization.as_ref().map(|party| &party.name), &approver.person);
        company == self.organization_name.as_ref()
            && person.name == self.name
            && self.mobile.as_ref().is_none_or(|mobile| mobile == &person.mobile)
            && self.card.as_ref().is_none_or(|card| card == &person.card)
    }
}

impl Flow {
    /// A review speaks at `now` about the signer in `recipient`, or about those of the initiator's company when nobody is
    /// named. The last word before the signature counts (`api CreateFlowSignReview`).
    ///
    /// # Errors
    /// The contract has ended or not started, there is no such signer, there is no gate of this kind, or the only gates are
    /// single signers' own and none of them is named.
    pub fn review(
        &mut self,
        recipient: Option<&RecipientId>,
        ruling: &Ruling,
        now: Timestamp,
    ) -> Result<Vec<Happening>, Refusal> {
        self.ensure_running()?;
        let meant: Vec<usize> = match recipient {
            Some(recipient) => {
                let place = self.position(recipient);
                let place = place.ok_or_else(|| Refusal::ApproverUnknown { approver: recipient.to_string() })?;
                vec![place]
            }
            None => self.gates_of_flow().collect(),
        };
        let meant: Vec<usize> = meant.into_iter().filter(|place| self.approvers[*place].review.is_some()).collect();
        if meant.is_empty() {
            let others = recipient.is_none() && self.approvers.iter().any(|one| one.review.is_some());
            return Err(if others { Refusal::ReviewedRecipientMissing } else { Refusal::ReviewNotAvailable });
        }
        let verdict = match ruling {
            Ruling::Pass => Verdict::Passed,
            Ruling::Reject => Verdict::Rejected,
            Ruling::End(reason) => {
                for place in &meant {
                    let approver = &mut self.approvers[*place];
                    if approver.is_open() {
                        approver.status = ApproverStatus::Rejected;
                        reason.clone_into(&mut approver.message);
                    }
                }
                self.end(Ended::Rejected, ApproverStatus::Stopped, reason, now);
                return Ok(vec![Happening::RejectedByReview(recipient.cloned())]);
            }
        };
        for place in meant {
            self.approvers[place].speak(verdict, now);
        }
        self.updated_at = now;
        Ok(vec![Happening::Revised])
    }

    /// A review speaks at `now` about starting the contract. After it passed, later words are ignored
    /// (`api CreateFlowSignReview`).
    ///
    /// # Errors
    /// The contract has ended, or nobody asked for such a review.
    pub fn review_creation(&mut self, ruling: &Ruling, now: Timestamp) -> Result<Vec<Happening>, Refusal> {
        self.ensure_open()?;
        let review = self.creation_review.as_mut();
        let review = review.ok_or(Refusal::ReviewNotAvailable)?;
        if review.is_open() {
            return Ok(vec![Happening::Revised]);
        }
        self.updated_at = now;
        match ruling {
            Ruling::Pass => review.verdict = Some(Verdict::Passed),
            Ruling::Reject => review.verdict = Some(Verdict::Rejected),
            Ruling::End(reason) => self.end(Ended::Rejected, ApproverStatus::Stopped, reason, now),
        }
        let composed = self.document.as_ref().is_some_and(|document| document.composed);
        if review_passed(self.creation_review) && self.state == FlowState::Draft && composed {
            return Ok(self.start(now));
        }
        Ok(vec![Happening::Revised])
    }

    /// The signer who meets this description, and has a gate.
    #[must_use]
    pub fn reviewed(&self, who: &Reviewed) -> Option<&Approver> {
        self.approvers.iter().find(|one| one.review.is_some() && who.describes(one))
    }

    /// Where the signers stand whose gate the contract as a whole asked for.
    fn gates_of_flow(&self) -> impl Iterator<Item = usize> {
        let of_flow = |one: &Approver| one.review.is_some_and(|review| review.asked_by == AskedBy::Flow);
        self.approvers.iter().enumerate().filter(move |(_, one)| of_flow(one)).map(|(place, _)| place)
    }
}

fn review_passed(review: Option<Review>) -> bool {
    review.is_some_and(Review::is_open)
}

impl Approver {
    /// A gate that opens lets the machine behind it count from now. After the signature words change nothing.
    fn speak(&mut self, verdict: Verdict, now: Timestamp) {
        if !self.is_open() {
            return;
        }
        if let Some(review) = &mut self.review {
            review.verdict = Some(verdict);
        }
        if verdict == Verdict::Passed && self.is_due() && self.kind.is_machine() {
            self.due_since = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, flow_of_three, launch_sample, sample_flow};
    use crate::domain::status::FlowStatus;

    fn reviewed() -> Flow {
        let mut new = sample_flow();
        new.needs_sign_review = true;
        launch_sample(new).unwrap().0
    }

    #[test]
    fn nobody_of_the_initiators_company_signs_before_the_review_passes() {
        let mut flow = reviewed();
        let first = flow.approvers[0].recipient.clone();
        assert!(flow.approvers[1].review.is_none(), "a person is none of the company's");
        assert_eq!(flow.sign(&first, None, at(1)), Err(Refusal::ReviewNotPassed));
        flow.review(None, &Ruling::Reject, at(2)).unwrap();
        assert!(flow.sign(&first, None, at(3)).is_err(), "still shut");
        flow.review(None, &Ruling::Pass, at(4)).unwrap();
        flow.sign(&first, None, at(5)).unwrap();
    }

    #[test]
    fn a_review_that_says_never_ends_the_contract() {
        let mut flow = reviewed();
        let happened = flow.review(None, &Ruling::End("不合规".into()), at(1)).unwrap();
        assert_eq!(happened, [Happening::RejectedByReview(None)]);
        assert_eq!((flow.status(), flow.message.as_str()), (FlowStatus::Rejected, "不合规"));
    }

    #[test]
    fn where_nobody_asked_nothing_is_reviewed() {
        let mut flow = flow_of_three(true);
        let refused = Refusal::ReviewNotAvailable;
        assert_eq!(flow.review(None, &Ruling::Pass, at(1)), Err(refused.clone()));
        assert_eq!(flow.review_creation(&Ruling::Pass, at(1)), Err(refused));
    }
}
