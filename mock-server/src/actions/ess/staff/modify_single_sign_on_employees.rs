//! `ModifySingleSignOnEmployees` says something else of somebody who may sign on, until they have (`api
//! ModifySingleSignOnEmployees`). What is left out stays as it was (ASSUMED).

use ess_schemas::ess::{ModifySingleSignOnEmployeesRequest, ModifySingleSignOnEmployeesResponse};

use super::sign_on::{describe, needed, roles};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::single_sign_on::SignOn;

/// See the module's comment.
///
/// # Errors
/// No application or id, nobody of this id, or they have signed on; they cannot be called so, or the number is somebody else's; a
/// role is not there.
pub fn modify_single_sign_on_employees(
    call: &mut Call<'_>,
    request: ModifySingleSignOnEmployeesRequest,
) -> Result<ModifySingleSignOnEmployeesResponse, Refusal> {
    let application = needed(&request.sso_application_id, "SsoApplicationId")?;
    let open_id = needed(&request.employee.open_id, "Employee.OpenId")?;
    let roles = roles(call, &request.employee)?;
    let at = SignOn { organization: call.caller.organization(), application };
    call.world.change_sso_employee(at, open_id, |person| describe(person, &request.employee, roles))?;
    Ok(ModifySingleSignOnEmployeesResponse {})
}
