//! Tasks that withdraw many contracts, inside a world.

use std::sync::Arc;

use super::timers::Timer;
use super::world::{Outbox, World};
use crate::domain::cancel_task::{
    CONTRACTS_PER_TASK, CancelOutcome, CancelScope, CancelTask, DEFAULT_REASON, NotCancelled, WORKING,
};
use crate::domain::event::{About, Event};
use crate::domain::ids::{ApplicationId, FlowId, OrganizationId};
use crate::domain::time::Timestamp;

/// How many tasks are remembered; the oldest go first.
const TASKS_KEPT: usize = 10_000;

impl World {
    /// A company's contracts that have not ended, of one application where it is named, oldest first: as many as one task
    /// withdraws.
    #[must_use]
    pub fn open_flows_of(&self, company: &OrganizationId, application: Option<&ApplicationId>) -> Vec<FlowId> {
        let open = self.open_flows.of(company).filter_map(|number| self.flows.at(number));
        let here = open.filter(|flow| application.is_none() || flow.initiator.application.as_ref() == application);
        here.take(CONTRACTS_PER_TASK).map(|flow| flow.id.clone()).collect()
    }

    /// Takes on a task at `now`. One about a whole company runs by itself a little later; one of a link when somebody
    /// confirms it there. Answers its number.
    pub fn add_cancel_task(&mut self, task: CancelTask, now: Timestamp) -> u64 {
        let by_itself = matches!(task.scope, CancelScope::Organization { .. });
        let number = self.cancel_tasks.insert(task);
        if by_itself {
            self.timers.set(now.plus(WORKING), Timer::CancelTask(number));
        }
        if self.cancel_tasks.len() > TASKS_KEPT {
            self.cancel_tasks.remove_first();
        }
        number
    }

    /// Runs the task with this number, unless it has run: withdraws what can be withdrawn, and tells so.
    pub fn run_cancel_task(&mut self, number: u64, reason: Option<&str>, now: Timestamp, outbox: &mut Outbox) {
        let Some(task) = self.cancel_tasks.at(number).cloned().filter(|task| task.outcome.is_none()) else { return };
        let reason = match &task.scope {
            CancelScope::Organization { reason } => reason.as_str(),
            CancelScope::Link { .. } => reason.unwrap_or(DEFAULT_REASON),
        };
        let mut outcome = CancelOutcome::default();
        for id in &task.flows {
            let flow = self.flows.get(id.as_str()).cloned();
            let allowed = task.check(flow.as_deref(), &self.directory).and_then(|()| {
                let cancelled = self.cancel_flow(id, reason, now, outbox);
                cancelled.map_err(|_| NotCancelled::Ended)
            });
            match allowed {
                Ok(()) => outcome.cancelled.push(id.clone()),
                Err(why) => {
                    let own = flow.filter(|_| why != NotCancelled::NotOwn);
                    outcome.failed.push((id.clone(), own.map(|flow| flow.name.clone()), why));
                }
            }
        }
        let done = CancelTask { outcome: Some(outcome), ..task.as_ref().clone() };
        outbox.push(Event { at: now, about: About::CancelTask(Arc::new(done.clone())) });
        self.cancel_tasks.insert(done);
    }
}
