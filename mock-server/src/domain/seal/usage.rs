//! A seal was used (用印记录): what `SealUse` tells (`callback docs`).

use std::sync::Arc;

use super::Seal;
use crate::domain::flow::Flow;

/// A seal's use for a contract.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct SealUse {
    /// The seal.
    pub seal: Arc<Seal>,
    /// The contract, as it was right after it.
    pub flow: Arc<Flow>,
    /// What whoever launched the contract is called.
    pub creator_name: String,
    /// How many places of the contract it was set on.
    pub places: usize,
}
