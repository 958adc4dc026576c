//! `CreateBatchCancelFlowUrl` makes a link on which a person confirms the cancellation of up to 100 contracts.
//!
//! Nothing changes before that. What cannot be withdrawn even now is said at its place in `FailMessages`; if that is all of
//! them there is no link, and still no error (`ex CreateBatchCancelFlowUrl`). The same contract twice is refused (ASSUMED:
//! the text asks for no duplicates, `OperationDenied.BatchCancelForbid` is published).

use std::collections::BTreeSet;

use ess_schemas::ess::{CreateBatchCancelFlowUrlRequest, CreateBatchCancelFlowUrlResponse};

use crate::domain::cancel_task::{CancelScope, CancelTask, LINK_LIFETIME, cancellable};
use crate::domain::ids::CancelTaskId;
use crate::domain::link::Opens;
use crate::domain::refusal::Refusal;
use crate::domain::time::beijing;
use crate::engine::call::Call;
use crate::engine::ids::Kind;

/// See the module's comment.
///
/// # Errors
/// No contract was named, or one twice.
pub fn create_batch_cancel_flow_url(
    call: &mut Call<'_>,
    request: CreateBatchCancelFlowUrlRequest,
) -> Result<CreateBatchCancelFlowUrlResponse, Refusal> {
    if request.flow_ids.is_empty() {
        return Err(Refusal::FlowIdEmpty);
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = request.flow_ids.iter().find(|id| !seen.insert(*id)) {
        return Err(Refusal::FlowIdRepeated { flow: twice.clone() });
    }
    let (operator, organization) = (call.caller.operator()?.clone(), call.caller.organization().clone());
    let entitled = call.caller.entitled()?;
    let check = |id: &String| {
        let flow = call.world.flows.get(id.as_str());
        cancellable(flow.map(AsRef::as_ref), &organization, Some(entitled))
            .map_or_else(|why| why.message(id), |()| String::new())
    };
    let fail_messages: Vec<String> = request.flow_ids.iter().map(check).collect();
    if fail_messages.iter().all(|message| !message.is_empty()) {
        return Ok(CreateBatchCancelFlowUrlResponse { fail_messages, ..CreateBatchCancelFlowUrlResponse::default() });
    }

    let id: CancelTaskId = call.world.ids.next(Kind::Task).into();
    let expires_at = call.now.plus(LINK_LIFETIME);
    let link = call.world.add_link(Opens::CancelTask(id.clone()), expires_at, None);
    let batch_cancel_flow_url = call.urls.cancel(&link, &operator.id);
    let task = CancelTask {
        id: id.clone(),
        organization,
        application: call.caller.application().cloned(),
        scope: CancelScope::Link { operator, expires_at },
        flows: request.flow_ids.into_iter().map(Into::into).collect(),
        outcome: None,
    };
    call.world.add_cancel_task(task, call.now);
    Ok(CreateBatchCancelFlowUrlResponse {
        batch_cancel_flow_url,
        fail_messages,
        url_expire_on: beijing(expires_at).strftime("%Y-%m-%d %H:%M:%S").to_string(),
        task_id: id.to_string(),
    })
}
