//! `ChannelCreateRole` makes a role of the customer's own. Without a tree of permissions it allows nothing (ASSUMED); one that is
//! sent must be whole (`api ChannelCreateRole`).

use ess_schemas::essbasic::{ChannelCreateRoleRequest, ChannelCreateRoleResponse};

use crate::actions::essbasic::dialect::given;
use crate::actions::permissions::CUSTOMERS;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::roles::Wanted;

/// See the module's comment.
///
/// # Errors
/// No name, one that is taken, or a tree that is not whole.
pub fn channel_create_role(
    call: &mut Call<'_>,
    request: ChannelCreateRoleRequest,
) -> Result<ChannelCreateRoleResponse, Refusal> {
    if request.name.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Name" });
    }
    let tree = request.permission_groups.filter(|groups| !groups.is_empty());
    let permissions = tree.map(|groups| CUSTOMERS.checked(groups)).transpose()?;
    let description = given(&request.description).cloned();
    let id = call.make_role(Wanted { name: request.name, description, permissions, members: None })?;
    Ok(ChannelCreateRoleResponse { role_id: Some(id.to_string()) })
}
