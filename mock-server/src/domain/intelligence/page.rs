//! The pages of contract intelligence that are embedded into other sites; a link to one opens once.

use std::time::Duration;

use crate::domain::ids::TaskId;
use crate::domain::time::MINUTE;

/// How long one can be opened (`api CreateContractDiffTaskWebUrl`).
pub const LIFETIME: Duration = Duration::from_secs(5 * MINUTE.as_secs());

/// What a page shows.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IntelligencePage {
    /// What came of a comparison, or how far it is.
    Comparison(TaskId),
}
