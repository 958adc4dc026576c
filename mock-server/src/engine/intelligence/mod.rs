//! Contract intelligence inside a world: tasks begin and take a unit each, and what became of one is told when its time is over.

pub mod comparing;
mod drafting;
pub mod extracting;
pub mod reviewing;

use std::sync::Arc;

use super::ids::Kind;
use super::timers::Timer;
use super::world::{Outbox, World};
use crate::domain::event::{About, Event};
use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::intelligence::news::{News, TaskNews};
use crate::domain::intelligence::timing::Timing;
use crate::domain::intelligence::{Task, TaskKind};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

/// A task as asked for.
#[derive(Clone, Debug)]
pub struct NewTask {
    /// The company.
    pub organization: OrganizationId,
    /// Its employee.
    pub operator: UserId,
    /// The name of its file.
    pub name: String,
    /// `UserData`.
    pub user_data: String,
}

/// What a task came to.
struct Ended {
    task: Task,
    /// What is told of it, where anything is.
    news: Option<News>,
    failed: bool,
}

impl World {
    /// Takes units of the company's package, one for a task. They are taken when tasks are asked for, so that nobody asks for more
    /// than they have (ASSUMED).
    ///
    /// # Errors
    /// It has not as many.
    pub fn take_intelligence_units(&mut self, company: &OrganizationId, units: u64) -> Result<(), Refusal> {
        let number = self.directory.organizations.number(company.as_str());
        let company = number.and_then(|number| self.directory.organizations.at_mut(number));
        let company =
            company.filter(|one| one.intelligence_units >= units).ok_or(Refusal::IntelligenceUnitsExhausted)?;
        company.intelligence_units -= units;
        Ok(())
    }

    /// A task that begins at `now`; its unit has been taken.
    pub fn begin_task(&mut self, new: NewTask, now: Timestamp) -> Task {
        let NewTask { organization, operator, name, user_data } = new;
        let timing = Timing::begun(now, self.settings.intelligence_delay());
        Task { id: self.ids.next(Kind::Task).into(), organization, operator, name, user_data, timing }
    }

    /// A task of this id that was asked for a while ago and has ended, unless that was seconds ago.
    pub(super) fn earlier_task(&self, id: &str, new: NewTask, asked_at: Timestamp) -> Task {
        let NewTask { organization, operator, name, user_data } = new;
        let timing = Timing::begun(asked_at, self.settings.intelligence_delay());
        Task { id: id.into(), organization, operator, name, user_data, timing }
    }

    /// Tells of a task at its end.
    pub fn await_end_of_task(&mut self, kind: TaskKind, number: u64, task: &Task) {
        self.timers.set(task.timing.ends_at, Timer::IntelligenceTask(kind, number));
    }

    /// Ends a task: tells so, and then what it cost (`callback samples`). One that failed costs nothing: its unit is given back
    /// (ASSUMED).
    pub(super) fn end_intelligence_task(&mut self, kind: TaskKind, number: u64, at: Timestamp, outbox: &mut Outbox) {
        let ended = match kind {
            TaskKind::Comparison => self.ended_comparison(number),
            TaskKind::Review => self.ended_review(number),
            TaskKind::Extraction => self.ended_extraction(number),
            TaskKind::Draft => self.ended_draft(number),
        };
        // Forgotten meanwhile, because many came after it.
        let Some(Ended { task, news, failed }) = ended else { return };
        if let Some(news) = news {
            tell_of_task(&task, news, at, outbox);
        }
        if failed {
            self.give_intelligence_unit_back(&task.organization);
        } else {
            tell_of_task(&task, News::Paid, at, outbox);
        }
    }

    fn give_intelligence_unit_back(&mut self, company: &OrganizationId) {
        let number = self.directory.organizations.number(company.as_str());
        if let Some(company) = number.and_then(|number| self.directory.organizations.at_mut(number)) {
            company.intelligence_units += 1;
        }
    }
}

/// Tells something of a task.
fn tell_of_task(task: &Task, what: News, at: Timestamp, outbox: &mut Outbox) {
    let news = TaskNews { task: task.clone(), what };
    outbox.push(Event { at, about: About::Intelligence(Arc::new(news)) });
}
