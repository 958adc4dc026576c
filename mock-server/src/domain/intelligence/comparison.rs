//! Two files that are compared: the older (原版文件) and the newer (新版文件).

use std::sync::Arc;

use super::difference::{Change, Difference, differences};
use super::{Failed, Outcome, Task};
use crate::documents::{Reading, Revisions};
use crate::domain::file::{Content, UploadedFile};
use crate::domain::ids::{FileId, TaskId};
use crate::domain::register::Registered;

/// What can be compared (`api CreateContractDiffTaskWebUrl`).
pub const EXTENSIONS: &[&str] = &["pdf", "doc", "docx"];

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
    /// Where they differ, in reading order, each with its id.
    pub outcome: Outcome<Vec<(String, Difference)>>,
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
    pub fn differences(&self) -> &[(String, Difference)] {
        self.outcome.as_deref().unwrap_or_default()
    }

    /// How often they differ in this way.
    #[must_use]
    pub fn count(&self, change: Change) -> i64 {
        let count = self.differences().iter().filter(|(_, one)| one.change == change).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    }
}

/// Where two files differ; it takes long, so that it is found out before the world is opened.
///
/// # Errors
/// The text of one cannot be read, or there is too much.
pub fn compare(original: &UploadedFile, newer: &UploadedFile, revisions: Revisions) -> Outcome<Vec<Difference>> {
    differences(&read(original, revisions)?, &read(newer, revisions)?)
}

fn read(file: &UploadedFile, revisions: Revisions) -> Outcome<Reading> {
    let content = &file.content;
    let flows = content.pages.is_none();
    let reading = match revisions {
        Revisions::Accepted if flows => Reading::of_file(&content.bytes, revisions),
        Revisions::Accepted | Revisions::AsTheyStand => content.reading().cloned(),
    };
    reading.map_err(|_| Failed::unreadable(&file.name))
}
