//! What is told of a task: that it began, that it ended, that it was paid for.

use std::sync::Arc;

use super::comparison::Comparison;
use super::{Outcome, Task};

/// Something that is told of a task.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct TaskNews {
    /// The task.
    pub task: Task,
    /// What happened.
    pub what: News,
}

/// What happened to a task.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// Two files are to be compared.
    ComparisonCreated,
    /// Two files were compared.
    ComparisonEnded(Arc<Comparison>),
    /// A contract was searched for fields.
    ExtractionEnded(Outcome<()>),
    /// A contract was reviewed.
    ReviewEnded(Outcome<()>),
    /// A unit of the company's package was used up.
    Paid,
}
