//! Companies of a world file: their keys, employees, seals and callback addresses.

use std::collections::{BTreeMap, BTreeSet};

use ess_client::callback::Generation;
use serde::Deserialize;

use super::departments::{DepartmentRow, RootDepartmentRow};
use super::files::FileRow;
use super::holding::MembershipRow;
use super::intelligence::FieldTemplateRow;
use super::reviews::ChecklistRow;
use super::sign_on::{AuthCodeRow, SsoRow};
use super::templates::TemplateRow;
use super::{WorldFile, yes};
use crate::callbacks::disorder::Disorder;
use crate::callbacks::named::MsgType;
use crate::domain::employee::{Card, CardKind, Employee, Role};
use crate::domain::extended_service::{ExtendedService, ExtendedServices};
use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::onboarding::licence::Licences;
use crate::domain::organization::{Edition, Feature, Organization, Quota, Standing};
use crate::domain::request_encryption::RequestEncryption;
use crate::domain::role::{CustomRole, Members};
use crate::domain::seal::{FOREVER, Grant, Seal, SealKind, SealStatus, Terms};
use crate::domain::time::Timestamp;
use crate::domain::web_theme::WebTheme;
use crate::engine::world::World;

/// A company.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the rows say what the domain's types of the same name explain")]
pub struct OrganizationRow {
    pub id: String,
    pub name: String,
    pub edition: Edition,
    #[serde(default)]
    pub auto_sign: bool,
    pub contracts: u64,
    /// As many as anybody will want when left out.
    #[serde(default = "plenty")]
    pub evidence_reports: u64,
    /// Tasks of contract intelligence; as many as anybody will want when left out.
    #[serde(default = "plenty")]
    pub intelligence_units: u64,
    /// Checks of who people are, likewise.
    #[serde(default = "plenty")]
    pub identity_checks: u64,
    /// As many as anybody will want when left out.
    #[serde(default = "plenty")]
    pub counter_signs: u64,
    /// Looks at contracts without launching them; as many as come with the contracts when left out.
    #[serde(default)]
    pub previews: Option<u64>,
    #[serde(default)]
    pub standing: Standing,
    #[serde(default)]
    pub lacks: BTreeSet<Feature>,
    #[serde(default)]
    pub credit_code: String,
    #[serde(default)]
    pub legal_name: String,
    #[serde(default)]
    pub address: String,
    /// How its encrypted requests are encrypted.
    #[serde(default)]
    pub encryption: Option<RequestEncryption>,
    /// Licences it bought for members of its holding group; without, it has a group only if the file has members of it.
    #[serde(default)]
    pub group_licences: Option<u64>,
    /// The mark it has as an integrator of others' applications (`BusinessId`).
    #[serde(default)]
    pub business: Option<String>,
    /// What its embedded pages look like.
    #[serde(default)]
    pub theme: Option<WebTheme>,
    /// The main company of the holding group it belongs to.
    #[serde(default)]
    pub member_of: Option<String>,
    /// How it belongs to that group.
    #[serde(default)]
    pub membership: MembershipRow,
    /// Drawn from the world's seed when left out.
    #[serde(default)]
    pub key: Option<KeyRow>,
    #[serde(default)]
    pub employees: Vec<EmployeeRow>,
    /// Its departments, each below another one or the root.
    #[serde(default)]
    pub departments: Vec<DepartmentRow>,
    /// What is said of the root.
    #[serde(default)]
    pub root_department: Option<RootDepartmentRow>,
    /// Those it made for itself.
    #[serde(default)]
    pub roles: Vec<RoleRow>,
    #[serde(default)]
    pub seals: Vec<SealRow>,
    /// People who sign on through its own system.
    #[serde(default)]
    pub sso_employees: Vec<SsoRow>,
    /// Codes it asks with whether somebody has proved who they are.
    #[serde(default)]
    pub auth_codes: Vec<AuthCodeRow>,
    /// Who may use a service that is let to single employees.
    #[serde(default)]
    pub service_users: BTreeMap<ExtendedService, Vec<String>>,
    /// What it wants contracts to be looked at for.
    #[serde(default)]
    pub checklists: Vec<ChecklistRow>,
    #[serde(default)]
    pub templates: Vec<TemplateRow>,
    #[serde(default)]
    pub files: Vec<FileRow>,
    /// Fields it searches contracts for, by id.
    #[serde(default)]
    pub field_templates: Vec<FieldTemplateRow>,
    #[serde(default)]
    pub callbacks: Vec<AddressRow>,
}

