//! What happened, for whoever must be told.

use std::sync::Arc;

use super::flow::Flow;
use super::ids::RecipientId;
use super::time::Timestamp;

/// Something that happened to a contract, with the contract as it was at that moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Happening,
    /// The contract right after it.
    pub flow: Arc<Flow>,
}

/// What may happen to a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// The launch took one contract from the company's quota.
    Charged,
    /// Cancelling gave that contract back.
    Refunded,
    /// Launched.
    Started,
    /// A signer signed.
    Signed(RecipientId),
    /// A signer refused.
    Rejected(RecipientId),
    /// The initiator withdrew it.
    Cancelled,
    /// A signer's own deadline passed; the contract expires with it.
    ApproverDeadlineExpired(RecipientId),
    /// The deadline passed.
    Expired,
    /// Everybody has signed; the last signer is named.
    Finished(RecipientId),
}
