//! Searches for fields inside a world.

use std::sync::Arc;

use super::{Ended, NewTask};
use crate::domain::file::UploadedFile;
use crate::domain::ids::{OrganizationId, TaskId};
use crate::domain::intelligence::extraction::{Extraction, Feedback, Field, FieldResult, Found};
use crate::domain::intelligence::news::News;
use crate::domain::intelligence::{FIELD_RESULTS_KEPT, Outcome, TASKS_KEPT, Task, TaskKind};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::ids::Kind;
use crate::engine::world::World;

/// A search as asked for: one file of them.
#[derive(Clone, Debug)]
pub struct NewExtraction {
    /// The file.
    pub file: Arc<UploadedFile>,
    /// What it is searched for.
    pub fields: Vec<Field>,
    /// What was found, field by field, as found out before the world was opened.
    pub outcome: Outcome<Vec<Vec<Found>>>,
}

impl World {
    /// Takes searches on, each for a unit.
    ///
    /// # Errors
    /// Not as many units are left.
    pub fn extract(&mut self, all: Vec<(NewTask, NewExtraction)>, now: Timestamp) -> Result<Vec<TaskId>, Refusal> {
        if let Some((first, _)) = all.first() {
            self.take_intelligence_units(&first.organization, all.len() as u64)?;
        }
        let mut tasks = Vec::with_capacity(all.len());
        for (task, new) in all {
            let task = self.begin_task(task, now);
            let number = self.keep_extraction(task.clone(), new, &[]);
            self.await_end_of_task(TaskKind::Extraction, number, &task);
            tasks.push(task.id);
        }
        Ok(tasks)
    }

    /// Remembers a search; answers its number. Its results go by `ids`, as far as there are any.
    pub fn keep_extraction(&mut self, task: Task, new: NewExtraction, ids: &[String]) -> u64 {
        let NewExtraction { file, fields, outcome } = new;
        let part = self.ids.next(Kind::Task);
        let outcome = outcome.map(|all| {
            let results = fields.iter().zip(all).enumerate();
            results.map(|(place, (field, found))| self.keep_result(&task, field, found, ids.get(place))).collect()
        });
        let flowing = file.content.pages.is_none();
        let extraction = Extraction { task, file: file.id.clone(), part, fields, flowing, outcome };
        self.intelligence.extractions.insert_keeping(extraction, TASKS_KEPT)
    }

    fn keep_result(&mut self, task: &Task, field: &Field, found: Vec<Found>, id: Option<&String>) -> String {
        let id = id.cloned().unwrap_or_else(|| self.ids.next(Kind::Task));
        let found = found.into_iter().map(|one| (self.id_of_a_place(), one)).collect();
        let result = FieldResult {
            id: id.clone(),
            task: task.id.clone(),
            organization: task.organization.clone(),
            field: field.clone(),
            found,
            feedback: Feedback::default(),
        };
        self.intelligence.field_results.insert_keeping(result, FIELD_RESULTS_KEPT);
        id
    }

    /// Of the form of a UUID (`ex DescribeInformationExtractionTask`).
    fn id_of_a_place(&mut self) -> String {
        let mut draw = self.ids.draw(Kind::Task);
        let groups = [8, 4, 4, 4, 12].map(|length| draw.hex(length));
        groups.join("-")
    }

    pub(super) fn ended_extraction(&self, number: u64) -> Option<Ended> {
        let extraction = self.intelligence.extractions.at(number)?;
        let outcome = extraction.outcome.clone().map(|_| ());
        let failed = outcome.is_err();
        Some(Ended { task: extraction.task.clone(), news: Some(News::ExtractionEnded(outcome)), failed })
    }

    /// Keeps what somebody says of a result.
    ///
    /// # Errors
    /// The company has no such result.
    pub fn give_feedback(&mut self, company: &OrganizationId, result: &str, feedback: Feedback) -> Result<(), Refusal> {
        let results = &mut self.intelligence.field_results;
        let number =
            results.number(result).filter(|number| results.at(*number).is_some_and(|one| &one.organization == company));
        let found = number.and_then(|number| results.at_mut(number));
        let found = found.ok_or_else(|| Refusal::IntelligenceTaskUnknown { task: result.to_owned() })?;
        found.feedback = feedback;
        Ok(())
    }
}
