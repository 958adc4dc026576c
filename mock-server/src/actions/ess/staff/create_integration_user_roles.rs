//! `CreateIntegrationUserRoles` gives roles to employees. Whoever is not there or has not proved who they are stands in
//! `FailedCreateRoleData` (ASSUMED: `ex CreateIntegrationUserRoles` shows a failure without its why); a role that is wrong fails the
//! whole call, and so does what is named twice (`api CreateIntegrationUserRoles`).

use std::collections::HashSet;

use ess_schemas::ess::{CreateIntegrationUserRolesRequest, CreateIntegrationUserRolesResponse, FailedCreateRoleData};

use crate::actions::roles::who_may_have_roles;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody or no role is named, or one twice; a role is not there, or goes with being super administrator or legal person.
pub fn create_integration_user_roles(
    call: &mut Call<'_>,
    request: CreateIntegrationUserRolesRequest,
) -> Result<CreateIntegrationUserRolesResponse, Refusal> {
    ensure_each_once("UserIds", &request.user_ids)?;
    ensure_each_once("RoleIds", &request.role_ids)?;
    let roles = call.roles_to_give(&request.role_ids)?;
    let mut failed = Vec::new();
    for user_id in request.user_ids {
        match who_may_have_roles(call, &user_id) {
            Some(employee) => call.give_roles(&employee, &roles),
            None => failed.push(FailedCreateRoleData { user_id, role_ids: request.role_ids.clone() }),
        }
    }
    Ok(CreateIntegrationUserRolesResponse { failed_create_role_data: failed })
}

fn ensure_each_once(field: &'static str, ids: &[String]) -> Result<(), Refusal> {
    if ids.is_empty() {
        return Err(Refusal::ParameterMissing { field });
    }
    let mut seen = HashSet::new();
    match ids.iter().find(|id| !seen.insert(id.as_str())) {
        Some(twice) => Err(Refusal::ParameterInvalid { field, detail: format!("`{twice}` stands twice") }),
        None => Ok(()),
    }
}
