//! A seal or signature of a person's, kept for the machine that signs for them.

use std::sync::Arc;

use super::auto_sign::Identity;
use super::file::Content;
use super::ids::{OrganizationId, SealId};
use super::register::Registered;
use super::time::Timestamp;

/// Such a seal.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct PersonalSeal {
    /// Its id.
    pub id: SealId,
    /// The company that had it made, for its own contracts.
    pub organization: OrganizationId,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub person: Identity,
    /// The picture that was brought; drawn when there is none.
    pub picture: Option<Arc<Content>>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Registered for PersonalSeal {
    type Id = SealId;
    fn id(&self) -> &SealId {
        &self.id
    }
}
