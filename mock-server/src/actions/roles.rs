//! Roles as both services list them: the vendor's first, then those the company made, in the order they were made.

use std::sync::Arc;

use super::filters::{Filters, words};
use crate::domain::employee::Employee;
use crate::domain::refusal::Refusal;
use crate::domain::role::{CustomRole, Role};
use crate::engine::call::Call;

/// A role in a list.
pub(super) enum Listed {
    /// Of the vendor.
    Vendors(Role),
    /// Of the company.
    Own(Arc<CustomRole>),
}

impl Listed {
    /// Its id.
    pub(super) fn id(&self) -> String {
        match self {
            Self::Vendors(role) => role.id().to_string(),
            Self::Own(role) => role.id.to_string(),
        }
    }

    /// What it is called.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Vendors(role) => role.preset_name().unwrap_or_default().to_owned(),
            Self::Own(role) => role.name.clone(),
        }
    }

    /// `RoleStatus`: 1 for one that counts, 2 for one that was switched off.
    pub(super) fn status(&self) -> u64 {
        match self {
            Self::Vendors(_) => 1,
            Self::Own(role) => {
                if role.enabled {
                    1
                } else {
                    2
                }
            }
        }
    }

    /// Whether it is for a holding group.
    pub(super) fn is_for_group(&self) -> bool {
        match self {
            Self::Vendors(_) => false,
            Self::Own(role) => role.members.is_some(),
        }
    }

    /// Whether an entry of the console's tree is checked in it.
    pub(super) fn checks(&self, key: &str) -> bool {
        match self {
            Self::Vendors(role) => role.preset_checks(key),
            Self::Own(role) => role.permissions.contains(key),
        }
    }

    /// `RoleType`: 1 for the vendor's, 2 for the company's.
    fn kind(&self) -> &'static str {
        match self {
            Self::Vendors(_) => "1",
            Self::Own(_) => "2",
        }
    }
}

/// Those of `vendors` and of the caller's company that the filters choose.
///
/// # Errors
/// A filter asks for what there is not.
pub(super) fn listed(call: &Call<'_>, vendors: &[Role], filters: &Filters) -> Result<Vec<Listed>, Refusal> {
    let kinds = words(filters, "RoleType", &["1", "2"])?;
    let states = words(filters, "RoleStatus", &["1", "2"])?;
    let groups = words(filters, "IsGroupRole", &["0", "1"])?;
    let wanted = |values: Option<&[String]>, is: &str| values.is_none_or(|all| all.iter().any(|one| one == is));
    let own = call.world.directory.roles.iter().filter(|role| &role.organization == call.caller.organization());
    let all = vendors.iter().cloned().map(Listed::Vendors).chain(own.cloned().map(Listed::Own));
    let chosen = all.filter(|one| {
        wanted(kinds, one.kind())
            && wanted(states, &one.status().to_string())
            && wanted(groups, if one.is_for_group() { "1" } else { "0" })
    });
    Ok(chosen.collect())
}

/// Whether the trees are wanted, too.
///
/// # Errors
/// The filter asks for what there is not.
pub(super) fn with_trees(filters: &Filters) -> Result<bool, Refusal> {
    Ok(words(filters, "IsReturnPermissionGroup", &["0", "1"])?.is_some_and(|values| values == ["1"]))
}

/// An employee of the caller's company who may be given roles, and relieved of them: who is there and has proved who they are
/// (`api ChannelCreateUserRoles`).
pub(super) fn who_may_have_roles(call: &Call<'_>, user: &str) -> Option<Arc<Employee>> {
    let fit = |one: &Employee| &one.organization == call.caller.organization() && one.is_present() && one.verified;
    call.world.directory.employees.get(user).filter(|one| fit(one)).cloned()
}
