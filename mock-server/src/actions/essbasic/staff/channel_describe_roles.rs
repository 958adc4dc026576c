//! `ChannelDescribeRoles` lists the roles a customer's people may have: the vendor's first, then its own in the order they were made.
//! The legal person's is never among them. `Limit` is a number written as a text, `Offset` counts pages (`api
//! ChannelDescribeRoles`).

use ess_schemas::essbasic::{ChannelDescribeRolesRequest, ChannelDescribeRolesResponse, ChannelRole};

use super::chosen::{filters, words};
use crate::actions::permissions::CUSTOMERS;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::domain::role::{CustomRole, Role};
use crate::engine::call::Call;

/// The most a page may hold (`api ChannelDescribeRoles`).
const LIMIT: usize = 200;

/// See the module's comment.
///
/// # Errors
/// A page that is to hold nothing or too much, or a filter there is not.
pub fn channel_describe_roles(
    call: &mut Call<'_>,
    request: ChannelDescribeRolesRequest,
) -> Result<ChannelDescribeRolesResponse, Refusal> {
    let limit = request.limit.trim().parse().ok().filter(|limit| (1..=LIMIT).contains(limit));
    let limit = limit.ok_or(Refusal::LimitInvalid)?;
    let offset = request.offset.unwrap_or(0);
    let filters = filters(request.filters, &["RoleType", "RoleStatus", "IsReturnPermissionGroup"])?;
    let switch = |key, known| words(&filters, key, known).map(|values| values.map(<[String]>::to_vec));
    let kinds = switch("RoleType", &["1", "2"])?;
    let states = switch("RoleStatus", &["1", "2"])?;
    let tree = switch("IsReturnPermissionGroup", &["0", "1"])?.is_some_and(|values| values == ["1"]);
    let wanted =
        |values: &Option<Vec<String>>, is: &str| values.as_ref().is_none_or(|all| all.iter().any(|one| one == is));

    let vendors = Role::OF_CUSTOMERS.iter().filter(|_| wanted(&kinds, "1") && wanted(&states, "1"));
    let vendors = vendors.map(|role| of_vendor(role, tree));
    let own = call.world.directory.roles.iter().filter(|role| &role.organization == call.caller.organization());
    let own = own.filter(|role| wanted(&kinds, "2") && wanted(&states, status(role)));
    let all: Vec<ChannelRole> = vendors.chain(own.map(|role| of_customer(role, tree))).collect();
    let skipped = usize::try_from(offset).unwrap_or(usize::MAX).saturating_mul(limit);
    Ok(ChannelDescribeRolesResponse {
        offset,
        limit: limit as u64,
        total_count: all.len() as u64,
        channel_roles: all.into_iter().skip(skipped).take(limit).collect(),
    })
}

fn status(role: &CustomRole) -> &'static str {
    if role.enabled { "1" } else { "2" }
}

/// Whoever may do everything has everything checked; of the others, what stands for their rights.
fn of_vendor(role: &Role, tree: bool) -> ChannelRole {
    let rights = role.preset_rights();
    let stands_for =
        |key: &str| Right::ALL.into_iter().any(|one| rights.contains(one) && one.permissions().contains(&key));
    let checked = |key: &str| role.is_reserved() || stands_for(key);
    ChannelRole {
        role_id: role.id().to_string(),
        role_name: role.preset_name().unwrap_or_default().to_owned(),
        role_status: 1,
        permission_groups: tree.then(|| CUSTOMERS.shown(&checked)),
    }
}

fn of_customer(role: &CustomRole, tree: bool) -> ChannelRole {
    ChannelRole {
        role_id: role.id.to_string(),
        role_name: role.name.clone(),
        role_status: if role.enabled { 1 } else { 2 },
        permission_groups: tree.then(|| CUSTOMERS.shown(&|key| role.permissions.contains(key))),
    }
}
