//! Comparisons inside a world.

use super::Ended;
use crate::domain::ids::TaskId;
use crate::domain::intelligence::comparison::Comparison;
use crate::domain::intelligence::news::News;
use crate::domain::intelligence::{TASKS_KEPT, TaskKind};
use crate::domain::time::Timestamp;
use crate::engine::world::{Outbox, World};

impl World {
    /// Takes a comparison on, tells so, and answers its id.
    pub fn add_comparison(&mut self, comparison: Comparison, now: Timestamp, outbox: &mut Outbox) -> TaskId {
        let task = comparison.task.clone();
        let number = self.intelligence.comparisons.insert_keeping(comparison, TASKS_KEPT);
        self.tell_of_task(&task, News::ComparisonCreated, now, outbox);
        self.await_end_of_task(TaskKind::Comparison, number, &task);
        task.id
    }

    pub(super) fn ended_comparison(&self, number: u64) -> Option<Ended> {
        let comparison = self.intelligence.comparisons.at(number)?;
        let news = Some(News::ComparisonEnded(comparison.clone()));
        Some(Ended { task: comparison.task.clone(), news, failed: comparison.outcome.is_err() })
    }
}
