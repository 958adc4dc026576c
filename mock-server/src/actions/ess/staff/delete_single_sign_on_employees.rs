//! `DeleteSingleSignOnEmployees` forgets somebody who may sign on, until they have (`api DeleteSingleSignOnEmployees`).

use ess_schemas::ess::{DeleteSingleSignOnEmployeesRequest, DeleteSingleSignOnEmployeesResponse};

use super::sign_on::needed;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::single_sign_on::SignOn;

/// See the module's comment.
///
/// # Errors
/// No application or id, nobody of this id, or they have signed on.
pub fn delete_single_sign_on_employees(
    call: &mut Call<'_>,
    request: DeleteSingleSignOnEmployeesRequest,
) -> Result<DeleteSingleSignOnEmployeesResponse, Refusal> {
    let application = needed(&request.sso_application_id, "SsoApplicationId")?;
    let open_id = needed(&request.open_id, "OpenId")?;
    let at = SignOn { organization: call.caller.organization(), application };
    call.world.remove_sso_employee(at, open_id)?;
    Ok(DeleteSingleSignOnEmployeesResponse {})
}
