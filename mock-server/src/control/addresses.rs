//! `/_mock/callbacks/addresses`: where a world's callbacks go.

use std::sync::Arc;

use axum::Json;
use ess_client::callback::{CallbackKey, Generation};
use reqwest::Url;
use serde::{Deserialize, Serialize};

use super::errors::Failure;
use super::request::{Body, Id, World};
use crate::callbacks::address::Address;
use crate::domain::ids::OrganizationId;
use crate::engine::clock::EdgeTime;
use crate::engine::settings::{CallbackAddresses, CallbackKeys};
use crate::engine::world;
use crate::engine::world_file::AddressRow;

/// How many addresses a world may have: every message goes to each of them.
const ADDRESSES_KEPT: usize = 1_000;

/// An address as it is shown. Key and token are empty when there is none, as they may be given.
#[derive(Serialize)]
pub(super) struct Shown {
    id: String,
    url: String,
    key: String,
    token: String,
    generation: Generation,
    organization: String,
}

impl From<&Address> for Shown {
    fn from(address: &Address) -> Self {
        Self {
            id: address.id.clone(),
            url: address.url.clone(),
            key: address.key.clone().unwrap_or_default(),
            token: address.token.clone().unwrap_or_default(),
            generation: address.generation,
            organization: address.organization.to_string(),
        }
    }
}

/// An address as it is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAddress {
    url: String,
    /// 32 bytes; the world's when left out; none when empty.
    key: Option<String>,
    /// The world's when left out; none when empty.
    token: Option<String>,
    /// `company` when left out.
    generation: Option<Generation>,
    /// The first one when left out.
    organization: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Removed {
    removed: String,
}

pub(super) async fn list(World(account): World) -> Json<Vec<Shown>> {
    let addresses: Vec<Arc<Address>> =
        account.enter(EdgeTime::read(), |world, _, _| world.callbacks.addresses().cloned().collect());
    Json(addresses.iter().map(|one| Shown::from(one.as_ref())).collect())
}

/// Adds an address; it hears of everything that happens from now on.
pub(super) async fn add(World(account): World, Body(new): Body<NewAddress>) -> Result<Json<Shown>, Failure> {
    check_url(&new.url)?;
    if let Some(key) = new.key.as_deref().filter(|key| !key.is_empty()) {
        CallbackKey::new(key).map_err(|error| {
            Failure::bad_request(format!(
                "key: {error}. Leave it out for the world's own, or say \"\" for plain messages."
            ))
        })?;
    }
    let generation = new.generation.unwrap_or(Generation::Company);
    let row = AddressRow { url: new.url, key: new.key, token: new.token, generation };
    account.try_enter(EdgeTime::read(), |world, _, _| {
        let organizations = &world.directory.organizations;
        let organization = match &new.organization {
            Some(id) => organizations.get(id.as_str()),
            None => organizations.iter().next(),
        };
        let Some(organization) = organization.map(|one| one.id.clone()) else {
            let known: Vec<&str> = organizations.iter().map(|one| one.id.as_str()).collect();
            return Err(Failure::bad_request(format!(
                "organization: this world has no `{}`. Its organizations are {}.",
                new.organization.unwrap_or_default(),
                known.join(", ")
            )));
        };
        if world.callbacks.addresses().count() >= ADDRESSES_KEPT {
            return Err(Failure::conflict(format!(
                "This world has {ADDRESSES_KEPT} callback addresses, and no more fit. Take one away first."
            )));
        }
        check_settings(world, &organization, &row)?;
        let address = Address::registered(organization.as_str(), &row, &world.callbacks.secrets, &mut world.ids);
        let shown = Shown::from(&address);
        world.callbacks.add_address(address);
        Ok(Json(shown))
    })
}

/// What the world's settings demand of callback addresses.
fn check_settings(world: &world::World, organization: &OrganizationId, row: &AddressRow) -> Result<(), Failure> {
    let settings = &world.settings;
    if settings.callback_keys == CallbackKeys::Required && !Address::will_have_key(row, &world.callbacks.secrets) {
        return Err(Failure::conflict(
            "key: the setting callback_keys asks for one. Leave key out for the world's own, or PUT /_mock/settings \
             {\"callback_keys\": \"optional\"}.",
        ));
    }
    let has_one = || world.callbacks.addresses().any(|one| &one.organization == organization);
    if settings.callback_addresses == CallbackAddresses::One && has_one() {
        return Err(Failure::conflict(format!(
            "Organization {organization} has an address, and by the setting callback_addresses no second one fits. Take it \
             away first, or PUT /_mock/settings {{\"callback_addresses\": \"several\"}}."
        )));
    }
    Ok(())
}

/// Takes an address away; what was on its way there is given up.
pub(super) async fn remove(World(account): World, Id(id): Id) -> Result<Json<Removed>, Failure> {
    let removed = account.enter(EdgeTime::read(), |world, _, _| world.callbacks.remove_address(&id, &mut world.timers));
    if removed {
        Ok(Json(Removed { removed: id }))
    } else {
        Err(Failure::not_found(format!(
            "This world has no callback address {id}. GET /_mock/callbacks/addresses lists those it has."
        )))
    }
}

fn check_url(text: &str) -> Result<(), Failure> {
    let why = match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => return Ok(()),
        Ok(url) => format!("{} is not served", url.scheme()),
        Err(error) => error.to_string(),
    };
    Err(Failure::bad_request(format!(
        "url: `{text}` cannot be called ({why}). Expected http:// or https://, such as http://127.0.0.1:9000/callback."
    )))
}
