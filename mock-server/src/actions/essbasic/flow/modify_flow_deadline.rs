//! `ModifyFlowDeadline` gives a contract, or one of its signers, more time, as its namesake of `ess` does.

use ess_schemas::essbasic::{ModifyFlowDeadlineRequest, ModifyFlowDeadlineResponse};

use crate::actions::essbasic::dialect::given;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// As [`Call::extend_flow`].
pub fn modify_flow_deadline(
    call: &mut Call<'_>,
    request: ModifyFlowDeadlineRequest,
) -> Result<ModifyFlowDeadlineResponse, Refusal> {
    let deadline = Timestamp::from_seconds(request.deadline);
    call.extend_flow(&request.flow_id, given(&request.recipient_id), deadline)?;
    Ok(ModifyFlowDeadlineResponse {})
}
