//! Two files that are compared: the older (原版文件) and the newer (新版文件).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::difference::{Change, Difference};
use super::{Outcome, Task};
use crate::domain::file::Content;
use crate::domain::ids::{FileId, TaskId};
use crate::domain::register::Registered;

/// A comparison.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Comparison {
    /// What every task has.
    pub task: Task,
    /// The older file.
    pub original: FileId,
    /// The newer one.
    pub newer: FileId,
    /// What the newer one holds; reports are drawn on it.
    pub content: Arc<Content>,
    /// `Comment`; empty when nothing.
    pub comment: String,
    /// Where they differ, in reading order.
    pub outcome: Outcome<Vec<Difference>>,
    /// Differences somebody does not mind, by their id.
    pub ignored: BTreeSet<String>,
}

impl Registered for Comparison {
    type Id = TaskId;
    fn id(&self) -> &TaskId {
        &self.task.id
    }
}

impl Comparison {
    /// Where they differ; nowhere when they could not be compared.
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        self.outcome.as_deref().unwrap_or_default()
    }

    /// How often they differ in this way.
    #[must_use]
    pub fn count(&self, change: Change) -> u64 {
        self.differences().iter().filter(|one| one.change == change).count() as u64
    }
}
