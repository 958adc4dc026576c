//! Persons of a world file who have an account of their own, beside companies' employees.

use serde::Deserialize;

use super::yes;
use crate::domain::employee::{Card, CardKind};
use crate::domain::private_person::{PrivatePerson, Unfit};

/// A person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `PrivatePerson`")]
pub struct PersonRow {
    pub mobile: String,
    pub name: String,
    #[serde(default)]
    pub auto_sign_scenes: Vec<String>,
    #[serde(default = "yes")]
    pub has_signature: bool,
    /// Why they can sign nothing.
    #[serde(default)]
    pub unfit: Option<Unfit>,
    #[serde(default)]
    pub id_card: String,
    /// Drawn when they prove who they are, unless the file says it.
    #[serde(default)]
    pub id: Option<String>,
    /// Companies through whose links they have.
    #[serde(default)]
    pub verified_through: Vec<String>,
}

impl PersonRow {
    /// The person it describes.
    pub(super) fn build(&self) -> PrivatePerson {
        PrivatePerson {
            auto_sign_scenes: self.auto_sign_scenes.clone(),
            has_signature: self.has_signature,
            unfit: self.unfit,
            card: Card { kind: CardKind::IdCard, number: self.id_card.clone() },
            user: self.id.as_deref().map(Into::into),
            verified_through: self.verified_through.iter().map(|id| id.as_str().into()).collect(),
            ..PrivatePerson::new(self.mobile.clone(), self.name.clone())
        }
    }
}
