//! `CancelOrganizationFlows` withdraws every contract of the company that has not ended, up to 3000 of them, a little later.
//!
//! For the super admin and the legal person only. `CancelMessageFormat` changes how the reason is shown to signers, which
//! nobody can ask for here; it is checked and has no further effect (`api CancelOrganizationFlows`).

use ess_schemas::ess::{CancelOrganizationFlowsRequest, CancelOrganizationFlowsResponse};

use crate::actions::ess::dialect::given;
use crate::domain::cancel_task::{CancelScope, CancelTask, DEFAULT_REASON};
use crate::domain::ids::CancelTaskId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::ids::Kind;

/// See the module's comment.
///
/// # Errors
/// The operator is neither super admin nor legal person.
pub fn cancel_organization_flows(
    call: &mut Call<'_>,
    request: CancelOrganizationFlowsRequest,
) -> Result<CancelOrganizationFlowsResponse, Refusal> {
    let operator = call.caller.operator()?;
    if !operator.is_admin() {
        return Err(Refusal::OperatorNotAdministrator { user: operator.id.to_string() });
    }
    let reason = given(&request.cancel_message).cloned().unwrap_or_else(|| DEFAULT_REASON.to_owned());
    let organization = call.caller.organization().clone();
    let id: CancelTaskId = call.world.ids.next(Kind::Task).into();
    let task = CancelTask {
        id: id.clone(),
        flows: call.world.open_flows_of(&organization),
        organization,
        application: call.caller.application().cloned(),
        scope: CancelScope::Organization { reason },
        outcome: None,
    };
    call.world.add_cancel_task(task, call.now);
    Ok(CancelOrganizationFlowsResponse { task_id: id.to_string() })
}