fn plenty() -> u64 {
    10_000
}

/// A key pair.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "as the vendor's console calls them")]
pub struct KeyRow {
    pub secret_id: String,
    pub secret_key: String,
}

impl std::fmt::Debug for KeyRow {
    /// Without the secret half.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyRow({})", self.secret_id)
    }
}

/// An employee.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Employee`")]
pub struct EmployeeRow {
    pub id: String,
    pub name: String,
    pub mobile: String,
    #[serde(default)]
    pub id_card: String,
    #[serde(default)]
    pub email: String,
    #[serde(default = "yes")]
    pub verified: bool,
    #[serde(default)]
    pub roles: Vec<Role>,
    /// The root when left out.
    #[serde(default)]
    pub department: Option<String>,
    /// Their id in the company's own system.
    #[serde(default)]
    pub open_id: Option<String>,
    /// Their id in the company's WeCom.
    #[serde(default)]
    pub wecom_id: String,
}

impl EmployeeRow {
    fn build(&self, organization: OrganizationId, now: Timestamp) -> Employee {
        let id = self.id.as_str().into();
        let employee = Employee {
            card: Card { kind: CardKind::IdCard, number: self.id_card.clone() },
            email: self.email.clone(),
            department: self.department.as_deref().map(Into::into),
            open_id: self.open_id.as_deref().map(Into::into),
            wecom_id: self.wecom_id.clone(),
            ..Employee::new(id, organization, self.name.clone(), self.mobile.clone(), now)
        };
        let known = employee.with_roles(self.roles.clone());
        if self.verified { known } else { Employee { verified: false, verified_at: None, ..known } }
    }
}

/// A role the company made for itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `CustomRole`")]
pub struct RoleRow {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub permissions: BTreeSet<String>,
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Of a role for a holding group.
    #[serde(default)]
    pub members: Option<Members>,
}

impl RoleRow {
    fn build(&self, organization: OrganizationId, now: Timestamp) -> CustomRole {
        CustomRole {
            id: self.id.as_str().into(),
            organization,
            name: self.name.clone(),
            description: self.description.clone(),
            permissions: self.permissions.clone(),
            enabled: self.enabled,
            created_at: now,
            members: self.members.clone(),
        }
    }
}

/// A seal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Seal`")]
pub struct SealRow {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub kind: SealKind,
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Why it is not enabled; disabled when left out.
    #[serde(default)]
    pub status: Option<SealStatus>,
    /// Employees who may use it besides the administrators; every one of the company's when left out.
    #[serde(default)]
    pub authorized: Option<Vec<String>>,
    /// Grants that end, or are for single contracts.
    #[serde(default)]
    pub grants: Vec<GrantRow>,
    /// Why it was turned down.
    #[serde(default)]
    pub fail_reason: String,
    /// What the company notes about it.
    #[serde(default)]
    pub description: String,
}

/// A grant of a seal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Grant`")]
pub struct GrantRow {
    pub id: String,
    pub user: String,
    /// When it ends, in seconds; never when left out.
    #[serde(default)]
    pub until: Option<i64>,
    /// What it is for, in words.
    #[serde(default)]
    pub text: String,
    /// For which contracts alone.
    #[serde(default)]
    pub contracts: Vec<String>,
}

impl GrantRow {
    fn build(&self) -> Grant {
        let terms = Terms {
            until: self.until.map_or(FOREVER, Timestamp::from_seconds),
            text: self.text.clone(),
            flows: self.contracts.iter().map(|id| id.as_str().into()).collect(),
        };
        Grant::new(self.id.clone(), self.user.as_str().into(), &terms)
    }
}

impl EmployeeRow {
    fn is_admin(&self) -> bool {
        self.roles.iter().any(Role::is_reserved)
    }
}

impl SealRow {
    fn status(&self) -> SealStatus {
        self.status.unwrap_or(if self.enabled { SealStatus::Enabled } else { SealStatus::Disabled })
    }

    /// Whether it may be used.
    pub(super) fn is_enabled(&self) -> bool {
        self.status() == SealStatus::Enabled
    }
}

