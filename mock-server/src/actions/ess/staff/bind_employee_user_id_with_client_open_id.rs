//! `BindEmployeeUserIdWithClientOpenId` gives an employee the id they have in the company's own system, by which later calls may name them. An id is one
//! employee's (`ex BindEmployeeUserIdWithClientOpenId`), and an employee has one at a time: who has another is unbound first (ASSUMED).

use ess_schemas::ess::{BindEmployeeUserIdWithClientOpenIdRequest, BindEmployeeUserIdWithClientOpenIdResponse};

use super::colleagues::colleague;
use crate::domain::employee::Employee;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// `Status` of what was done (`ex`).
const DONE: i64 = 1;

/// See the module's comment.
///
/// # Errors
/// Nobody of the company's is called so; the id is theirs already, or somebody else's; or they have another one.
pub fn bind_employee_user_id_with_client_open_id(
    call: &mut Call<'_>,
    request: BindEmployeeUserIdWithClientOpenIdRequest,
) -> Result<BindEmployeeUserIdWithClientOpenIdResponse, Refusal> {
    let open_id = request.open_id;
    if open_id.is_empty() {
        return Err(Refusal::ParameterMissing { field: "OpenId" });
    }
    let user = Some(&request.user_id).filter(|id| !id.is_empty());
    let employee = colleague(call, user, None)?;
    let owner = call.world.directory.employee_by_open_id(&employee.organization, &open_id);
    if let Some(owner) = owner {
        return Err(if owner.id == employee.id {
            Refusal::OpenIdAlreadyBound { open_id }
        } else {
            Refusal::OpenIdBoundToAnother { open_id }
        });
    }
    if let Some(other) = &employee.open_id {
        let detail = format!("the employee has another one, {other}; unbind that first");
        return Err(Refusal::ParameterInvalid { field: "OpenId", detail });
    }
    let open_id = Some(open_id.as_str().into());
    call.world.directory.employees.insert(Employee { open_id, ..employee.as_ref().clone() });
    Ok(BindEmployeeUserIdWithClientOpenIdResponse { status: DONE })
}
