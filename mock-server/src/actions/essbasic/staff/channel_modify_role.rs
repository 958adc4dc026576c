//! `ChannelModifyRole` changes a role of the customer's own. What is left out stays as it was (ASSUMED).

use ess_schemas::essbasic::{ChannelModifyRoleRequest, ChannelModifyRoleResponse};

use crate::actions::essbasic::dialect::given;
use crate::actions::permissions::CUSTOMERS;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::roles::Wanted;

/// See the module's comment.
///
/// # Errors
/// No such role, or the vendor's; no name, one that is taken, or a tree that is not whole.
pub fn channel_modify_role(
    call: &mut Call<'_>,
    request: ChannelModifyRoleRequest,
) -> Result<ChannelModifyRoleResponse, Refusal> {
    if request.name.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Name" });
    }
    let tree = request.permission_groups.filter(|groups| !groups.is_empty());
    let permissions = tree.map(|groups| CUSTOMERS.checked(groups)).transpose()?;
    let description = given(&request.description).cloned();
    let id =
        call.change_role(&request.role_id, Wanted { name: request.name, description, permissions, members: None })?;
    Ok(ChannelModifyRoleResponse { role_id: Some(id.to_string()) })
}