/// A callback address.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Address`")]
pub struct AddressRow {
    pub url: String,
    #[serde(default)]
    pub key: Option<String>,
    #[serde(default)]
    pub token: Option<String>,
    #[serde(default = "company")]
    pub generation: Generation,
    #[serde(default)]
    pub filter: BTreeSet<MsgType>,
    #[serde(default)]
    pub disorder: Option<Disorder>,
}

impl AddressRow {
    /// A company's address of this URL that gets everything, with the world's key and token.
    #[must_use]
    pub fn to(url: impl Into<String>) -> Self {
        let (filter, disorder) = (BTreeSet::new(), None);
        Self { url: url.into(), key: None, token: None, generation: company(), filter, disorder }
    }
}

fn company() -> Generation {
    Generation::Company
}

impl WorldFile {
    /// Where a company's machine is on and nobody is said who may use it, everybody may who is verified, as a company that has
    /// settled in: what is tested is rarely that.
    pub(super) fn let_machines_be_used(&self, world: &mut World) {
        let silent =
            |row: &&OrganizationRow| row.auto_sign && !row.service_users.contains_key(&ExtendedService::AutoSign);
        let mut users: BTreeMap<&str, Vec<UserId>> =
            self.organizations.iter().filter(silent).map(|row| (row.id.as_str(), Vec::new())).collect();
        for employee in world.directory.employees.iter().filter(|one| one.verified && one.is_present()) {
            if let Some(users) = users.get_mut(employee.organization.as_str()) {
                users.push(employee.id.clone());
            }
        }
        for (company, users) in users {
            let number = world.directory.organizations.number(company);
            if let Some(company) = number.and_then(|number| world.directory.organizations.at_mut(number)) {
                company.services.users.insert(ExtendedService::AutoSign, users);
            }
        }
    }
}

impl OrganizationRow {
    fn quota(&self) -> Quota {
        let bought = Quota::bought(self.contracts);
        Quota { previews: self.previews.unwrap_or(bought.previews), ..bought }
    }

    /// Administrators need none.
    fn grants(&self, seal: &SealRow) -> Vec<Grant> {
        let others = || self.employees.iter().filter(|one| !one.is_admin()).map(|one| one.id.clone()).collect();
        let users: Vec<String> = seal.authorized.clone().unwrap_or_else(others);
        let for_good = users.iter().map(|user| Grant::forever(format!("{}-{user}", seal.id), user.as_str().into()));
        for_good.chain(seal.grants.iter().map(GrantRow::build)).collect()
    }

    fn services(&self) -> ExtendedServices {
        let mut services = ExtendedServices::default();
        for (service, users) in &self.service_users {
            users.iter().for_each(|user| services.let_use(*service, user.as_str().into()));
        }
        services
    }

    /// Puts the company and its people and seals into the world.
    pub(super) fn settle(&self, world: &mut World) {
        let id = || OrganizationId::from(self.id.as_str());
        world.directory.organizations.insert(Organization {
            id: id(),
            name: self.name.clone(),
            edition: self.edition,
            auto_sign: self.auto_sign,
            credit_code: self.credit_code.clone(),
            legal_name: self.legal_name.clone(),
            address: self.address.clone(),
            quota: self.quota(),
            standing: self.standing,
            evidence_reports: self.evidence_reports,
            intelligence_units: self.intelligence_units,
            identity_checks: self.identity_checks,
            mobile_link: None,
            counter_signs: self.counter_signs,
            lacks: self.lacks.clone(),
            holding: None,
            group: self.group_licences.map(|bought| Licences { bought, ..Licences::default() }),
            business: self.business.clone(),
            encryption: self.encryption.clone(),
            services: self.services(),
            theme: self.theme.clone(),
        });
        for employee in &self.employees {
            world.directory.employees.insert(employee.build(id(), world.now));
        }
        self.settle_departments(world);
        for role in &self.roles {
            world.directory.roles.insert(role.build(id(), world.now));
        }
        self.sso_employees.iter().for_each(|one| one.settle(&id(), world));
        self.auth_codes.iter().for_each(|one| one.settle(&id(), world));
        let creator = self.employees.first().map(|one| UserId::from(one.id.as_str()));
        for seal in &self.seals {
            world.directory.seals.insert(Seal {
                name: seal.name.clone(),
                kind: seal.kind,
                status: seal.status(),
                creator: creator.clone(),
                grants: self.grants(seal),
                description: seal.description.clone(),
                fail_reason: seal.fail_reason.clone(),
                ..Seal::first(seal.id.as_str().into(), id(), world.now)
            });
        }
    }
}
