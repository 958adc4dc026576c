//! A company's seals.

use super::ids::{OrganizationId, SealId};
use super::register::Registered;

/// A seal (印章).
#[derive(Clone, Debug, PartialEq)]
pub struct Seal {
    /// Its id.
    pub id: SealId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// Its name in the console.
    pub name: String,
    /// Whether it may be used.
    pub enabled: bool,
}

impl Registered for Seal {
    type Id = SealId;
    fn id(&self) -> &SealId {
        &self.id
    }
}
