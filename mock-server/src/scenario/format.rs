//! A scenario file: what the platform says, and in which order and shape a receiver gets to hear it.
//!
//! `messages` are what happens, in the order it happens; each gets its id and its time then. `steps` are what is sent, in the order it is
//! sent: messages by their names, late, again, in another order, spoiled. Without steps every message is sent once, as it comes.
//! `fixtures/scenarios/README.md` describes the format.

use std::collections::BTreeMap;

use ess_client::callback::Generation;
use serde::Deserialize;
use serde_saphyr::Spanned;

pub use super::rows::{Datum, MessageData, MessageRow, Stated, StepRow};
use crate::engine::world_file::{ApproverRow, ComponentRow, Moment, Span};

/// A scenario as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioFile {
    /// What it is called.
    pub name: String,
    /// What it tells, in a sentence.
    pub says: String,
    /// Where the story is known from.
    #[serde(default)]
    pub source: String,
    /// Which generation of the platform speaks; the company's when left out.
    #[serde(default = "company")]
    pub generation: Generation,
    /// When it begins; a fixed day when left out, so that it is the same every time.
    #[serde(default)]
    pub begins: Option<Moment>,
    /// What holds for every step that does not say otherwise.
    #[serde(default)]
    pub defaults: Defaults,
    /// The contracts it is about, by the names it gives them.
    #[serde(default)]
    pub contracts: BTreeMap<String, Spanned<ContractRow>>,
    /// Contracts signed together.
    #[serde(default)]
    pub groups: BTreeMap<String, Spanned<GroupRow>>,
    /// What the platform says, in the order it happens.
    pub messages: Vec<Spanned<MessageRow>>,
    /// What is sent, in this order; every message once when left out.
    #[serde(default)]
    pub steps: Vec<Spanned<StepRow>>,
}

/// What holds for every step that does not say otherwise.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// Whether a message that is not received is sent again, as the platform does. Hostile ones are not.
    #[serde(default)]
    pub retry: Option<bool>,
}

/// A contract of the story. Its signers, and what becomes of it, follow the rules of the mock itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Flow`")]
pub struct ContractRow {
    #[serde(default = "contract")]
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub user_data: String,
    #[serde(default)]
    pub unordered: bool,
    /// How long after it is made it expires; a year when left out.
    #[serde(default)]
    pub deadline: Option<Span>,
    /// A template of the demo world, by name or id, instead of the sample document.
    #[serde(default)]
    pub template: Option<Spanned<String>>,
    /// What the initiator fills into the template, by the component's name.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// What the initiator fills in without a template.
    #[serde(default)]
    pub fills: Vec<ComponentRow>,
    /// The scene in which machines sign for persons.
    #[serde(default)]
    pub auto_sign_scene: Option<String>,
    /// Whether its start needs the company's agreement.
    #[serde(default)]
    pub creation_review: bool,
    /// The contract this agreement releases once all have signed it.
    #[serde(default)]
    pub releases: Option<Spanned<String>>,
    pub signers: Vec<ApproverRow>,
}

/// Contracts signed together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupRow {
    /// What it is called.
    #[serde(default = "group")]
    pub name: String,
    /// Its contracts, by their names here.
    pub contracts: Vec<Spanned<String>>,
}

fn company() -> Generation {
    Generation::Company
}

fn contract() -> String {
    "合同".to_owned()
}

fn group() -> String {
    "合同组".to_owned()
}
