//! A world as a YAML file, or as the same thing in JSON: what there is before the first call.
//!
//! The demo world is such a file, shipped in the binary (`assets/demo-world.yaml`); `--world FILE` reads another, and
//! `POST /_mock/worlds` takes one. `fixtures/worlds/README.md` describes the format.

mod applications;
mod components;
mod consents;
mod contracts;
mod contradictions;
mod departments;
mod downloads;
mod files;
mod groups;
mod holding;
mod intelligence;
mod library;
mod organizations;
mod people;
mod place;
mod qr_codes;
mod registrations;
mod reports;
mod reviews;
mod sign_on;
mod span;
mod steps;
mod tasks;
mod templates;

use serde::{Deserialize, Serialize};

pub use self::applications::{ApplicationRow, CustomerOperatorRow, CustomerRow};
pub use self::components::ComponentRow;
pub use self::consents::{AutoSignRow, PartnerGrantRow, SealRequestRow};
pub use self::contracts::{ApproverRow, CardRow, ContractRow};
pub use self::departments::{DepartmentRow, RootDepartmentRow};
pub use self::downloads::DownloadRow;
pub use self::files::FileRow;
pub(crate) use self::files::sample;
pub use self::groups::GroupRow;
pub use self::holding::{MembershipRow, ShadowRow};
pub use self::intelligence::{ComparisonRow, DraftRow, ExtractionRow, FieldTemplateRow};
pub use self::library::LibraryRow;
pub use self::organizations::{AddressRow, EmployeeRow, KeyRow, OrganizationRow, SealRow};
pub use self::people::PersonRow;
pub use self::qr_codes::QrCodeRow;
pub use self::registrations::{RegistrationBatchRow, RegistrationRow};
pub use self::reports::ReportRow;
pub use self::reviews::{CategoryRow, ChecklistRow, PointRow, ReviewRow, RiskExportRow};
pub use self::span::Span;
pub use self::steps::{AnswerStep, FillStep, NameStep, SpokenStep, Step};
pub use self::tasks::{ArchiveTaskRow, ArchivedRow, CancelTaskRow, ConversionRow, CounterSignRow};
pub use self::templates::{PartyRow, TemplateRow};
use super::settings::Settings;
use super::world::World;
use crate::callbacks::address::Address;
use crate::callbacks::disorder::Disorder;
use crate::callbacks::named_url::Secrets;
use crate::domain::time::Timestamp;
use crate::faults::rule::Rule;

/// The demo world.
pub const DEMO: &str = include_str!("../../../assets/demo-world.yaml");

