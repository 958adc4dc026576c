//! `ChannelCreateUserRoles` gives roles to employees, by the vendor's ids or the platform's. Whoever is not there or has not proved
//! who they are stands in `FailedCreateRoleData`, by the id they were named with (ASSUMED); a role that is wrong fails the whole
//! call.

use ess_schemas::essbasic::{ChannelCreateUserRolesRequest, ChannelCreateUserRolesResponse, FailedCreateRoleData};

use super::chosen::employees;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody or no role is named, or a role is not there, or goes with being super administrator or legal person.
pub fn channel_create_user_roles(
    call: &mut Call<'_>,
    request: ChannelCreateUserRolesRequest,
) -> Result<ChannelCreateUserRolesResponse, Refusal> {
    if request.role_ids.is_empty() {
        return Err(Refusal::ParameterMissing { field: "RoleIds" });
    }
    let named = employees(call, request.user_ids, request.open_ids)?;
    let roles = call.roles_to_give(&request.role_ids)?;
    let mut failed = Vec::new();
    for (id, found) in named {
        match found {
            Some(employee) => call.give_roles(&employee, &roles),
            None => failed.push(FailedCreateRoleData { user_id: id, role_ids: request.role_ids.clone() }),
        }
    }
    Ok(ChannelCreateUserRolesResponse { failed_create_role_data: failed })
}
