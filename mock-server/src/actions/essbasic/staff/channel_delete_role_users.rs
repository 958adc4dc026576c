//! `ChannelDeleteRoleUsers` takes a role from employees. Who does not have it is passed over (ASSUMED); who is not there fails the
//! whole call.

use ess_schemas::essbasic::{ChannelDeleteRoleUsersRequest, ChannelDeleteRoleUsersResponse};

use super::chosen::employees;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody is named, or somebody who is not there; the role is not there, or goes with being super administrator or legal person.
pub fn channel_delete_role_users(
    call: &mut Call<'_>,
    request: ChannelDeleteRoleUsersRequest,
) -> Result<ChannelDeleteRoleUsersResponse, Refusal> {
    let role = call.role_to_take(&request.role_id)?;
    let named = employees(call, request.user_ids, request.open_ids)?;
    let found = named.into_iter().map(|(id, found)| found.ok_or(Refusal::EmployeeUnknown { user: id }));
    for employee in found.collect::<Result<Vec<_>, _>>()? {
        call.take_role(&employee, &role);
    }
    Ok(ChannelDeleteRoleUsersResponse { role_id: request.role_id })
}
