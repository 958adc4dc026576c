//! `ChannelCancelFlow` withdraws a contract that has not ended, as `CancelFlow` does; the reason may be left out
//! (`api ChannelCancelFlow`).

use ess_schemas::essbasic::{ChannelCancelFlowRequest, ChannelCancelFlowResponse};

use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract of the caller's, no right to withdraw it, or it has ended.
pub fn channel_cancel_flow(
    call: &mut Call<'_>,
    request: ChannelCancelFlowRequest,
) -> Result<ChannelCancelFlowResponse, Refusal> {
    let flow = call.own_flow(&request.flow_id)?;
    call.caller.permitted(|operator| operator.may_cancel(&flow))?;
    call.cancel_flow(&flow.id, &request.cancel_message.unwrap_or_default())?;
    Ok(ChannelCancelFlowResponse {})
}
