//! `DeleteIntegrationRoleUsers` takes a role from employees, each by either of their ids, the vendor's or the company's own (`api
//! DeleteIntegrationRoleUsers`). Who does not have it is passed over (ASSUMED); who is not there fails the whole call.

use ess_schemas::ess::{DeleteIntegrationRoleUsersRequest, DeleteIntegrationRoleUsersResponse};

use super::colleagues::colleague;
use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody is named, or somebody who is not there; the role is not there, or goes with being super administrator or legal person.
pub fn delete_integration_role_users(
    call: &mut Call<'_>,
    request: DeleteIntegrationRoleUsersRequest,
) -> Result<DeleteIntegrationRoleUsersResponse, Refusal> {
    if request.users.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Users" });
    }
    let role = call.role_to_take(&request.role_id)?;
    let found = request.users.iter().map(|user| colleague(call, given(&user.user_id), given(&user.open_id)));
    for employee in found.collect::<Result<Vec<_>, _>>()? {
        call.take_role(&employee, &role);
    }
    Ok(DeleteIntegrationRoleUsersResponse { role_id: request.role_id })
}
