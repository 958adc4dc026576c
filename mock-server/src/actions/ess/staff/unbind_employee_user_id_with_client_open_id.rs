//! `UnbindEmployeeUserIdWithClientOpenId` takes the id an employee has in the company's own system from them (`api UnbindEmployeeUserIdWithClientOpenId`).

use ess_schemas::ess::{UnbindEmployeeUserIdWithClientOpenIdRequest, UnbindEmployeeUserIdWithClientOpenIdResponse};

use super::colleagues::colleague;
use crate::domain::employee::Employee;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// `Status` of what was done (`ex`).
const DONE: i64 = 1;

/// See the module's comment.
///
/// # Errors
/// Nobody of the company's is called so, or the id is not theirs.
pub fn unbind_employee_user_id_with_client_open_id(
    call: &mut Call<'_>,
    request: UnbindEmployeeUserIdWithClientOpenIdRequest,
) -> Result<UnbindEmployeeUserIdWithClientOpenIdResponse, Refusal> {
    let open_id = request.open_id;
    if open_id.is_empty() {
        return Err(Refusal::ParameterMissing { field: "OpenId" });
    }
    let user = Some(&request.user_id).filter(|id| !id.is_empty());
    let employee = colleague(call, user, None)?;
    let owner = call.world.directory.employee_by_open_id(&employee.organization, &open_id);
    if owner.is_none_or(|owner| owner.id != employee.id) {
        return Err(Refusal::OpenIdNotBound { open_id });
    }
    call.world.directory.employees.insert(Employee { open_id: None, ..employee.as_ref().clone() });
    Ok(UnbindEmployeeUserIdWithClientOpenIdResponse { status: DONE })
}
