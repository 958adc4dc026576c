//! `CreateFlowForwards` hands tasks of the own company's signers to another employee ([`crate::actions::forwarding`]).

use ess_schemas::ess::{CreateFlowForwardsRequest, CreateFlowForwardsResponse, FlowForwardResult};

use crate::actions::forwarding::{Wanted, forward_all};
use crate::actions::said;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No right to, nothing to hand on, or a target who is no verified employee.
pub fn create_flow_forwards(
    call: &mut Call<'_>,
    request: CreateFlowForwardsRequest,
) -> Result<CreateFlowForwardsResponse, Refusal> {
    let wanted = Wanted {
        target: Some(request.target_user_id.as_str().into()),
        called: &request.target_user_id,
        tasks: request.flow_forward_infos.into_iter().map(|one| (one.flow_id, one.recipient_id)).collect(),
    };
    let came = forward_all(call, wanted)?;
    let failed = came.failed.into_iter().map(|(flow, refusal)| FlowForwardResult {
        flow_id: Some(flow),
        error_detail: Some(said::<CreateFlowForwardsRequest>(&refusal)),
    });
    Ok(CreateFlowForwardsResponse { failed_flows: Some(failed.collect()), success_flows: Some(came.done) })
}
