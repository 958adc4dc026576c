//! `CreateBatchCancelFlowUrl` makes a link on which a person confirms the cancellation of up to 100 contracts
//! ([`crate::actions::cancel_tasks`]).

use ess_schemas::ess::{CreateBatchCancelFlowUrlRequest, CreateBatchCancelFlowUrlResponse};

use crate::actions::cancel_tasks;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No contract was named, or one twice.
pub fn create_batch_cancel_flow_url(
    call: &mut Call<'_>,
    request: CreateBatchCancelFlowUrlRequest,
) -> Result<CreateBatchCancelFlowUrlResponse, Refusal> {
    let link = cancel_tasks::link(call, request.flow_ids)?;
    Ok(CreateBatchCancelFlowUrlResponse {
        batch_cancel_flow_url: link.url,
        fail_messages: link.fail_messages,
        url_expire_on: link.expires_on,
        task_id: link.task,
    })
}
