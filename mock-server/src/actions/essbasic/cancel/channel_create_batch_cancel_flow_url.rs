//! `ChannelCreateBatchCancelFlowUrl` makes a link on which a person confirms the cancellation of up to 100 of a customer's contracts
//! ([`crate::actions::cancel_tasks`]).

use ess_schemas::essbasic::{ChannelCreateBatchCancelFlowUrlRequest, ChannelCreateBatchCancelFlowUrlResponse};

use crate::actions::cancel_tasks;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No contract was named, or one twice.
pub fn channel_create_batch_cancel_flow_url(
    call: &mut Call<'_>,
    request: ChannelCreateBatchCancelFlowUrlRequest,
) -> Result<ChannelCreateBatchCancelFlowUrlResponse, Refusal> {
    let link = cancel_tasks::link(call, request.flow_ids)?;
    Ok(ChannelCreateBatchCancelFlowUrlResponse {
        batch_cancel_flow_url: link.url,
        fail_messages: link.fail_messages,
        url_expire_on: link.expires_on,
        task_id: link.task,
    })
}
