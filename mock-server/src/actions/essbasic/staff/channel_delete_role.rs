//! `ChannelDeleteRole` takes roles of the customer's own away, all of those named or none, and from whoever had them.

use ess_schemas::essbasic::{ChannelDeleteRoleRequest, ChannelDeleteRoleResponse};

use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No roles are named, or one is not there or the vendor's.
pub fn channel_delete_role(
    call: &mut Call<'_>,
    request: ChannelDeleteRoleRequest,
) -> Result<ChannelDeleteRoleResponse, Refusal> {
    if request.role_ids.is_empty() {
        return Err(Refusal::ParameterMissing { field: "RoleIds" });
    }
    call.remove_roles(&request.role_ids)?;
    Ok(ChannelDeleteRoleResponse {})
}
