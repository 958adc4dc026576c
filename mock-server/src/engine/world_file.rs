//! A world as a YAML file: who exists before the first call.
//!
//! The demo world is such a file, shipped in the binary (`assets/demo-world.yaml`); `--world FILE` reads another.

use std::collections::HashSet;

use serde::Deserialize;

use super::ids::{Ids, Kind};
use super::settings::Settings;
use super::world::World;
use crate::callbacks::address::Address;
use crate::domain::application::{Application, Customer};
use crate::domain::employee::{Card, CardKind, Employee, Role};
use crate::domain::organization::{Edition, Organization, Quota};
use crate::domain::seal::Seal;
use crate::domain::template::{Party, PartyKind, Template};
use crate::domain::time::Timestamp;
use ess_client::callback::{CallbackKey, Generation};

/// The demo world.
pub const DEMO: &str = include_str!("../../assets/demo-world.yaml");

/// A world file. The first organization is the default one; in the demo world it is also the platform.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldFile {
    /// What URLs call the world.
    pub alias: String,
    /// The key of callback addresses that name none, 32 bytes.
    pub callback_key: String,
    /// The token of callback addresses that name none.
    pub callback_token: String,
    /// Named assumptions.
    #[serde(default)]
    pub settings: Settings,
    /// The companies.
    pub organizations: Vec<OrganizationRow>,
    /// Third-party applications.
    #[serde(default)]
    pub applications: Vec<ApplicationRow>,
}

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
    pub key: KeyRow,
    #[serde(default)]
    pub employees: Vec<EmployeeRow>,
    #[serde(default)]
    pub seals: Vec<SealRow>,
    #[serde(default)]
    pub templates: Vec<TemplateRow>,
    #[serde(default)]
    pub callbacks: Vec<AddressRow>,
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
    #[serde(default = "yes")]
    pub verified: bool,
    #[serde(default)]
    pub roles: Vec<Role>,
}

/// A seal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Seal`")]
pub struct SealRow {
    pub id: String,
    pub name: String,
    #[serde(default = "yes")]
    pub enabled: bool,
}

/// A template.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Template`")]
pub struct TemplateRow {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub unordered: bool,
    pub parties: Vec<PartyRow>,
}

/// A party of a template.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Party`")]
pub struct PartyRow {
    pub role: String,
    pub kind: PartyKind,
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
}

/// A third-party application.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Application`")]
pub struct ApplicationRow {
    pub id: String,
    pub name: String,
    pub owner: String,
    #[serde(default)]
    pub customers: Vec<CustomerRow>,
}

/// A customer of an application.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Customer`")]
pub struct CustomerRow {
    pub open_id: String,
    pub organization: String,
    #[serde(default)]
    pub operators: Vec<CustomerOperatorRow>,
}

/// An employee of a customer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Customer`")]
pub struct CustomerOperatorRow {
    pub open_id: String,
    pub employee: String,
}

fn yes() -> bool {
    true
}

fn company() -> Generation {
    Generation::Company
}

/// What is wrong with a world file.
#[derive(Debug, thiserror::Error)]
pub enum WorldFileError {
    /// It is no YAML, or not of this form; the message has line and column.
    #[error("{name}: {source}")]
    Form {
        /// The file's name.
        name: String,
        /// What the parser says.
        source: Box<serde_saphyr::Error>,
    },
    /// It contradicts itself.
    #[error("{name}: {what}")]
    Content {
        /// The file's name.
        name: String,
        /// What is wrong, where, and what was expected.
        what: String,
    },
}

impl WorldFile {
    /// Reads a world file; `name` stands in messages.
    ///
    /// # Errors
    /// Where it is not of the form, or contradicts itself.
    pub fn parse(name: &str, text: &str) -> Result<Self, WorldFileError> {
        let file: Self = serde_saphyr::from_str(text)
            .map_err(|source| WorldFileError::Form { name: name.to_owned(), source: Box::new(source) })?;
        file.check(name)?;
        Ok(file)
    }

    /// Looks for contradictions; `name` stands in the message.
    ///
    /// # Errors
    /// The first contradiction found.
    pub fn check(&self, name: &str) -> Result<(), WorldFileError> {
        match self.contradiction() {
            None => Ok(()),
            Some(what) => Err(WorldFileError::Content { name: name.to_owned(), what }),
        }
    }

