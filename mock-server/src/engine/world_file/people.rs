//! Persons of a world file who have an account of their own, beside companies' employees.

use serde::Deserialize;

use super::yes;
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
}

impl PersonRow {
    /// The person it describes.
    pub(super) fn build(&self) -> PrivatePerson {
        PrivatePerson {
            mobile: self.mobile.clone(),
            name: self.name.clone(),
            auto_sign_scenes: self.auto_sign_scenes.clone(),
            auto_signs: Vec::new(),
            has_signature: self.has_signature,
            unfit: self.unfit,
        }
    }
}
