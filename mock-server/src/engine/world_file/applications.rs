//! Third-party applications of a world file, the customers of each, and their people.

use ess_client::callback::Generation;
use serde::Deserialize;

use super::organizations::AddressRow;
use super::span::Span;
use crate::callbacks::address::Address;
use crate::domain::application::{Application, Purpose};
use crate::domain::customer::{Customer, Downloads, Staff, Verification, VerificationMethod};
use crate::domain::deed::{Succession, Successor};
use crate::domain::employee::{Card, CardKind};
use crate::domain::ids::OrganizationId;
use crate::domain::onboarding::certification::Certification;
use crate::domain::onboarding::guidance::Guided;
use crate::domain::onboarding::licence::Licences;
use crate::domain::onboarding::record::{Administrator, Record, Transfer};
use crate::domain::request_encryption::RequestEncryption;
use crate::domain::time::DAY;
use crate::domain::web_theme::WebThemes;
use crate::engine::ids::Kind;
use crate::engine::world::World;

/// A third-party application.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Application`")]
pub struct ApplicationRow {
    pub id: String,
    #[serde(default)]
    pub name: String,
    /// The platform's company.
    pub owner: String,
    /// The integrator that made it for its owner, and under which mark.
    #[serde(default)]
    pub ecosystem: Option<EcosystemRow>,
    /// Whether it is no application, but the list of those its owner guides through certification.
    #[serde(default)]
    pub guidance: bool,
    #[serde(default)]
    pub banned: bool,
    /// Whether the platform opened downloads of its customers' contracts.
    #[serde(default)]
    pub downloads: bool,
    /// Whether every customer gets a licence as soon as it is verified.
    #[serde(default)]
    pub activates: bool,
    /// Licences bought for customers, beside those the customers of the file have; as many as anybody will want when left out.
    #[serde(default = "plenty")]
    pub licences: u64,
    /// What its pages look like.
    #[serde(default)]
    pub themes: WebThemes,
    /// How its encrypted requests are encrypted.
    #[serde(default)]
    pub encryption: Option<RequestEncryption>,
    #[serde(default)]
    pub customers: Vec<CustomerRow>,
    /// Its callback addresses, of the platforms' generation.
    #[serde(default)]
    pub callbacks: Vec<AddressRow>,
}

/// Who made an application for its owner.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Purpose`")]
pub struct EcosystemRow {
    pub business: String,
    pub integrator: String,
}

fn plenty() -> u64 {
    10_000
}

/// A customer of an application.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Customer`")]
pub struct CustomerRow {
    pub open_id: String,
    pub organization: String,
    #[serde(default = "verified")]
    pub verification: Verification,
    #[serde(default)]
    pub method: VerificationMethod,
    /// Whether its data were handed in; they were, once it is being verified, when left out.
    #[serde(default)]
    pub submitted: Option<bool>,
    /// The id of its attempt to prove who it is; drawn from the world's seed when left out.
    #[serde(default)]
    pub authorization: Option<String>,
    /// A bank transfer that belongs to its letter.
    #[serde(default)]
    pub transfer: Option<Transfer>,
    /// Whether it may start contracts; a verified one may when left out.
    #[serde(default)]
    pub active: Option<bool>,
    /// How long from the world's beginning; `365d` when left out.
    #[serde(default)]
    pub licence: Option<Span>,
    #[serde(default)]
    pub downloads: Downloads,
    /// Who waits to be its super administrator.
    #[serde(default)]
    pub successor: Option<SuccessorRow>,
    #[serde(default)]
    pub proxy_app: Option<String>,
    #[serde(default)]
    pub operators: Vec<CustomerOperatorRow>,
    /// What the company that guides it settled; by its first employee, and nothing else, when left out.
    #[serde(default)]
    pub guided: Option<Guided>,
}

fn verified() -> Verification {
    Verification::Verified
}

/// Who waits to be super administrator of a customer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Succession`")]
pub struct SuccessorRow {
    pub open_id: String,
    pub name: String,
    pub mobile: String,
    #[serde(default)]
    pub id_card: String,
}

