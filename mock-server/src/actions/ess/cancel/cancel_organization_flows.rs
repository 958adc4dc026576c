//! `CancelOrganizationFlows` withdraws every contract of the company that has not ended, up to 3000 of them, a little later
//! ([`crate::actions::cancel_tasks`]).
//!
//! `CancelMessageFormat` changes how the reason is shown to signers, which nobody can ask for here; it is checked and has no
//! further effect (`api CancelOrganizationFlows`).

use ess_schemas::ess::{CancelOrganizationFlowsRequest, CancelOrganizationFlowsResponse};

use crate::actions::cancel_tasks;
use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The operator is neither super admin nor legal person.
pub fn cancel_organization_flows(
    call: &mut Call<'_>,
    request: CancelOrganizationFlowsRequest,
) -> Result<CancelOrganizationFlowsResponse, Refusal> {
    let task = cancel_tasks::whole_company(call, given(&request.cancel_message))?;
    Ok(CancelOrganizationFlowsResponse { task_id: task.to_string() })
}
