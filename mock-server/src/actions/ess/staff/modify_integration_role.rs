//! `ModifyIntegrationRole` changes a role of the company's own. What is left out stays as it was (`api ModifyIntegrationRole` says so of
//! the permissions; of the rest ASSUMED).

use ess_schemas::ess::{ModifyIntegrationRoleRequest, ModifyIntegrationRoleResponse};

use super::members::members;
use crate::actions::ess::dialect::given;
use crate::actions::permissions::COMPANIES;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::roles::Wanted;

/// See the module's comment.
///
/// # Errors
/// No such role, or the vendor's; no name, one that is taken, a tree that is not whole; members for a role of the company itself, or a
/// company that is none.
pub fn modify_integration_role(
    call: &mut Call<'_>,
    request: ModifyIntegrationRoleRequest,
) -> Result<ModifyIntegrationRoleResponse, Refusal> {
    if request.name.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Name" });
    }
    let for_group = call.custom_role(&request.role_id)?.members.is_some();
    let members = members(call, for_group, request.sub_organization_ids)?;
    let tree = request.permission_groups.filter(|groups| !groups.is_empty());
    let permissions = tree.map(|groups| COMPANIES.checked(groups)).transpose()?;
    let description = given(&request.description).cloned();
    let wanted = Wanted { name: request.name, description, permissions, members };
    let id = call.change_role(&request.role_id, wanted)?;
    Ok(ModifyIntegrationRoleResponse { role_id: Some(id.to_string()) })
}
