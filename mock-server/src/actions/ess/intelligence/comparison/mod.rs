//! Two files are compared (合同对比).

pub mod create_contract_comparison_task;
pub mod create_contract_diff_task_web_url;
pub mod describe_contract_comparison_task;
pub mod describe_contract_diff_task_web_url;
pub mod export_contract_comparison_task;
mod files;

use std::sync::Arc;

use crate::actions::{Handler, heavy, quick};
use crate::domain::intelligence::comparison::Comparison;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        heavy(
            create_contract_comparison_task::prepare,
            create_contract_comparison_task::create_contract_comparison_task,
        ),
        heavy(
            create_contract_diff_task_web_url::prepare,
            create_contract_diff_task_web_url::create_contract_diff_task_web_url,
        ),
        quick(describe_contract_comparison_task::describe_contract_comparison_task),
        quick(describe_contract_diff_task_web_url::describe_contract_diff_task_web_url),
        quick(export_contract_comparison_task::export_contract_comparison_task),
    ]
}

/// A comparison of the caller's company.
///
/// # Errors
/// It has no such comparison.
fn own(call: &Call<'_>, task: &str) -> Result<Arc<Comparison>, Refusal> {
    if task.is_empty() {
        return Err(Refusal::ParameterMissing { field: "TaskId" });
    }
    let own = call.world.intelligence.comparisons.get(task);
    let own = own.filter(|one| &one.task.organization == call.caller.organization());
    own.cloned().ok_or_else(|| Refusal::IntelligenceTaskUnknown { task: task.to_owned() })
}
