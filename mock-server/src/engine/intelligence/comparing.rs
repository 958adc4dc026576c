//! Comparisons inside a world.

use std::sync::Arc;

use super::{Ended, NewTask};
use crate::domain::file::UploadedFile;
use crate::domain::ids::TaskId;
use crate::domain::intelligence::comparison::Comparison;
use crate::domain::intelligence::difference::Difference;
use crate::domain::intelligence::news::News;
use crate::domain::intelligence::{Outcome, TASKS_KEPT, Task, TaskKind};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::ids::Kind;
use crate::engine::world::{Outbox, World};

/// A comparison as asked for.
#[derive(Clone, Debug)]
pub struct NewComparison {
    /// The older file.
    pub original: Arc<UploadedFile>,
    /// The newer one.
    pub newer: Arc<UploadedFile>,
    /// `Comment`.
    pub comment: String,
    /// Where they differ, as found out before the world was opened.
    pub outcome: Outcome<Vec<Difference>>,
}

impl World {
    /// Takes a comparison on, for a unit, and tells so.
    ///
    /// # Errors
    /// No unit is left.
    pub fn compare(
        &mut self,
        task: NewTask,
        new: NewComparison,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<TaskId, Refusal> {
        self.take_intelligence_units(&task.organization, 1)?;
        let task = self.begin_task(task, now);
        let number = self.keep_comparison(task.clone(), new);
        super::tell_of_task(&task, News::ComparisonCreated, now, outbox);
        self.await_end_of_task(TaskKind::Comparison, number, &task);
        Ok(task.id)
    }

    /// Remembers a comparison; answers its number.
    pub fn keep_comparison(&mut self, task: Task, new: NewComparison) -> u64 {
        let NewComparison { original, newer, comment, outcome } = new;
        let outcome = outcome.map(|all| all.into_iter().map(|one| (self.ids.next(Kind::Task), one)).collect());
        let (content, original, newer) = (newer.content.clone(), original.id.clone(), newer.id.clone());
        let comparison = Comparison { task, original, newer, content, comment, outcome };
        self.intelligence.comparisons.insert_keeping(comparison, TASKS_KEPT)
    }

    pub(super) fn ended_comparison(&self, number: u64) -> Option<Ended> {
        let comparison = self.intelligence.comparisons.at(number)?;
        let news = Some(News::ComparisonEnded(comparison.clone()));
        Some(Ended { task: comparison.task.clone(), news, failed: comparison.outcome.is_err() })
    }
}
