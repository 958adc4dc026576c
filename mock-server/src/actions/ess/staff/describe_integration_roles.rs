//! `DescribeIntegrationRoles` lists a company's roles: the vendor's first, then its own in the order they were made (`api
//! DescribeIntegrationRoles`). The legal person's is never among them (ASSUMED, as for a platform's customers). `Offset` counts rows.

use ess_schemas::ess::{DescribeIntegrationRolesRequest, DescribeIntegrationRolesResponse, IntegrateRole};

use crate::actions::filters;
use crate::actions::permissions::COMPANIES;
use crate::actions::roles::{Listed, listed, with_trees};
use crate::domain::refusal::Refusal;
use crate::domain::role::{Members, Role};
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// A page that is to hold nothing, or a filter there is not.
pub fn describe_integration_roles(
    call: &mut Call<'_>,
    request: DescribeIntegrationRolesRequest,
) -> Result<DescribeIntegrationRolesResponse, Refusal> {
    let (limit, offset) = (request.limit, request.offset.unwrap_or(0));
    if limit == 0 {
        return Err(Refusal::LimitInvalid);
    }
    let known = ["RoleType", "RoleStatus", "IsGroupRole", "IsReturnPermissionGroup"];
    let filters = filters::read(request.filters, &known)?;
    let all = listed(call, &Role::OF_COMPANIES, &filters)?;
    let tree = with_trees(&filters)?;
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let page = all.iter().skip(number(offset)).take(number(limit));
    Ok(DescribeIntegrationRolesResponse {
        offset,
        limit,
        total_count: all.len() as u64,
        integrate_roles: page.map(|role| described(call, role, tree)).collect(),
    })
}

fn described(call: &Call<'_>, role: &Listed, tree: bool) -> IntegrateRole {
    IntegrateRole {
        role_id: role.id(),
        role_name: role.name(),
        role_status: role.status(),
        is_group_role: role.is_for_group(),
        sub_org_id_list: members(call, role),
        permission_groups: tree.then(|| COMPANIES.shown(&|key| role.checks(key))),
    }
}

/// The members a role for a group is for, as they are now.
fn members(call: &Call<'_>, role: &Listed) -> Vec<String> {
    let Listed::Own(role) = role else { return Vec::new() };
    let Some(members) = &role.members else { return Vec::new() };
    match members {
        Members::These(these) => these.iter().map(ToString::to_string).collect(),
        Members::All => {
            let company = call.caller.organization();
            let all = call.world.directory.members_of(company).into_iter().map(|member| member.organization);
            all.filter(|member| member.has_joined(company)).map(|member| member.id.to_string()).collect()
        }
    }
}
