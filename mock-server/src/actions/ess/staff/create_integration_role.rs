//! `CreateIntegrationRole` makes a role of the company's own, or one for members of its holding group, which must be named (`api
//! CreateIntegrationRole`). Without a tree of permissions it allows nothing until it is changed; one that is sent must be whole.

use ess_schemas::ess::{CreateIntegrationRoleRequest, CreateIntegrationRoleResponse};

use super::members::members;
use crate::actions::ess::dialect::given;
use crate::actions::permissions::COMPANIES;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::roles::Wanted;

/// See the module's comment.
///
/// # Errors
/// No name, one that is taken, a tree that is not whole; a role for a group without members, or with a company that is none.
pub fn create_integration_role(
    call: &mut Call<'_>,
    request: CreateIntegrationRoleRequest,
) -> Result<CreateIntegrationRoleResponse, Refusal> {
    if request.name.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Name" });
    }
    let for_group = request.is_group_role == Some(1);
    let members = members(call, for_group, request.sub_organization_ids)?;
    if for_group && members.is_none() {
        return Err(Refusal::ParameterMissing { field: "SubOrganizationIds" });
    }
    let tree = request.permission_groups.filter(|groups| !groups.is_empty());
    let permissions = tree.map(|groups| COMPANIES.checked(groups)).transpose()?;
    let description = given(&request.description).cloned();
    let id = call.make_role(Wanted { name: request.name, description, permissions, members })?;
    Ok(CreateIntegrationRoleResponse { role_id: Some(id.to_string()) })
}
