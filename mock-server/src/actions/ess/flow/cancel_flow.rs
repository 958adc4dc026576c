//! `CancelFlow` withdraws a contract that has not ended.
//!
//! Who may: super admin, legal person, contract administrator, or the employee who launched it (`api CancelFlow`,
//! [`crate::domain::rights`]). A finished contract is refused with `OperationDenied.FlowHasTerminated`
//! (`ex CancelFlow`).

use ess_schemas::ess::{CancelFlowRequest, CancelFlowResponse};

use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract of the caller's, no right to withdraw it, or it has ended.
pub fn cancel_flow(call: &mut Call<'_>, request: CancelFlowRequest) -> Result<CancelFlowResponse, Refusal> {
    let flow = call.own_flow(&request.flow_id)?;
    call.caller.permitted(|operator| operator.may_cancel(&flow))?;
    if request.cancel_message.is_empty() {
        return Err(Refusal::CancelReasonMissing);
    }
    call.cancel_flow(&flow.id, &request.cancel_message)?;
    Ok(CancelFlowResponse {})
}
