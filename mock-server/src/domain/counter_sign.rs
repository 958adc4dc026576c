//! Files that the platform signs with its own certificate (数字文件CA加签).
//!
//! A task runs on the world's clock and is looked at, never woken: what it says follows from how long ago it was asked for. How many
//! seconds that takes is ASSUMED.

use std::time::Duration;

use super::ids::{CounterSignId, FileId, OrganizationId};
use super::register::Registered;
use super::time::Timestamp;

/// How long the smallest file takes, where nobody waits for it.
const SHORTEST: Duration = Duration::from_secs(3);
/// So many bytes take one second more.
const BYTES_PER_SECOND: usize = 4 * 1024 * 1024;

/// A task that signs a file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct CounterSign {
    /// Its id.
    pub id: CounterSignId,
    /// Whose it is.
    pub owner: OrganizationId,
    /// The file that is signed.
    pub source: FileId,
    /// When it ends.
    pub ends_at: Timestamp,
    /// What comes of it, known from the start and told at the end: the signed file, or why there is none.
    pub outcome: Result<FileId, String>,
}

impl Registered for CounterSign {
    type Id = CounterSignId;
    fn id(&self) -> &CounterSignId {
        &self.id
    }
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress<'a> {
    /// It runs.
    Processing,
    /// This is the signed file.
    Finished(&'a FileId),
    /// There is none, for this reason.
    Failed(&'a str),
}

impl CounterSign {
    /// How long a file of so many bytes takes.
    #[must_use]
    pub fn duration(bytes: usize) -> Duration {
        SHORTEST + Duration::from_secs((bytes / BYTES_PER_SECOND) as u64)
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self, now: Timestamp) -> Progress<'_> {
        match &self.outcome {
            _ if now < self.ends_at => Progress::Processing,
            Ok(file) => Progress::Finished(file),
            Err(why) => Progress::Failed(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::at;

    #[test]
    fn a_task_tells_nothing_before_its_end() {
        let ends_at = at(0).plus(CounterSign::duration(8 * 1024 * 1024));
        let (id, owner, source) = ("task".into(), "own".into(), "file".into());
        let task = CounterSign { id, owner, source, ends_at, outcome: Ok("signed".into()) };
        assert_eq!(task.progress(at(4)), Progress::Processing);
        assert_eq!(task.progress(at(5)), Progress::Finished(&"signed".into()));
        let failed = CounterSign { outcome: Err("文件损坏".into()), ..task };
        assert_eq!(
            (failed.progress(at(4)), failed.progress(at(5))),
            (Progress::Processing, Progress::Failed("文件损坏"))
        );
    }
}
