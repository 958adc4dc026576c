//! Drafts inside a world.

use std::sync::Arc;
use std::time::Duration;

use super::{Ended, NewTask};
use crate::domain::file::{Content, Purpose, UploadedFile};
use crate::domain::ids::TaskId;
use crate::domain::intelligence::draft::{Draft, Drafted};
use crate::domain::intelligence::{Outcome, TASKS_KEPT, Task, TaskKind};
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, Timestamp};
use crate::engine::ids::Kind;
use crate::engine::world::World;

/// How long a drafted file can be used, as an uploaded one that asks for nothing else would be for less. ASSUMED.
const LIFETIME: Duration = Duration::from_secs(7 * DAY.as_secs());

impl World {
    /// Takes a draft on, for a unit; `content` is the Word file it becomes.
    ///
    /// # Errors
    /// No unit is left.
    pub fn draft(&mut self, task: NewTask, content: Outcome<Arc<Content>>, now: Timestamp) -> Result<TaskId, Refusal> {
        self.take_intelligence_units(&task.organization, 1)?;
        let task = self.begin_task(task, now);
        let number = self.keep_draft(task.clone(), content, now);
        self.await_end_of_task(TaskKind::Draft, number, &task);
        Ok(task.id)
    }

    /// Remembers a draft, and its file among those that were uploaded; answers its number.
    pub fn keep_draft(&mut self, task: Task, content: Outcome<Arc<Content>>, now: Timestamp) -> u64 {
        let outcome = content.map(|content| {
            let file = UploadedFile {
                id: self.ids.next(Kind::File).into(),
                owner: task.organization.clone(),
                application: None,
                name: format!("{}.docx", task.name),
                purpose: Purpose::Document,
                content: content.clone(),
                expires_at: task.timing.ends_at.plus(LIFETIME),
            };
            let id = file.id.clone();
            self.add_file(file, now);
            Drafted { file: id, content }
        });
        self.intelligence.drafts.insert_keeping(Draft { task, outcome }, TASKS_KEPT)
    }

    pub(super) fn ended_draft(&self, number: u64) -> Option<Ended> {
        let draft = self.intelligence.drafts.at(number)?;
        Some(Ended { task: draft.task.clone(), news: None, failed: draft.outcome.is_err() })
    }
}
