//! Where a contract and its signers stand, as numbers every surface shares.
//!
//! Both services and both callback generations show the same integers for the same state; only the texts beside them
//! differ, and those stand in the dialects.

/// A contract's status. Numbers: `api FlowBrief.FlowStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlowStatus {
    /// Not started, nobody has to fill anything in.
    NotStarted = 0,
    /// Waiting for signatures.
    Signing = 1,
    /// Partly signed.
    PartlySigned = 2,
    /// A signer refused.
    Rejected = 3,
    /// Everybody signed.
    Signed = 4,
    /// The deadline passed.
    Expired = 5,
    /// Withdrawn.
    Cancelled = 6,
    /// Not started, and somebody will have to fill in.
    NotStartedWithFill = 7,
    /// Waiting for somebody to fill in.
    Filling = 8,
    /// Partly filled in.
    PartlyFilled = 9,
    /// A signer refused to fill in.
    FillRejected = 10,
    /// Made void from outside, e.g. a signer changed their legal name.
    Invalidated = 16,
    /// Released by an agreement of all parties.
    Released = 21,
}

impl FlowStatus {
    /// Every status.
    pub const ALL: [Self; 13] = [
        Self::NotStarted,
        Self::Signing,
        Self::PartlySigned,
        Self::Rejected,
        Self::Signed,
        Self::Expired,
        Self::Cancelled,
        Self::NotStartedWithFill,
        Self::Filling,
        Self::PartlyFilled,
        Self::FillRejected,
        Self::Invalidated,
        Self::Released,
    ];

    /// The number on the wire.
    #[must_use]
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// Whether nothing can happen any more (a fully signed contract may still be released).
    #[must_use]
    pub const fn is_final(self) -> bool {
        match self {
            Self::Rejected
            | Self::Signed
            | Self::Expired
            | Self::Cancelled
            | Self::FillRejected
            | Self::Invalidated
            | Self::Released => true,
            Self::NotStarted
            | Self::NotStartedWithFill
            | Self::Signing
            | Self::PartlySigned
            | Self::Filling
            | Self::PartlyFilled => false,
        }
    }
}

/// A signer's status. Numbers: `api FlowApproverDetail.ApproveStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ApproverStatus {
    /// The contract has not been launched.
    NotLaunched = 0,
    /// Launched, and somebody else comes first.
    NotYetDue = 1,
    /// Waiting for this signature.
    ToSign = 2,
    /// Signed.
    Signed = 3,
    /// Refused.
    Rejected = 4,
    /// The deadline passed unsigned.
    Expired = 5,
    /// The contract was withdrawn.
    Cancelled = 6,
    /// Not launched for this signer yet.
    NotPreLaunched = 7,
    /// Waiting for this signer to fill in.
    ToFill = 8,
    /// Stopped for another reason.
    Stopped = 9,
    /// Filled in.
    Filled = 10,
    /// Released.
    Released = 15,
    /// Handed to somebody else.
    Forwarded = 19,
}

impl ApproverStatus {
    /// Every status.
    pub const ALL: [Self; 13] = [
        Self::NotLaunched,
        Self::NotYetDue,
        Self::ToSign,
        Self::Signed,
        Self::Rejected,
        Self::Expired,
        Self::Cancelled,
        Self::NotPreLaunched,
        Self::ToFill,
        Self::Stopped,
        Self::Filled,
        Self::Released,
        Self::Forwarded,
    ];

    /// The number on the wire.
    #[must_use]
    pub const fn code(self) -> i64 {
        self as i64
    }
}
