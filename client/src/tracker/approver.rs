//! Where one signer of a contract stands.

use serde::{Deserialize, Serialize};

use super::status::{Stage, Step};

/// A signer's status, in both services and in callbacks. (api FlowApproverDetail; page callback_types_contracts_sign)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApproverStatus {
    /// 0: the contract has not been launched.
    NotLaunched,
    /// 7: not launched for this signer yet.
    NotPreLaunched,
    /// 1: somebody else comes first. Callbacks say 2 instead.
    NotYetDue,
    /// `WAITPICKUP`: nobody has claimed this place yet.
    WaitingForClaim,
    /// 2, `PENDING`: waiting for this signature.
    Pending,
    /// 8, `FILLPENDING`: waiting for this signer to fill in.
    FillPending,
    /// 10, `FILLACCEPT`: has filled in.
    Filled,
    /// 19, `FORWARD`: handed to somebody else, who has the same place.
    Forwarded,
    /// 3, `ACCEPT`: has signed.
    Signed,
    /// 4, `REJECT`: refused.
    Rejected,
    /// `FILLREJECT`: refused to fill in.
    FillRejected,
    /// 5, `DEADLINE`: did not sign in time.
    Expired,
    /// 6, `CANCEL`: the contract was withdrawn.
    Cancelled,
    /// 9, `STOP`: the contract ended otherwise.
    Stopped,
    /// 15, `RELIEVED`: had signed, and the contract was released.
    Released,
}

impl ApproverStatus {
    /// The status of a number. None for one nobody here knows yet.
    pub fn from_code(code: i64) -> Option<Self> {
        Some(match code {
            0 => Self::NotLaunched,
            1 => Self::NotYetDue,
            2 => Self::Pending,
            3 => Self::Signed,
            4 => Self::Rejected,
            5 => Self::Expired,
            6 => Self::Cancelled,
            7 => Self::NotPreLaunched,
            8 => Self::FillPending,
            9 => Self::Stopped,
            10 => Self::Filled,
            15 => Self::Released,
            19 => Self::Forwarded,
            _ => return None,
        })
    }

    /// The status of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "WAITPICKUP" => Self::WaitingForClaim,
            "PENDING" => Self::Pending,
            "FILLPENDING" => Self::FillPending,
            "FILLACCEPT" => Self::Filled,
            "FILLREJECT" => Self::FillRejected,
            "FORWARD" => Self::Forwarded,
            "ACCEPT" => Self::Signed,
            "REJECT" => Self::Rejected,
            "DEADLINE" => Self::Expired,
            "CANCEL" => Self::Cancelled,
            "STOP" => Self::Stopped,
            "RELIEVED" => Self::Released,
            _ => return None,
        })
    }

    /// Whether this signer has nothing left to do here.
    pub fn is_final(self) -> bool {
        match self {
            Self::NotLaunched
            | Self::NotPreLaunched
            | Self::NotYetDue
            | Self::WaitingForClaim
            | Self::Pending
            | Self::FillPending
            | Self::Filled
            | Self::Forwarded => false,
            Self::Signed
            | Self::Rejected
            | Self::FillRejected
            | Self::Expired
            | Self::Cancelled
            | Self::Stopped
            | Self::Released => true,
        }
    }

    /// Which of two unfinished statuses told at the same second is the later one. Whoever has filled in waits to sign afterwards, but who
    /// only waits is asked to fill in first.
    fn turn(self, all_filled: bool) -> u8 {
        match self {
            Self::NotLaunched => 0,
            Self::NotPreLaunched => 1,
            Self::NotYetDue => 2,
            Self::FillPending if all_filled => 3,
            Self::Filled if all_filled => 4,
            Self::WaitingForClaim => 5,
            Self::Pending => 6,
            Self::FillPending => 7,
            Self::Filled => 8,
            Self::Forwarded => 9,
            Self::Signed
            | Self::Rejected
            | Self::FillRejected
            | Self::Expired
            | Self::Cancelled
            | Self::Stopped
            | Self::Released => 10,
        }
    }
}

