//! What is expected of a contract: a small model, written from the vendor's tables of statuses and knowing nothing of any server.
//!
//! Statuses are the vendor's numbers (api FlowBrief, api FlowApproverDetail).

/// A contract of persons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Whether they sign one after the other.
    pub ordered: bool,
    /// `FlowStatus`.
    pub status: i64,
    /// `ApproveStatus` of each.
    pub signers: Vec<i64>,
    /// When it expires, in seconds of the story.
    pub deadline: i64,
    /// What the platform told of it: `Operate` and `FlowCallbackStatus`.
    pub told: Vec<(&'static str, i64)>,
}

const NOT_YET: i64 = 1;
const WAITING: i64 = 2;
const SIGNED: i64 = 3;
const REFUSED: i64 = 4;
const EXPIRED: i64 = 5;
const CANCELLED: i64 = 6;
const STOPPED: i64 = 9;

impl Contract {
    /// A contract that was just launched.
    pub fn launched(signers: usize, ordered: bool, deadline: i64) -> Self {
        let status = |number| if ordered && number > 0 { NOT_YET } else { WAITING };
        Self { ordered, status: 1, signers: (0..signers).map(status).collect(), deadline, told: vec![("start", 1)] }
    }

    /// Whether anything can still happen to it.
    pub fn runs(&self) -> bool {
        matches!(self.status, 1 | 2)
    }

    /// Whether it is this signer's turn.
    pub fn is_turn(&self, signer: usize) -> bool {
        self.runs() && self.signers.get(signer) == Some(&WAITING)
    }

    /// A signer signs; false when they cannot.
    pub fn sign(&mut self, signer: usize) -> bool {
        if !self.is_turn(signer) {
            return false;
        }
        self.signers[signer] = SIGNED;
        if let Some(next) = self.signers.iter_mut().find(|status| **status == NOT_YET)
            && self.ordered
        {
            *next = WAITING;
        }
        if self.signers.iter().all(|status| *status == SIGNED) {
            self.status = 4;
            self.told.extend([("sign", 4), ("finish", 4)]);
        } else {
            self.status = 2;
            self.told.push(("sign", 2));
        }
        true
    }

    /// A signer refuses; false when they cannot.
    pub fn reject(&mut self, signer: usize) -> bool {
        if !self.is_turn(signer) {
            return false;
        }
        self.end(3, STOPPED, "reject");
        self.signers[signer] = REFUSED;
        true
    }

    /// The initiator withdraws it; false when it has ended.
    pub fn cancel(&mut self) -> bool {
        let runs = self.runs();
        if runs {
            self.end(6, CANCELLED, "cancel");
        }
        runs
    }

    /// The deadline is moved; false when it cannot be.
    pub fn extend(&mut self, deadline: i64, now: i64) -> bool {
        let moves = self.runs() && deadline > now && deadline > self.deadline;
        if moves {
            self.deadline = deadline;
        }
        moves
    }

    /// Time has passed.
    pub fn at(&mut self, now: i64) {
        if self.runs() && now > self.deadline {
            self.end(5, EXPIRED, "deadline");
        }
    }

    fn end(&mut self, status: i64, others: i64, operate: &'static str) {
        self.status = status;
        self.signers.iter_mut().filter(|one| **one != SIGNED).for_each(|one| *one = others);
        self.told.push((operate, status));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_after_the_other_signs_and_the_last_completes_it() {
        let mut contract = Contract::launched(2, true, 100);

        assert!(!contract.sign(1) && contract.sign(0) && contract.sign(1) && !contract.cancel());

        assert_eq!((contract.status, contract.signers), (4, vec![SIGNED, SIGNED]));
        assert_eq!(contract.told, [("start", 1), ("sign", 2), ("sign", 4), ("finish", 4)]);
    }

    #[test]
    fn a_refusal_stops_the_others_and_leaves_who_has_signed() {
        let mut contract = Contract::launched(3, false, 100);

        assert!(contract.sign(2) && contract.reject(0) && !contract.reject(1));

        assert_eq!((contract.status, contract.signers), (3, vec![REFUSED, STOPPED, SIGNED]));
    }

    #[test]
    fn a_deadline_can_only_be_moved_forward() {
        let mut contract = Contract::launched(1, false, 100);

        assert!(!contract.extend(100, 10) && contract.extend(200, 10));
        contract.at(150);
        assert!(contract.runs());
        contract.at(201);

        assert_eq!((contract.status, contract.extend(900, 201)), (5, false));
    }
}