/// A world file. The first organization is the default one; in the demo world it is also the platform.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldFile {
    /// What URLs call the world.
    pub alias: String,
    /// The world's time at its beginning; the server's when left out.
    #[serde(default)]
    pub begins: Option<Moment>,
    /// The key of callback addresses that name none, 32 bytes.
    pub callback_key: String,
    /// The token of callback addresses that name none.
    pub callback_token: String,
    /// Named assumptions.
    #[serde(default)]
    pub settings: Settings,
    /// How callbacks come to addresses that say nothing about it themselves; in order when left out.
    #[serde(default)]
    pub disorder: Disorder,
    /// The companies.
    pub organizations: Vec<OrganizationRow>,
    /// Third-party applications.
    #[serde(default)]
    pub applications: Vec<ApplicationRow>,
    /// Templates platforms offer their customers.
    #[serde(default)]
    pub library: Vec<LibraryRow>,
    /// Persons with an account of their own.
    #[serde(default)]
    pub people: Vec<PersonRow>,
    /// Contracts launched before the world begins.
    #[serde(default)]
    pub contracts: Vec<ContractRow>,
    /// Groups of contracts, likewise.
    #[serde(default)]
    pub groups: Vec<GroupRow>,
    /// Conversions asked for before the world begins.
    #[serde(default)]
    pub conversions: Vec<ConversionRow>,
    /// Files signed with the platform's own certificate, likewise.
    #[serde(default)]
    pub counter_signs: Vec<CounterSignRow>,
    /// Archiving, likewise.
    #[serde(default)]
    pub archive_tasks: Vec<ArchiveTaskRow>,
    /// Cancellations of many contracts, likewise.
    #[serde(default)]
    pub cancel_tasks: Vec<CancelTaskRow>,
    /// Evidence reports ordered by then.
    #[serde(default)]
    pub evidence_reports: Vec<ReportRow>,
    /// Files compared, searched for fields and contracts drafted by then.
    #[serde(default)]
    pub comparisons: Vec<ComparisonRow>,
    #[serde(default)]
    #[allow(missing_docs, reason = "see `comparisons`")]
    pub extractions: Vec<ExtractionRow>,
    #[serde(default)]
    #[allow(missing_docs, reason = "see `comparisons`")]
    pub drafts: Vec<DraftRow>,
    /// QR codes that strangers sign by.
    #[serde(default)]
    pub qr_codes: Vec<QrCodeRow>,
    /// Batches of companies that are to become customers.
    #[serde(default)]
    pub registrations: Vec<RegistrationBatchRow>,
    /// Requests to use seals.
    #[serde(default)]
    pub seal_requests: Vec<SealRequestRow>,
    /// Companies whose machines seal others' contracts.
    #[serde(default)]
    pub partner_grants: Vec<PartnerGrantRow>,
    /// Persons who let a machine sign for them.
    #[serde(default)]
    pub auto_signs: Vec<AutoSignRow>,
    /// Reviews of contracts asked for by then.
    #[serde(default)]
    pub contract_reviews: Vec<ReviewRow>,
    /// Tables of marked risks, likewise.
    #[serde(default)]
    pub risk_exports: Vec<RiskExportRow>,
    /// Which calls fail on purpose, from the world's beginning.
    #[serde(default)]
    pub faults: Vec<Rule>,
}

/// A time to try a file at: 2023-11-15T12:00:00+08:00.
const NOON: Timestamp = Timestamp::from_seconds(1_700_020_800);

/// A moment as people write it: `2027-01-01T00:00:00+08:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment(pub Timestamp);

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.0.to_string()
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let moment: jiff::Timestamp =
            text.parse().map_err(|error| format!("{error}; expected a moment such as 2027-01-01T00:00:00+08:00"))?;
        Ok(Self(Timestamp::from_millis(moment.as_millisecond())))
    }
}

