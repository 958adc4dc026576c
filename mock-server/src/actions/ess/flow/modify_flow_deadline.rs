//! `ModifyFlowDeadline` gives a contract, or one of its signers, more time (`api ModifyFlowDeadline`).
//!
//! Only more, never less; not for a contract of a group. Nobody is told of it (ASSUMED: no message is listed for it).

use ess_schemas::ess::{ModifyFlowDeadlineRequest, ModifyFlowDeadlineResponse};

use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract of the caller's, no right to, it has ended, or the new deadline is none that is possible.
pub fn modify_flow_deadline(
    call: &mut Call<'_>,
    request: ModifyFlowDeadlineRequest,
) -> Result<ModifyFlowDeadlineResponse, Refusal> {
    let deadline = Timestamp::from_seconds(request.deadline);
    call.extend_flow(&request.flow_id, given(&request.recipient_id), deadline)?;
    Ok(ModifyFlowDeadlineResponse {})
}
