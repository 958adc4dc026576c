//! Companies: the members of a holding group, seals.

pub mod describe_organization_group_organizations;
pub mod describe_organization_seals;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(describe_organization_group_organizations::describe_organization_group_organizations),
        quick(describe_organization_seals::describe_organization_seals),
    ]
}
