//! What callbacks say of a contract and of its signers, and how far along each is then. The vendor's numbers and words.
//!
//! `ess_client::tracker` has tables like these. The judge has its own: receivers are built upon the client's, and a mistake there must show.

use std::fmt;

use serde_json::Value;

/// What a callback says of a contract: `FlowCallbackStatus`, or `FlowStatus` of a platform's app. (page callback_types_contracts_sign)
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// 8: somebody is still to fill in something. Its word, `INIT`, is the same as that of [`Started`](Self::Started).
    Filling,
    /// 1: waiting for signatures.
    Started,
    /// 2: some have signed.
    PartlySigned,
    /// 3: a signer refused.
    Rejected,
    /// 4: everybody has signed.
    Signed,
    /// 5: the deadline has passed.
    Expired,
    /// 6: withdrawn.
    Cancelled,
    /// 16: made void.
    Invalidated,
    /// 21: released by another contract, after everybody had signed.
    Released,
}

impl Status {
    /// All of them, by how far along a contract is.
    pub const ALL: [Self; 9] = [
        Self::Filling,
        Self::Started,
        Self::PartlySigned,
        Self::Rejected,
        Self::Signed,
        Self::Expired,
        Self::Cancelled,
        Self::Invalidated,
        Self::Released,
    ];

    /// `FlowCallbackStatus`.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::Filling => 8,
            Self::Started => 1,
            Self::PartlySigned => 2,
            Self::Rejected => 3,
            Self::Signed => 4,
            Self::Expired => 5,
            Self::Cancelled => 6,
            Self::Invalidated => 16,
            Self::Released => 21,
        }
    }

    /// `FlowCallbackShowStatus`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Filling | Self::Started => "INIT",
            Self::PartlySigned => "PART",
            Self::Rejected => "REJECT",
            Self::Signed => "ALL",
            Self::Expired => "DEADLINE",
            Self::Cancelled => "CANCEL",
            Self::Invalidated => "INVALID",
            Self::Released => "RELIEVED",
        }
    }

    /// The status with this number.
    #[must_use]
    pub fn of_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.number() == number)
    }

    /// The status with this word; `INIT` is taken for 1.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|one| one.word() == word)
    }

    /// Whether a contract stays so: only a signed one can still be released. (seed scenario-guide)
    #[must_use]
    pub fn is_end(self) -> bool {
        match self {
            Self::Filling | Self::Started | Self::PartlySigned => false,
            Self::Rejected | Self::Signed | Self::Expired | Self::Cancelled | Self::Invalidated | Self::Released => {
                true
            }
        }
    }

    /// Whether a contract can be so after it was as `self`; otherwise the message that says so is an older one, or wrong.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        let open = !self.is_end() || (self == Self::Signed && next == Self::Released);
        self == next || (open && self < next)
    }

    /// What a good receiver holds that held `self` and is told `told`: the order of messages is not promised, so an older one can come after a newer
    /// one. (seed scenario-guide)
    #[must_use]
    pub fn told(self, told: Self) -> Self {
        if self.may_become(told) { told } else { self }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({})", self.number(), self.word())
    }
}

/// What a callback says of one signer: `ApproveCallbackStatus`. (page callback_types_contracts_sign)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignerStatus(i64);

/// Number, word, and how far along the signer is. That one who has filled in (10) is asked to sign (2) afterwards is ASSUMED: filling comes first.
const OF_SIGNERS: [(i64, &str, u8); 11] = [
    (8, "FILLPENDING", 0),
    (10, "FILLACCEPT", 1),
    (2, "PENDING", 2),
    (7, "PENDING", 2),
    (19, "FORWARD", 2),
    (3, "ACCEPT", 3),
    (4, "REJECT", 3),
    (5, "DEADLINE", 3),
    (6, "CANCEL", 3),
    (9, "STOP", 3),
    (15, "RELIEVED", 4),
];

impl SignerStatus {
    /// Reads a number or a word of the vendor's.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        let known = OF_SIGNERS.iter();
        let mut found = known.filter(|(number, word, _)| value == word || value.as_i64() == Some(*number));
        found.next().map(|(number, _, _)| Self(*number))
    }

    fn stage(self) -> u8 {
        OF_SIGNERS.iter().find(|(number, ..)| *number == self.0).map_or(0, |(_, _, stage)| *stage)
    }

    /// Whether a signer is less far along than the other one.
    #[must_use]
    pub fn is_behind(self, other: Self) -> bool {
        self.stage() < other.stage()
    }

    /// What a good receiver holds that held `self` and is told `told`.
    #[must_use]
    pub fn told(self, told: Self) -> Self {
        if self.is_behind(told) { told } else { self }
    }
}

impl fmt::Display for SignerStatus {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = OF_SIGNERS.iter().find(|(number, ..)| *number == self.0).map_or("", |(_, word, _)| word);
        write!(out, "{} ({word})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_undoes_an_end_but_the_release_of_a_signed_contract() {
        for end in Status::ALL.into_iter().filter(|one| one.is_end()) {
            for next in Status::ALL {
                let may = end == next || (end == Status::Signed && next == Status::Released);
                assert_eq!(end.may_become(next), may, "{end} to {next}");
                assert_eq!(end.told(next), if may { next } else { end });
            }
        }
    }

    #[test]
    fn an_open_contract_goes_on_and_never_back() {
        let way = [Status::Filling, Status::Started, Status::PartlySigned, Status::Expired];
        for (place, status) in way.iter().enumerate() {
            for later in &way[place + 1..] {
                assert!(status.may_become(*later) && !later.may_become(*status), "{status} and {later}");
            }
        }
    }

    #[test]
    fn numbers_and_words_are_the_vendors() {
        for status in Status::ALL {
            assert_eq!(Status::of_number(status.number()), Some(status));
            let by_word = Status::of_word(status.word()).unwrap();
            assert_eq!(by_word.word(), status.word());
        }
        assert_eq!(Status::of_word("INIT"), Some(Status::Started), "8 and 1 share a word");
        assert_eq!((Status::of_number(7), Status::of_word("SIGNED")), (None, None));
    }

    #[test]
    fn a_signer_goes_from_filling_to_signing_to_an_end() {
        let read = |value: Value| SignerStatus::read(&value).unwrap();
        let way = [json!(8), json!("FILLACCEPT"), json!(2), json!("ACCEPT"), json!(15)].map(read);

        for pair in way.windows(2) {
            assert!(pair[0].is_behind(pair[1]), "{} and {}", pair[0], pair[1]);
            assert_eq!((pair[0].told(pair[1]), pair[1].told(pair[0])), (pair[1], pair[1]));
        }
        assert_eq!(SignerStatus::read(&json!("SIGNED")), None);
    }
}
