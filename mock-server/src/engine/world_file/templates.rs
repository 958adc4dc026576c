//! Templates of a world file.

use std::sync::Arc;

use serde::Deserialize;

use super::components::ComponentRow;
use super::files::sample;
use super::organizations::OrganizationRow;
use super::yes;
use crate::domain::component::Component;
use crate::domain::file::Content;
use crate::domain::template::{Claimed, Party, PartyKind, Template};
use crate::engine::ids::Kind;
use crate::engine::world::World;

/// A template.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Template`")]
pub struct TemplateRow {
    pub id: String,
    #[serde(default = "template")]
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub kind_id: String,
    /// The platform's template it was claimed from.
    #[serde(default)]
    pub claimed: Option<Claimed>,
    #[serde(default)]
    pub unordered: bool,
    #[serde(default = "yes")]
    pub enabled: bool,
    /// The file it is made of, by id; the sample contract when left out.
    #[serde(default)]
    pub file: Option<String>,
    /// Whether the console left it without one.
    #[serde(default)]
    pub empty: bool,
    /// What the initiator fills in.
    #[serde(default)]
    pub fills: Vec<ComponentRow>,
    pub parties: Vec<PartyRow>,
}

/// A party of a template.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Party`")]
pub struct PartyRow {
    /// Its slot; drawn when left out.
    #[serde(default)]
    pub recipient: Option<String>,
    #[serde(default)]
    pub role: String,
    pub kind: PartyKind,
    /// What it signs with; a seal or a signature when left out.
    #[serde(default)]
    pub components: Option<Vec<ComponentRow>>,
    #[serde(default)]
    pub fills: Vec<ComponentRow>,
}

fn template() -> String {
    "模板".into()
}

impl TemplateRow {
    /// Puts the template into the world.
    ///
    /// # Errors
    /// A file or a place that is not there.
    pub(super) fn settle(&self, owner: &OrganizationRow, world: &mut World) -> Result<(), String> {
        let (content, file, file_name) = match &self.file {
            None => (sample(), None, format!("{}.pdf", self.name)),
            Some(id) => {
                let file = world.files.get(id.as_str()).ok_or_else(|| format!("file: there is no `{id}`"))?;
                (file.content.clone(), Some(file.id.clone()), file.name.clone())
            }
        };
        let file = file.unwrap_or_else(|| world.ids.next(Kind::Slot).into());
        let promoter = world.ids.next(Kind::Slot).into();
        let seal = owner.seals.iter().find(|seal| seal.is_enabled()).map_or("", |seal| seal.id.as_str());
        let parties = self.parties.iter().map(|party| party.build(&content, seal, world)).collect::<Result<_, _>>()?;
        let template = Template {
            id: self.id.as_str().into(),
            organization: owner.id.as_str().into(),
            name: self.name.clone(),
            description: self.description.clone(),
            kind: self.kind.clone(),
            kind_id: self.kind_id.clone(),
            claimed: self.claimed.clone(),
            unordered: self.unordered,
            fills: placed(&self.fills, &content)?,
            content: (!self.empty).then_some(content),
            file,
            file_name,
            promoter,
            parties,
            enabled: self.enabled,
            creator: owner.employees.first().map(|one| one.id.as_str().into()),
            created_at: world.now,
            user_data: String::new(),
            version: 1,
            saved_at: world.now,
        };
        world.directory.templates.insert(template);
        Ok(())
    }
}

impl PartyRow {
    fn build(&self, content: &Arc<Content>, seal: &str, world: &mut World) -> Result<Party, String> {
        let recipient = self.recipient.clone().unwrap_or_else(|| world.ids.next(Kind::Slot));
        let usual = || {
            vec![match self.kind {
                PartyKind::Organization => ComponentRow::of("SIGN_SEAL", ""),
                PartyKind::Person => ComponentRow::of("SIGN_SIGNATURE", ""),
                PartyKind::AutoSign => ComponentRow::of("SIGN_SEAL", seal),
            }]
        };
        Ok(Party {
            recipient: recipient.into(),
            role: self.role.clone(),
            kind: self.kind,
            components: placed(&self.components.clone().unwrap_or_else(usual), content)?,
            fills: placed(&self.fills, content)?,
        })
    }
}

fn placed(rows: &[ComponentRow], content: &Content) -> Result<Vec<Component>, String> {
    rows.iter().map(|row| row.placed(content)).collect()
}
