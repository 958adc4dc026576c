//! `ChannelBatchCancelFlows` withdraws up to 100 contracts; the rest is ignored (`api ChannelBatchCancelFlows`).
//!
//! What cannot be withdrawn is said at its place in `FailMessages`, which is empty when all could
//! (`ex ChannelBatchCancelFlows`). The task that tells so (`CancelFlows`) has run when the call returns (ASSUMED). One contract
//! twice is refused.

use std::collections::BTreeSet;

use ess_schemas::essbasic::{ChannelBatchCancelFlowsRequest, ChannelBatchCancelFlowsResponse};

use crate::actions::essbasic::dialect::given;
use crate::domain::cancel_task::{CancelScope, CancelTask, DEFAULT_REASON};
use crate::domain::ids::{CancelTaskId, FlowId};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::ids::Kind;

/// The most contracts of one call.
const CONTRACTS: usize = 100;

/// See the module's comment.
///
/// # Errors
/// No contract was named, or one twice.
pub fn channel_batch_cancel_flows(
    call: &mut Call<'_>,
    request: ChannelBatchCancelFlowsRequest,
) -> Result<ChannelBatchCancelFlowsResponse, Refusal> {
    if request.flow_ids.is_empty() {
        return Err(Refusal::FlowIdMissing);
    }
    let flows: Vec<FlowId> = request.flow_ids.iter().take(CONTRACTS).map(|id| id.as_str().into()).collect();
    let mut seen = BTreeSet::new();
    if let Some(twice) = flows.iter().find(|id| !seen.insert(*id)) {
        return Err(Refusal::FlowIdRepeated { flow: twice.to_string() });
    }
    let id: CancelTaskId = call.world.ids.next(Kind::Task).into();
    let task = CancelTask {
        id: id.clone(),
        organization: call.caller.organization().clone(),
        application: call.caller.application().cloned(),
        scope: CancelScope::Link { operator: Box::new(call.caller.operator()?.clone()), expires_at: call.now },
        flows: flows.clone(),
        outcome: None,
    };
    let reason = given(&request.cancel_message).map_or(DEFAULT_REASON, String::as_str);
    let failed = call.cancel_at_once(task, reason);
    let message = |flow: &FlowId| failed.get(flow).map(|why| why.message(flow.as_str())).unwrap_or_default();
    let fail_messages = if failed.is_empty() { Vec::new() } else { flows.iter().map(message).collect() };
    Ok(ChannelBatchCancelFlowsResponse { fail_messages, task_id: id.to_string() })
}
