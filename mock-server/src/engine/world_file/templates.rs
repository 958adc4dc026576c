//! Templates of a world file.

use serde::Deserialize;

use crate::domain::ids::OrganizationId;
use crate::domain::template::{Party, PartyKind, Template};

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

impl TemplateRow {
    /// The template it describes, of this company.
    pub(super) fn build(&self, organization: OrganizationId) -> Template {
        Template {
            id: self.id.as_str().into(),
            organization,
            name: self.name.clone(),
            unordered: self.unordered,
            parties: self.parties.iter().map(|one| Party { role: one.role.clone(), kind: one.kind }).collect(),
        }
    }
}