fn yes() -> bool {
    true
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

impl WorldFileError {
    /// The same with line and column, where the text shows them.
    fn placed(self, text: &str) -> Self {
        match self {
            Self::Content { name, what } => {
                let place = place::of(&what, text).map(|(line, column)| format!("line {line} column {column}: "));
                Self::Content { name, what: format!("{}{what}", place.unwrap_or_default()) }
            }
            Self::Form { .. } => self,
        }
    }
}

impl WorldFile {
    /// Reads a world file; `name` stands in messages.
    ///
    /// # Errors
    /// Where it is not of the form, or contradicts itself.
    pub fn parse(name: &str, text: &str) -> Result<Self, WorldFileError> {
        let file: Self = serde_saphyr::from_str(text)
            .map_err(|source| WorldFileError::Form { name: name.to_owned(), source: Box::new(source) })?;
        file.check(name).map_err(|error| error.placed(text))?;
        Ok(file)
    }

    /// Looks for contradictions, and whether everything in it can come about; `name` stands in the message.
    ///
    /// # Errors
    /// The first contradiction found, or what a rule refuses.
    pub fn check(&self, name: &str) -> Result<(), WorldFileError> {
        let what = contradictions::find(self).map_or_else(|| self.assemble(0, NOON).map(|_| ()), Err);
        what.map_err(|what| WorldFileError::Content { name: name.to_owned(), what })
    }

    /// The world as it stands before the first call; the file must have been checked.
    #[must_use]
    pub fn build(&self, seed: u64, now: Timestamp) -> World {
        self.assemble(seed, now).unwrap_or_else(|what| {
            // Nothing in a file depends on seed and time, so a checked one comes about at any time.
            tracing::error!(%what, "an unchecked world file");
            World::new(seed)
        })
    }

    fn assemble(&self, seed: u64, now: Timestamp) -> Result<World, String> {
        let mut world = World::new(seed);
        world.now = now;
        world.choose(self.settings.clone());
        world.callbacks.set_disorder(self.disorder.clone());
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        world.callbacks.secrets = Secrets { key: given(&self.callback_key), token: given(&self.callback_token) };
        for row in &self.organizations {
            row.settle(&mut world);
            for address in &row.callbacks {
                let address = Address::registered(&row.id, address, &world.callbacks.secrets, &mut world.ids);
                world.callbacks.add_address(address);
            }
            for file in &row.files {
                world.add_file(file.build(row.id.as_str().into(), now), now);
            }
            let first = row.employees.first().map(|one| one.id.as_str());
            for list in &row.checklists {
                let settled = list.settle(&row.id, first, &mut world);
                settled.map_err(|what| format!("checklists: `{}`: {what}", list.id))?;
            }
            for template in &row.field_templates {
                template.settle(&row.id, &mut world);
            }
            for template in &row.templates {
                let settled = template.settle(row, &mut world);
                settled.map_err(|what| format!("templates: `{}`: {what}", template.id))?;
            }
        }
        for row in &self.organizations {
            row.join(&mut world, now);
        }
        self.let_machines_be_used(&mut world);
        for row in &self.applications {
            row.settle(&mut world);
        }
        for row in &self.library {
            row.settle(&mut world).map_err(|what| format!("library: `{}`: {what}", row.template))?;
        }
        for row in &self.people {
            world.directory.people.insert(row.build());
        }
        for row in &self.partner_grants {
            row.settle(&mut world).map_err(|what| format!("partner_grants: `{}`: {what}", row.granting))?;
        }
        for row in &self.auto_signs {
            row.settle(&mut world).map_err(|what| format!("auto_signs: `{}`: {what}", row.name))?;
        }
        for row in &self.contracts {
            row.settle(self, &mut world, None).map_err(|what| format!("contracts: `{}`: {what}", row.id))?;
        }
        for row in &self.groups {
            row.settle(self, &mut world).map_err(|what| format!("groups: `{}`: {what}", row.id))?;
        }
        for row in &self.conversions {
            row.settle(&mut world).map_err(|what| format!("conversions: `{}`: {what}", row.id))?;
        }
        for row in &self.counter_signs {
            row.settle(&mut world).map_err(|what| format!("counter_signs: `{}`: {what}", row.id))?;
        }
        for row in &self.archive_tasks {
            row.settle(&mut world).map_err(|what| format!("archive_tasks: `{}`: {what}", row.id))?;
        }
        for row in &self.cancel_tasks {
            row.settle(&mut world).map_err(|what| format!("cancel_tasks: `{}`: {what}", row.id))?;
        }
        for row in &self.evidence_reports {
            row.settle(&mut world).map_err(|what| format!("evidence_reports: `{}`: {what}", row.id))?;
        }
        for row in &self.comparisons {
            row.settle(&mut world).map_err(|what| format!("comparisons: `{}`: {what}", row.id))?;
        }
        for row in &self.extractions {
            row.settle(&mut world).map_err(|what| format!("extractions: `{}`: {what}", row.id))?;
        }
        for row in &self.drafts {
            row.settle(&mut world).map_err(|what| format!("drafts: `{}`: {what}", row.id))?;
        }
        for row in &self.qr_codes {
            row.settle(self, &mut world).map_err(|what| format!("qr_codes: `{}`: {what}", row.id))?;
        }
        for row in &self.registrations {
            row.settle(&mut world).map_err(|what| format!("registrations: `{}`: {what}", row.id))?;
        }
        for row in &self.seal_requests {
            row.settle(&mut world).map_err(|what| format!("seal_requests: `{}`: {what}", row.id))?;
        }
        for row in &self.contract_reviews {
            row.settle(&mut world).map_err(|what| format!("contract_reviews: `{}`: {what}", row.id))?;
        }
        for row in &self.risk_exports {
            row.settle(&mut world).map_err(|what| format!("risk_exports: `{}`: {what}", row.id))?;
        }
        for (place, rule) in self.faults.iter().enumerate() {
            let mounted = world.mount_fault(rule.clone(), now).map(|_| ());
            mounted.map_err(|what| format!("faults: rule {}: {what}", place + 1))?;
        }
        Ok(world)
    }
}

#[cfg(test)]
mod tests;
