//! A template as its page shows it and as somebody posts it: the words of a world file's templates.

use serde::{Deserialize, Serialize};

use crate::domain::component::{Component, ComponentKind};
use crate::domain::file::UploadedFile;
use crate::domain::new_template::{NewDocument, NewParty, NewTemplate};
use crate::domain::template::{Party, PartyKind, Template};
use crate::engine::world_file::ComponentRow;

/// A template.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TemplateForm {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) unordered: bool,
    /// The upload it is made of; left out, it keeps its document.
    pub(super) file: String,
    /// What the initiator fills in.
    pub(super) fills: Vec<ComponentRow>,
    pub(super) parties: Vec<PartyForm>,
}

/// A party.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartyForm {
    /// The slot it has already; left out, it gets a new one.
    #[serde(default)]
    pub(super) recipient: String,
    #[serde(default)]
    pub(super) role: String,
    pub(super) kind: PartyKind,
    /// What it signs with.
    #[serde(default)]
    pub(super) components: Vec<ComponentRow>,
    /// What it fills in.
    #[serde(default)]
    pub(super) fills: Vec<ComponentRow>,
}

impl TemplateForm {
    /// Of a template as it is.
    pub(super) fn of(template: &Template) -> Self {
        Self {
            name: template.name.clone(),
            description: template.description.clone(),
            unordered: template.unordered,
            file: String::new(),
            fills: rows(&template.fills),
            parties: template.parties.iter().map(PartyForm::of).collect(),
        }
    }

    /// Something to begin with: a company and a person, side by side on the first page.
    pub(super) fn suggested(file: &str) -> Self {
        let party = |role: &str, kind, component: &str, name: &str, x| PartyForm {
            recipient: String::new(),
            role: role.to_owned(),
            kind,
            components: vec![ComponentRow { name: name.to_owned(), x, y: 600.0, ..ComponentRow::of(component, "") }],
            fills: Vec::new(),
        };
        Self {
            file: file.to_owned(),
            parties: vec![
                party("甲方", PartyKind::Organization, ComponentKind::Seal.wire(), "甲方印章", 72.0),
                party("乙方", PartyKind::Person, ComponentKind::Signature.wire(), "乙方签名", 330.0),
            ],
            ..Self::default()
        }
    }

    /// As the domain wants it, made of `file`.
    pub(super) fn wanted(&self, file: Option<&UploadedFile>) -> NewTemplate {
        NewTemplate {
            name: self.name.clone(),
            description: self.description.clone(),
            unordered: self.unordered,
            document: file.map(|file| NewDocument {
                file: file.id.clone(),
                name: file.name.clone(),
                content: file.content.clone(),
            }),
            fills: self.fills.iter().map(ComponentRow::wanted).collect(),
            parties: self.parties.iter().map(PartyForm::wanted).collect(),
        }
    }
}

impl PartyForm {
    fn of(party: &Party) -> Self {
        Self {
            recipient: party.recipient.to_string(),
            role: party.role.clone(),
            kind: party.kind,
            components: rows(&party.components),
            fills: rows(&party.fills),
        }
    }

    fn wanted(&self) -> NewParty {
        NewParty {
            recipient: (!self.recipient.is_empty()).then(|| self.recipient.as_str().into()),
            role: self.role.clone(),
            kind: self.kind,
            components: self.components.iter().map(ComponentRow::wanted).collect(),
            fills: self.fills.iter().map(ComponentRow::wanted).collect(),
        }
    }

    /// Puts a component where its kind belongs; one of no known kind is refused with what is signed with.
    pub(super) fn take(&mut self, component: ComponentRow) {
        let fills = ComponentKind::from_wire(&component.kind).is_some_and(ComponentKind::is_fill);
        if fills { self.fills.push(component) } else { self.components.push(component) }
    }
}

fn rows(components: &[Component]) -> Vec<ComponentRow> {
    components.iter().map(ComponentRow::standing).collect()
}
