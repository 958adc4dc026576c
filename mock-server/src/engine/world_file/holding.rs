//! Holding groups of a world file: which company belongs to which, and who of the main company has an account where.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::span::Span;
use super::{Moment, OrganizationRow, yes};
use crate::domain::employee::Employee;
use crate::domain::holding::{HoldingMembership, Matter, MembershipStatus};
use crate::domain::ids::UserId;
use crate::domain::onboarding::licence::Licences;
use crate::domain::organization::Organization;
use crate::domain::time::Timestamp;
use crate::engine::ids::Kind;
use crate::engine::world::World;

/// Licences for members of a group that nothing is said of: as many as anybody will want.
const LICENCES: u64 = 10_000;

/// How a company belongs to the group of the company it names in `member_of`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `HoldingMembership`")]
pub struct MembershipRow {
    #[serde(default)]
    pub status: MembershipStatus,
    /// Whether the main company may change its super administrator; it may when left out.
    #[serde(default = "yes")]
    pub admin_change: bool,
    /// How long its licence lasts from the world's beginning; for ever when left out.
    #[serde(default)]
    pub licence: Option<Span>,
    /// What of it the main company does not hear of.
    #[serde(default)]
    pub withholds: BTreeSet<Matter>,
    /// The world's beginning when left out.
    #[serde(default)]
    pub joined: Option<Moment>,
    /// When left out, every verified administrator and operator of the main company has an account, its id drawn from the
    /// world's seed.
    #[serde(default)]
    pub shadow_accounts: Option<Vec<ShadowRow>>,
}

/// An account of the main company's employee in the member.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the fields say it")]
pub struct ShadowRow {
    pub employee: String,
    pub id: String,
}

impl Default for MembershipRow {
    fn default() -> Self {
        Self {
            status: MembershipStatus::default(),
            admin_change: true,
            licence: None,
            withholds: BTreeSet::new(),
            joined: None,
            shadow_accounts: None,
        }
    }
}

impl MembershipRow {
    /// The accounts the file names.
    pub(super) fn shadows(&self) -> impl Iterator<Item = &ShadowRow> {
        self.shadow_accounts.iter().flatten()
    }
}

impl OrganizationRow {
    /// Makes the company a member of its group, once the main company and its people are there.
    pub(super) fn join(&self, world: &mut World, now: Timestamp) {
        let Some(main) = &self.member_of else { return };
        // A company that others are members of has a group, also when nothing else says so.
        if let Some(number) = world.directory.organizations.number(main.as_str())
            && let Some(company) = world.directory.organizations.at_mut(number)
        {
            company.group.get_or_insert(Licences { bought: LICENCES, ..Licences::default() });
        }
        let colleagues = world.directory.employees.iter().filter(|one| one.organization.as_str() == main).cloned();
        let mut shadows = BTreeMap::new();
        for employee in colleagues.collect::<Vec<_>>() {
            let Some(id) = self.shadow_of(&employee, world) else { continue };
            shadows.insert(employee.id.clone(), id.clone());
            world.directory.employees.insert(Employee {
                id,
                organization: self.id.as_str().into(),
                ..(*employee).clone()
            });
        }
        let membership = HoldingMembership {
            status: self.membership.status,
            joined_at: self.membership.joined.map_or(now, |moment| moment.0),
            shadows,
            admin_change: self.membership.admin_change,
            licensed_until: self.membership.licence.map(|span| now.plus(span.0)),
            withholds: self.membership.withholds.clone(),
            ..HoldingMembership::invited(main.as_str().into(), now)
        };
        if let Some(company) = world.directory.organizations.get(self.id.as_str()) {
            let member = Organization { holding: Some(membership), ..(**company).clone() };
            world.directory.organizations.insert(member);
        }
    }

    /// The id of this employee's account here, if they have one.
    fn shadow_of(&self, employee: &Employee, world: &mut World) -> Option<UserId> {
        match &self.membership.shadow_accounts {
            Some(named) => {
                named.iter().find(|one| one.employee == employee.id.as_str()).map(|one| one.id.as_str().into())
            }
            None => employee.has_account_in_members().then(|| world.ids.next(Kind::Account).into()),
        }
    }
}