impl SuccessorRow {
    fn build(&self) -> Succession {
        let card = Card { kind: CardKind::IdCard, number: self.id_card.clone() };
        let successor = Successor { name: self.name.clone(), mobile: self.mobile.clone(), card };
        Succession { open_id: self.open_id.as_str().into(), successor }
    }
}

/// An employee of a customer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Staff`")]
pub struct CustomerOperatorRow {
    pub open_id: String,
    pub employee: String,
}

impl ApplicationRow {
    /// Puts the application, its customers and its addresses into the world.
    pub(super) fn settle(&self, world: &mut World) {
        let (id, owner) = (self.id.as_str().into(), self.owner.as_str().into());
        let mut application = if self.guidance {
            Application::guidance(id, owner)
        } else {
            Application::new(id, owner, self.name.clone())
        };
        if let Some(made) = &self.ecosystem {
            let (business, integrator) = (made.business.clone(), made.integrator.as_str().into());
            application.purpose = Purpose::Ecosystem { business, integrator };
        }
        application.banned = self.banned;
        application.downloads = self.downloads;
        application.activates = self.activates;
        application.themes = self.themes.clone();
        application.encryption = self.encryption.clone();
        for row in &self.customers {
            let customer = row.build(world);
            let guided = self.guidance.then(|| row.guided(&application.owner, world)).flatten();
            application.put_customer(Customer { granted: customer.granted || self.guidance, guided, ..customer });
            for one in &row.operators {
                application.put_staff(Staff {
                    open_id: one.open_id.as_str().into(),
                    customer: row.open_id.as_str().into(),
                    user: one.employee.as_str().into(),
                });
            }
        }
        let used = application.customers().iter().filter(|one| one.licensed_until.is_some()).count();
        let used = u64::try_from(used).unwrap_or(u64::MAX);
        application.licences = Licences { bought: self.licences.saturating_add(used), gifted: 0, used };
        world.directory.applications.insert(application);
        for row in &self.callbacks {
            let row = AddressRow { generation: Generation::Partner, ..row.clone() };
            let mut address = Address::registered(&self.owner, &row, &world.callbacks.secrets, &mut world.ids);
            address.application = Some(self.id.as_str().into());
            world.callbacks.add_address(address);
        }
    }
}

impl CustomerRow {
    fn build(&self, world: &mut World) -> Customer {
        let verified = self.verification == Verification::Verified;
        let licence = self.licence.map_or(365 * DAY, |span| span.0);
        let begun = self.verification != Verification::Unverified;
        let certification = Certification {
            status: self.verification,
            method: self.method,
            submitted: self.submitted.unwrap_or(begun),
            record: begun.then(|| self.record(world)).flatten(),
        };
        Customer {
            granted: begun,
            certification,
            licensed_until: self.active.unwrap_or(verified).then(|| world.now.plus(licence)),
            downloads: self.downloads,
            successor: self.successor.as_ref().map(SuccessorRow::build),
            proxy_app: self.proxy_app.as_deref().map(Into::into),
            ..Customer::new(self.open_id.as_str().into(), self.organization.as_str().into())
        }
    }

    fn guided(&self, guide: &OrganizationId, world: &World) -> Option<Guided> {
        let by = || world.directory.employees.iter().find(|one| &one.organization == guide).map(|one| one.id.clone());
        self.guided.clone().or_else(|| by().map(Guided::by))
    }

    /// What its first operator handed in; nothing when it has none.
    fn record(&self, world: &mut World) -> Option<Record> {
        let admin = self.operators.first()?;
        let admin = world.directory.employees.get(admin.employee.as_str())?.as_ref().clone();
        let company = world.directory.organizations.get(self.organization.as_str())?.data();
        let id = self.authorization.clone().unwrap_or_else(|| world.ids.next(Kind::Authorization));
        Some(Record {
            id: id.into(),
            company,
            admin: Administrator { user: admin.id, name: admin.name, mobile: admin.mobile, card: admin.card },
            transfer: self.transfer,
            refused: None,
            begun_at: world.now,
        })
    }
}
