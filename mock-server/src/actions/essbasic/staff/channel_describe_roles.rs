//! `ChannelDescribeRoles` lists the roles a customer's people may have: the vendor's first, then its own in the order they were made.
//! The legal person's is never among them. `Limit` is a number written as a text, `Offset` counts pages (`api
//! ChannelDescribeRoles`).

use ess_schemas::essbasic::{ChannelDescribeRolesRequest, ChannelDescribeRolesResponse, ChannelRole};

use crate::actions::filters;
use crate::actions::permissions::CUSTOMERS;
use crate::actions::roles::{Listed, listed, with_trees};
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;
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
    let filters = filters::read(request.filters, &["RoleType", "RoleStatus", "IsReturnPermissionGroup"])?;
    let all = listed(call, &Role::OF_CUSTOMERS, &filters)?;
    let tree = with_trees(&filters)?;
    let skipped = usize::try_from(offset).unwrap_or(usize::MAX).saturating_mul(limit);
    Ok(ChannelDescribeRolesResponse {
        offset,
        limit: limit as u64,
        total_count: all.len() as u64,
        channel_roles: all.iter().skip(skipped).take(limit).map(|role| described(role, tree)).collect(),
    })
}

fn described(role: &Listed, tree: bool) -> ChannelRole {
    ChannelRole {
        role_id: role.id(),
        role_name: role.name(),
        role_status: role.status(),
        permission_groups: tree.then(|| CUSTOMERS.shown(&|key| role.checks(key))),
    }
}
