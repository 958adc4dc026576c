//! `DescribeCancelFlowsTask` tells how a task of cancellations stands.
//!
//! `CancelType` says which of the two kinds is meant. Contracts of a link's task come without their names
//! (`ex DescribeCancelFlowsTask`).

use ess_schemas::ess::{CancelFailureFlow, DescribeCancelFlowsTaskRequest, DescribeCancelFlowsTaskResponse};

use crate::actions::cancel_tasks;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such task of the caller's.
pub fn describe_cancel_flows_task(
    call: &mut Call<'_>,
    request: DescribeCancelFlowsTaskRequest,
) -> Result<DescribeCancelFlowsTaskResponse, Refusal> {
    let whole_company = request.cancel_type == Some(1);
    let task = cancel_tasks::find(call, &request.task_id, whole_company)?;
    let outcome = task.outcome.clone().unwrap_or_default();
    let failed = outcome.failed.into_iter().map(|(flow, name, why)| CancelFailureFlow {
        flow_id: flow.to_string(),
        reason: Some(why.reason().to_owned()),
        flow_name: name.filter(|_| whole_company),
    });
    Ok(DescribeCancelFlowsTaskResponse {
        task_id: task.id.to_string(),
        task_status: task.status(call.now).wire().to_owned(),
        success_flow_ids: outcome.cancelled.iter().map(ToString::to_string).collect(),
        failure_flows: failed.collect(),
    })
}
