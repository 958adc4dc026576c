//! Contract templates: which parties a contract made from one has, in which order.

use super::ids::{OrganizationId, TemplateId};
use super::register::Registered;

/// A template of a company.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// Whether the parties may sign in any order.
    pub unordered: bool,
    /// Its parties, in the template's order.
    pub parties: Vec<Party>,
}

impl Registered for Template {
    type Id = TemplateId;
    fn id(&self) -> &TemplateId {
        &self.id
    }
}

/// One party of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// What it is called in the template, e.g. 甲方.
    pub role: String,
    /// What signs there.
    pub kind: PartyKind,
}

/// What signs for a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// A company through an employee.
    Organization,
    /// A person.
    Person,
    /// The initiating company, by machine.
    AutoSign,
}