    fn contradiction(&self) -> Option<String> {
        if self.organizations.is_empty() {
            return Some("organizations: at least one is needed, its key opens the world".into());
        }
        if self.alias.is_empty() || !self.alias.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Some(format!("alias: `{}` stands in URLs: letters, digits and - only", self.alias));
        }
        let employees = || self.organizations.iter().flat_map(|one| &one.employees);
        let ids = (self.organizations.iter().map(|one| &one.id))
            .chain(self.organizations.iter().map(|one| &one.key.secret_id))
            .chain(employees().map(|one| &one.id))
            .chain(self.organizations.iter().flat_map(|one| &one.seals).map(|one| &one.id))
            .chain(self.organizations.iter().flat_map(|one| &one.templates).map(|one| &one.id))
            .chain(self.applications.iter().map(|one| &one.id));
        let mut seen = HashSet::new();
        if let Some(twice) = ids.into_iter().find(|id| !seen.insert(id.as_str())) {
            return Some(format!("the id `{twice}` stands twice; every id is somebody's own"));
        }
        let addresses = || self.organizations.iter().flat_map(|one| &one.callbacks);
        if let Some(odd) = addresses().find(|one| !one.url.starts_with("http://") && !one.url.starts_with("https://")) {
            return Some(format!("callbacks: `{}` is no http:// or https:// URL", odd.url));
        }
        let keys = addresses().filter_map(|one| one.key.as_deref()).chain([self.callback_key.as_str()]);
        if let Some(error) = keys.filter(|key| !key.is_empty()).filter_map(|key| CallbackKey::new(key).err()).next() {
            return Some(format!("callbacks: {error}"));
        }
        let known = |id: &str| self.organizations.iter().any(|one| one.id == id);
        for application in &self.applications {
            let customers = application.customers.iter().map(|one| &one.organization);
            if let Some(stranger) = customers.chain([&application.owner]).find(|id| !known(id)) {
                return Some(format!(
                    "applications: `{}` names organization `{stranger}`, which is not in the file",
                    application.id
                ));
            }
            let operators = application.customers.iter().flat_map(|one| &one.operators);
            if let Some(stranger) = operators.map(|one| &one.employee).find(|id| !employees().any(|one| one.id == **id))
            {
                return Some(format!(
                    "applications: `{}` names employee `{stranger}`, who is not in the file",
                    application.id
                ));
            }
        }
        None
    }

    /// The world as it stands before the first call.
    #[must_use]
    pub fn build(&self, seed: u64, now: Timestamp) -> World {
        let mut world = World::new(seed);
        world.now = now;
        world.settings = self.settings.clone();
        for row in &self.organizations {
            self.settle(row, &mut world);
        }
        for row in &self.applications {
            world.directory.applications.insert(Application {
                id: row.id.as_str().into(),
                owner: row.owner.as_str().into(),
                name: row.name.clone(),
                customers: row.customers.iter().map(CustomerRow::build).collect(),
            });
        }
        world
    }

    fn settle(&self, row: &OrganizationRow, world: &mut World) {
        let id = || row.id.as_str().into();
        world.directory.organizations.insert(Organization {
            id: id(),
            name: row.name.clone(),
            edition: row.edition,
            auto_sign: row.auto_sign,
            quota: Quota::bought(row.contracts),
        });
        for employee in &row.employees {
            world.directory.employees.insert(Employee {
                id: employee.id.as_str().into(),
                organization: id(),
                name: employee.name.clone(),
                mobile: employee.mobile.clone(),
                card: Card { kind: CardKind::IdCard, number: employee.id_card.clone() },
                verified: employee.verified,
                roles: employee.roles.clone(),
            });
        }
        for seal in &row.seals {
            world.directory.seals.insert(Seal {
                id: seal.id.as_str().into(),
                organization: id(),
                name: seal.name.clone(),
                enabled: seal.enabled,
            });
        }
        for template in &row.templates {
            world.directory.templates.insert(Template {
                id: template.id.as_str().into(),
                organization: id(),
                name: template.name.clone(),
                unordered: template.unordered,
                parties: template.parties.iter().map(|one| Party { role: one.role.clone(), kind: one.kind }).collect(),
            });
        }
        for address in &row.callbacks {
            let address = self.address(&row.id, address, &mut world.ids);
            world.callbacks.add_address(address);
        }
    }

    /// An address with the world's key and token where the row names none. An empty key means plain messages.
    #[must_use]
    pub fn address(&self, organization: &str, row: &AddressRow, ids: &mut Ids) -> Address {
        let given = |own: &Option<String>, default: &str| {
            Some(own.clone().unwrap_or_else(|| default.to_owned())).filter(|text| !text.is_empty())
        };
        Address {
            id: format!("address-{}", ids.draw(Kind::Address).hex(8)),
            organization: organization.into(),
            url: row.url.clone(),
            key: given(&row.key, &self.callback_key),
            token: given(&row.token, &self.callback_token),
            generation: row.generation,
        }
    }
}

impl CustomerRow {
    fn build(&self) -> Customer {
        Customer {
            open_id: self.open_id.clone(),
            organization: self.organization.as_str().into(),
            operators: self.operators.iter().map(|one| (one.open_id.clone(), one.employee.as_str().into())).collect(),
        }
    }
}
