//! Archiving (归档): contracts signed elsewhere are kept here, some seconds after they were handed in.
//!
//! A task runs on the world's clock and is looked at, never woken (`api CreateArchiveFlowTask`: asynchronous; how many
//! seconds is ASSUMED).

use std::sync::Arc;
use std::time::Duration;

use super::file::{Content, Purpose, UploadedFile};
use super::ids::{ArchiveTaskId, FileId, FlowId, OrganizationId};
use super::refusal::Refusal;
use super::register::Registered;
use super::time::Timestamp;

/// How long a task waits for its turn.
const WAITING: Duration = Duration::from_secs(1);
/// How long it takes from being handed in to its end.
const WHOLE: Duration = Duration::from_secs(3);

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct ArchiveTask {
    /// Its id.
    pub id: ArchiveTaskId,
    /// Whose it is.
    pub owner: OrganizationId,
    /// When it was handed in.
    pub created_at: Timestamp,
    /// What comes of each contract, in the order they were handed in.
    pub entries: Vec<ArchiveEntry>,
}

impl Registered for ArchiveTask {
    type Id = ArchiveTaskId;
    fn id(&self) -> &ArchiveTaskId {
        &self.id
    }
}

/// What comes of one contract.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct ArchiveEntry {
    /// The caller's own number of it.
    pub business: String,
    /// The uploaded file.
    pub file: FileId,
    /// The archived contract, or why there is none.
    #[serde(with = "Outcome::<FlowId, NotArchived>")]
    pub outcome: Result<FlowId, NotArchived>,
}

/// Why a contract was not archived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotArchived {
    /// Its file's time is over.
    FileRemoved,
    /// There is no such file, it is another company's, or it was uploaded for something else.
    FileUnusable,
}

impl From<Refusal> for NotArchived {
    fn from(refusal: Refusal) -> Self {
        if matches!(refusal, Refusal::FileRemoved { .. }) { Self::FileRemoved } else { Self::FileUnusable }
    }
}

/// How an outcome is written.
#[derive(serde::Deserialize, serde::Serialize)]
#[serde(remote = "Result", rename_all = "snake_case")]
enum Outcome<T, E> {
    Ok(T),
    Err(E),
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveProgress {
    /// It waits.
    Pending,
    /// It runs.
    Running,
    /// Every contract was archived.
    Done,
    /// Not every one was.
    DoneWithFailures,
}

impl ArchiveTask {
    /// How far it is.
    #[must_use]
    pub fn progress(&self, now: Timestamp) -> ArchiveProgress {
        if now < self.created_at.plus(WAITING) {
            ArchiveProgress::Pending
        } else if now < self.created_at.plus(WHOLE) {
            ArchiveProgress::Running
        } else if self.entries.iter().all(|entry| entry.outcome.is_ok()) {
            ArchiveProgress::Done
        } else {
            ArchiveProgress::DoneWithFailures
        }
    }
}

/// A contract that was signed elsewhere.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct ArchivedFlow {
    /// Its id here.
    pub id: FlowId,
    /// Whose archive it is in.
    pub owner: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its file.
    pub content: Arc<Content>,
    /// When it can be fetched.
    pub archived_at: Timestamp,
}

impl Registered for ArchivedFlow {
    type Id = FlowId;
    fn id(&self) -> &FlowId {
        &self.id
    }
}

/// A contract somebody hands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewArchivedFlow {
    /// Its uploaded file.
    pub files: Vec<FileId>,
    /// Its name; the file's when left out.
    pub name: Option<String>,
    /// The caller's own number of it.
    pub business: String,
    /// For each company that signed it, its name.
    pub companies: Vec<Option<String>>,
}

impl NewArchivedFlow {
    /// Refuses what would be wrong whatever the file is (`api CreateArchiveFlow`, `api ArchiveFlowApproverInfo`).
    ///
    /// # Errors
    /// No file, or a company without a name.
    pub fn check(&self) -> Result<&FileId, Refusal> {
        if self.companies.iter().any(|name| name.as_ref().is_none_or(String::is_empty)) {
            return Err(Refusal::OrganizationNameMissing);
        }
        match &self.files[..] {
            [file] => Ok(file),
            [] => Err(Refusal::ParameterMissing { field: "ResourceIds" }),
            [..] => Err(Refusal::ListTooLong { field: "ResourceIds".into(), limit: 1 }),
        }
    }

    /// The archived contract; a file that was uploaded for something else cannot be archived (`api UploadFiles`, ARCHIVE).
    ///
    /// # Errors
    /// The file's purpose.
    pub fn archive(&self, id: FlowId, file: &UploadedFile, now: Timestamp) -> Result<ArchivedFlow, Refusal> {
        if file.purpose != Purpose::Archive {
            return Err(Refusal::ResourceUnknown { id: file.id.to_string() });
        }
        let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
        let name = self.name.as_deref().filter(|name| !name.is_empty()).unwrap_or(stem).to_owned();
        let (owner, content) = (file.owner.clone(), file.content.clone());
        Ok(ArchivedFlow { id, owner, name, content, archived_at: now.plus(WHOLE) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(outcomes: Vec<Result<FlowId, NotArchived>>) -> ArchiveTask {
        let entry = |outcome| ArchiveEntry { business: String::new(), file: "file".into(), outcome };
        ArchiveTask {
            id: "task".into(),
            owner: "own".into(),
            created_at: Timestamp::default(),
            entries: outcomes.into_iter().map(entry).collect(),
        }
    }

    #[test]
    fn a_task_waits_runs_and_ends_by_the_clock_alone() {
        let at = |task: &ArchiveTask, millis| task.progress(Timestamp::from_millis(millis));
        let good = task(vec![Ok("flow".into())]);
        assert_eq!(at(&good, 999), ArchiveProgress::Pending);
        assert_eq!(at(&good, 1000), ArchiveProgress::Running);
        assert_eq!(at(&good, 3000), ArchiveProgress::Done);
        let bad = task(vec![Ok("flow".into()), Err(NotArchived::FileUnusable)]);
        assert_eq!(at(&bad, 3000), ArchiveProgress::DoneWithFailures);
    }

    #[test]
    fn a_contract_needs_its_file_and_its_companies_names() {
        let good = NewArchivedFlow { files: vec!["file".into()], ..NewArchivedFlow::default() };
        assert_eq!(good.check(), Ok(&"file".into()));
        assert!(NewArchivedFlow::default().check().is_err());
        for company in [None, Some(String::new())] {
            let nameless = NewArchivedFlow { companies: vec![company], ..good.clone() };
            assert_eq!(nameless.check(), Err(Refusal::OrganizationNameMissing));
        }
    }
}
