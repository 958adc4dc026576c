//! Where a contract stands, and which of two statuses is further.

use serde::{Deserialize, Serialize};

/// A contract's status, in both services and in callbacks. (api FlowBrief, FlowDetailInfo; page callback_types_contracts_sign)
///
/// Three words of the vendor's mean less than its numbers: `INIT` of `essbasic` and of callbacks is [`Open`](Self::Open), and 8 and 3 of callbacks
/// may be 9 and 10 of `DescribeFlowInfo` (ASSUMED: the callback list has neither).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowStatus {
    /// `INIT`, where no number says more: not signed by anybody yet, and perhaps not filled in or not even started.
    Open,
    /// 0: not started, and nobody has to fill anything in.
    NotStarted,
    /// 7: not started, and somebody will have to fill in.
    NotStartedWithFill,
    /// 8: waiting for somebody to fill in.
    Filling,
    /// 9: partly filled in.
    PartlyFilled,
    /// 1: waiting for signatures.
    Signing,
    /// 2, `PART`: signed by some.
    PartlySigned,
    /// 3, `REJECT`: a signer refused.
    Rejected,
    /// 10: a signer refused to fill in.
    FillRejected,
    /// 4, `ALL`: signed by all.
    Completed,
    /// 5, `DEADLINE`: not signed in time.
    Expired,
    /// 6, `CANCEL`: withdrawn.
    Cancelled,
    /// 16, `INVALID`: void, for instance because a signer changed their name meanwhile.
    Invalidated,
    /// 21, `RELIEVED`: completed, and released by another contract.
    Released,
}

/// What a newly told status is beside a known one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The same, or something that was true before.
    NotFurther,
    /// Something that is true since.
    Further,
    /// Both cannot be true.
    Contradiction,
}

impl FlowStatus {
    /// Every status.
    pub const ALL: [Self; 14] = [
        Self::Open,
        Self::NotStarted,
        Self::NotStartedWithFill,
        Self::Filling,
        Self::PartlyFilled,
        Self::Signing,
        Self::PartlySigned,
        Self::Rejected,
        Self::FillRejected,
        Self::Completed,
        Self::Expired,
        Self::Cancelled,
        Self::Invalidated,
        Self::Released,
    ];

    /// The status of a number: `FlowStatus` of `ess`, `FlowCallbackStatus` of callbacks. None for one nobody here knows yet.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == Some(code))
    }

    /// The status of a word: `FlowStatus` of `essbasic` and of a platform's callbacks.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "INIT" => Some(Self::Open),
            "PART" => Some(Self::PartlySigned),
            "REJECT" => Some(Self::Rejected),
            "ALL" => Some(Self::Completed),
            "DEADLINE" => Some(Self::Expired),
            "CANCEL" => Some(Self::Cancelled),
            "INVALID" => Some(Self::Invalidated),
            "RELIEVED" => Some(Self::Released),
            _ => None,
        }
    }

    /// The number; [`Open`](Self::Open) has none of its own.
    pub fn code(self) -> Option<i64> {
        match self {
            Self::Open => None,
            Self::NotStarted => Some(0),
            Self::Signing => Some(1),
            Self::PartlySigned => Some(2),
            Self::Rejected => Some(3),
            Self::Completed => Some(4),
            Self::Expired => Some(5),
            Self::Cancelled => Some(6),
            Self::NotStartedWithFill => Some(7),
            Self::Filling => Some(8),
            Self::PartlyFilled => Some(9),
            Self::FillRejected => Some(10),
            Self::Invalidated => Some(16),
            Self::Released => Some(21),
        }
    }

    /// Whether nothing happens to the contract any more. Only a completed one can still be released. (callback docs)
    pub fn is_final(self) -> bool {
        self.stage() >= Stage::Ended
    }

    pub(super) fn stage(self) -> Stage {
        match self {
            Self::NotStarted | Self::NotStartedWithFill => Stage::Drafted,
            Self::Open | Self::Filling | Self::PartlyFilled => Stage::Filling,
            Self::Signing | Self::PartlySigned => Stage::Signing,
            Self::Rejected
            | Self::FillRejected
            | Self::Completed
            | Self::Expired
            | Self::Cancelled
            | Self::Invalidated => Stage::Ended,
            Self::Released => Stage::Released,
        }
    }

    /// How far a contract is; all ends are equally far.
    pub(super) fn progress(self) -> u8 {
        match self {
            Self::Open => 0,
            Self::NotStarted => 1,
            Self::NotStartedWithFill => 2,
            Self::Filling => 3,
            Self::PartlyFilled => 4,
            Self::Signing => 5,
            Self::PartlySigned => 6,
            Self::Rejected | Self::Completed | Self::Expired | Self::Cancelled | Self::Invalidated => 7,
            Self::FillRejected => 8,
            Self::Released => 9,
        }
    }

    /// What `told` is when this status is known.
    pub(super) fn step(self, told: Self) -> Step {
        let ways_on = |from: Self, to: Self| {
            // 10 is the 3 of callbacks, said more precisely.
            matches!((from, to), (Self::Completed, Self::Released) | (Self::Rejected, Self::FillRejected))
        };
        match (self.is_final(), told.is_final()) {
            (true, false) => Step::NotFurther,
            (true, true) if self == told || ways_on(told, self) => Step::NotFurther,
            (true, true) if ways_on(self, told) => Step::Further,
            (true, true) => Step::Contradiction,
            (false, true) => Step::Further,
            (false, false) if told.progress() > self.progress() => Step::Further,
            (false, false) => Step::NotFurther,
        }
    }
}

/// The parts of a contract's life, in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    #[default]
    Drafted,
    Filling,
    Signing,
    Ended,
    Released,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_are_those_of_the_vendor() {
        for status in FlowStatus::ALL.into_iter().filter(|status| *status != FlowStatus::Open) {
            assert_eq!(status.code().and_then(FlowStatus::from_code), Some(status));
        }
        assert_eq!((FlowStatus::from_code(11), FlowStatus::from_word("WILLEXPIRE")), (None, None));
        assert_eq!(FlowStatus::from_word("ALL"), FlowStatus::from_code(4));
    }

    #[test]
    fn an_ended_contract_stays_as_it_ended_unless_it_is_released() {
        for ended in FlowStatus::ALL.into_iter().filter(|status| status.is_final()) {
            for told in FlowStatus::ALL {
                let further = ended.step(told) == Step::Further;
                let expected = matches!(
                    (ended, told),
                    (FlowStatus::Completed, FlowStatus::Released) | (FlowStatus::Rejected, FlowStatus::FillRejected)
                );
                assert_eq!(further, expected, "{ended:?} {told:?}");
            }
        }
    }

    #[test]
    fn nothing_is_further_than_itself_and_no_two_are_further_than_each_other() {
        for one in FlowStatus::ALL {
            for other in FlowStatus::ALL {
                let (there, back) = (one.step(other), other.step(one));
                assert!(!(there == Step::Further && back == Step::Further), "{one:?} {other:?}");
                assert_eq!(there == Step::Contradiction, back == Step::Contradiction, "{one:?} {other:?}");
                assert_eq!(there == Step::NotFurther && back == Step::NotFurther, one == other, "{one:?} {other:?}");
            }
        }
    }
}
