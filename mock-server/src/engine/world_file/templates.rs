//! Templates of a world file.

use serde::Deserialize;

use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::template::{Party, PartyKind, Template};
use crate::engine::ids::{Ids, Kind};
use crate::engine::world::World;

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
    pub(super) fn build(&self, organization: OrganizationId, creator: Option<UserId>, world: &mut World) -> Template {
        Template {
            id: self.id.as_str().into(),
            organization,
            name: self.name.clone(),
            description: String::new(),
            kind: String::new(),
            unordered: self.unordered,
            content: None,
            fills: Vec::new(),
            parties: self.parties.iter().map(|one| one.build(&mut world.ids)).collect(),
            enabled: true,
            creator,
            created_at: world.now,
        }
    }
}

impl PartyRow {
    fn build(&self, ids: &mut Ids) -> Party {
        Party {
            recipient: ids.next(Kind::Slot).into(),
            role: self.role.clone(),
            kind: self.kind,
            components: Vec::new(),
            fills: Vec::new(),
        }
    }
}
