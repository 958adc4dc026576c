//! Where callbacks go.

use std::collections::BTreeSet;
use std::sync::Arc;

use ess_client::callback::Generation;

use super::disorder::Disorder;
use super::message::MessageKind;
use super::named::MsgType;
use super::named_url::Secrets;
use crate::domain::ids::{ApplicationId, OrganizationId};
use crate::engine::ids::{Ids, Kind};
use crate::engine::world_file::AddressRow;

/// A callback address of an organization. Several may be active at once, each with its own key (`seed scenario-guide`).
#[derive(Clone, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Address {
    /// Its id in the control API.
    pub id: String,
    /// Whose events it gets.
    pub organization: OrganizationId,
    /// The platform's application whose events it gets, whichever customer's they are; `None` for a company's own address.
    pub application: Option<ApplicationId>,
    /// Where to POST.
    pub url: String,
    /// The AES key, 32 bytes; plain messages without one.
    pub key: Option<String>,
    /// The token that signs bodies; no `Content-Signature` without one.
    pub token: Option<String>,
    /// Which form of messages it expects.
    pub generation: Generation,
    /// Which kinds of messages it gets; all when empty.
    pub filter: BTreeSet<MsgType>,
    /// How messages come to it; as the world says without.
    pub disorder: Option<Arc<Disorder>>,
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
    /// Whether it gets messages of this kind.
    #[must_use]
    pub fn wants(&self, message: &MessageKind) -> bool {
        self.filter.is_empty() || self.filter.iter().any(|one| one.name() == message.name())
    }

    /// A new address as it was asked for, with the world's key and token where nothing else is said. Empty ones stand for
    /// none: plain messages, no signature.
    #[must_use]
    pub fn registered(organization: &str, row: &AddressRow, world: &Secrets, ids: &mut Ids) -> Self {
        let id = format!("address-{}", ids.draw(Kind::Address).hex(8));
        Self::asked_for(id, organization.into(), row, world)
    }

    /// The same under an id that there is.
    #[must_use]
    pub fn asked_for(id: String, organization: OrganizationId, row: &AddressRow, world: &Secrets) -> Self {
        Self {
            id,
            organization,
            application: None,
            url: row.url.clone(),
            key: given(row.key.as_ref(), world.key.as_ref()),
            token: given(row.token.as_ref(), world.token.as_ref()),
            generation: row.generation,
            filter: row.filter.clone(),
            disorder: row.disorder.clone().map(Arc::new),
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
            application: None,
            url: String::new(),
            key: None,
            token: None,
            generation,
            filter: BTreeSet::new(),
            disorder: None,
            standing: Standing::Registered,
        }
    }
}

fn given(own: Option<&String>, world: Option<&String>) -> Option<String> {
    own.or(world).filter(|text| !text.is_empty()).cloned()
}
