//! Where callbacks go.

use ess_client::callback::Generation;

use super::named_url::Secrets;
use crate::domain::ids::OrganizationId;
use crate::engine::ids::{Ids, Kind};
use crate::engine::world_file::AddressRow;

/// A callback address of an organization. Several may be active at once, each with its own key (`seed scenario-guide`).
#[derive(Clone, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Address {
    /// Its id in the control API.
    pub id: String,
    /// Whose events it gets.
    pub organization: OrganizationId,
    /// Where to POST.
    pub url: String,
    /// The AES key, 32 bytes; plain messages without one.
    pub key: Option<String>,
    /// The token that signs bodies; no `Content-Signature` without one.
    pub token: Option<String>,
    /// Which form of messages it expects.
    pub generation: Generation,
    /// How it came to be one.
    pub standing: Standing,
}

/// How an address came to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It was registered, and hears until it is taken away.
    Registered,
    /// A call named it, for what comes of that call.
    Named,
}

impl std::fmt::Debug for Address {
    /// Without key and token: secrets stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, organization, url, generation, .. } = self;
        write!(f, "Address {{ {id}, {organization}, {url}, {generation:?} }}")
    }
}

impl Address {
    /// An address as it was asked for, with the world's key and token where nothing else is said. Empty ones stand for
    /// none: plain messages, no signature.
    #[must_use]
    pub fn registered(organization: &str, row: &AddressRow, world: &Secrets, ids: &mut Ids) -> Self {
        Self {
            id: format!("address-{}", ids.draw(Kind::Address).hex(8)),
            organization: organization.into(),
            url: row.url.clone(),
            key: given(row.key.as_ref(), world.key.as_ref()),
            token: given(row.token.as_ref(), world.token.as_ref()),
            generation: row.generation,
            standing: Standing::Registered,
        }
    }

    /// Whether messages to an address that is asked for like this will be encrypted.
    #[must_use]
    pub fn will_have_key(row: &AddressRow, world: &Secrets) -> bool {
        given(row.key.as_ref(), world.key.as_ref()).is_some()
    }

    /// Of a message that is only put together, for nobody: its URL is empty.
    #[must_use]
    pub fn nowhere(generation: Generation) -> Self {
        Self {
            id: String::new(),
            organization: OrganizationId::from(""),
            url: String::new(),
            key: None,
            token: None,
            generation,
            standing: Standing::Registered,
        }
    }
}

fn given(own: Option<&String>, world: Option<&String>) -> Option<String> {
    own.or(world).filter(|text| !text.is_empty()).cloned()
}