/// One signer, as far as is known. Identified by the place (`RecipientId`), which stays when another person takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApproverState {
    /// Where this signer stands.
    pub status: ApproverStatus,
    /// Who it is; the organization's name is not in here.
    pub name: String,
    /// Why they refused, or what else the platform says.
    pub message: String,
    /// When they signed, in seconds since 1970; 0 before.
    pub signed_at: i64,
    pub(super) as_of: AsOf,
}

/// How recent a report on a signer is: the stage of the contract in it first, because that never goes back, then its time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct AsOf {
    pub(super) stage: Stage,
    pub(super) at: i64,
    /// Nobody in it has still to fill in. `INIT` alone does not tell the stage; within one second this does.
    pub(super) all_filled: bool,
}

impl ApproverState {
    /// Takes over what is further; says whether anything changed, or that both cannot be true.
    pub(super) fn merge(&mut self, told: Self) -> Step {
        let step = self.step(&told);
        if step == Step::Further {
            *self = told;
        }
        step
    }

    fn step(&self, told: &Self) -> Step {
        use ApproverStatus::{FillRejected, Rejected, Released, Signed};
        let ways_on = |from, to| matches!((from, to), (Signed, Released) | (Rejected, FillRejected));
        match (self.status.is_final(), told.status.is_final()) {
            (true, false) => Step::NotFurther,
            (false, true) => Step::Further,
            (true, true) if ways_on(self.status, told.status) => Step::Further,
            (true, true) if ways_on(told.status, self.status) => Step::NotFurther,
            (true, true) if self.status != told.status => Step::Contradiction,
            // The same end, or two unfinished ones: a total order, so that no order of arrival makes a difference.
            (true, true) | (false, false) if told.order() > self.order() => Step::Further,
            (true, true) | (false, false) => Step::NotFurther,
        }
    }

    fn order(&self) -> impl Ord {
        let person = (self.name.clone(), self.message.clone(), self.signed_at);
        (self.as_of, self.status.turn(self.as_of.all_filled), self.status, person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(status: ApproverStatus, stage: Stage, at: i64) -> ApproverState {
        let as_of = AsOf { stage, at, all_filled: stage >= Stage::Signing };
        ApproverState { status, name: "张三".into(), message: String::new(), signed_at: 0, as_of }
    }

    #[test]
    fn a_finished_signer_stays_finished() {
        let signed = state(ApproverStatus::Signed, Stage::Signing, 5);

        assert_eq!(signed.clone().merge(state(ApproverStatus::Pending, Stage::Signing, 9)), Step::NotFurther);
        assert_eq!(signed.clone().merge(state(ApproverStatus::Rejected, Stage::Ended, 9)), Step::Contradiction);
        assert_eq!(signed.clone().merge(state(ApproverStatus::Released, Stage::Released, 9)), Step::Further);
    }

    #[test]
    fn unfinished_statuses_are_told_apart_by_stage_then_time_then_turn() {
        use ApproverStatus::{FillPending, Filled, Pending};
        for (earlier, later) in [
            // Whose turn has not come is shown as waiting; then they fill in, and then they wait to sign.
            (state(Pending, Stage::Filling, 5), state(FillPending, Stage::Filling, 5)),
            (state(FillPending, Stage::Filling, 5), state(Filled, Stage::Filling, 5)),
            (state(Filled, Stage::Filling, 9), state(Pending, Stage::Signing, 9)),
            (state(Filled, Stage::Signing, 9), state(Pending, Stage::Signing, 9)),
            (state(FillPending, Stage::Filling, 5), state(Pending, Stage::Filling, 6)),
        ] {
            assert_eq!(earlier.clone().merge(later.clone()), Step::Further, "{earlier:?} {later:?}");
            assert_eq!(later.clone().merge(earlier.clone()), Step::NotFurther, "{earlier:?} {later:?}");
        }
    }
}
