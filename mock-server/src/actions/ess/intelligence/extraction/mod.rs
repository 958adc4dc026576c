//! Fields are searched for in contracts (合同智能提取).

pub mod create_batch_information_extraction_task;
pub mod create_information_extraction_web_url;
pub mod create_lm_information_extraction_task_field_feedback;
pub mod describe_information_extraction_task;
pub mod describe_information_extraction_web_url;
pub mod describe_lm_information_extraction_task_field_feedback;
mod files;

use std::sync::Arc;

use crate::actions::{Handler, heavy, quick};
use crate::domain::intelligence::extraction::Extraction;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        heavy(
            create_batch_information_extraction_task::prepare,
            create_batch_information_extraction_task::create_batch_information_extraction_task,
        ),
        quick(create_information_extraction_web_url::create_information_extraction_web_url),
        quick(
            create_lm_information_extraction_task_field_feedback::create_lm_information_extraction_task_field_feedback,
        ),
        quick(describe_information_extraction_task::describe_information_extraction_task),
        quick(describe_information_extraction_web_url::describe_information_extraction_web_url),
        quick(
            describe_lm_information_extraction_task_field_feedback::describe_lm_information_extraction_task_field_feedback,
        ),
    ]
}

/// A search of the caller's company.
///
/// # Errors
/// It has no such search.
fn own(call: &Call<'_>, task: &str) -> Result<Arc<Extraction>, Refusal> {
    if task.is_empty() {
        return Err(Refusal::ParameterMissing { field: "TaskId" });
    }
    let own = call.world.intelligence.extractions.get(task);
    let own = own.filter(|one| &one.task.organization == call.caller.organization());
    own.cloned().ok_or_else(|| Refusal::IntelligenceTaskUnknown { task: task.to_owned() })
}
