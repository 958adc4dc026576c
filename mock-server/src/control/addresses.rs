//! `/_mock/callbacks/addresses`: where a world's callbacks go.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use ess_client::callback::{CallbackKey, Generation};
use reqwest::Url;
use serde::{Deserialize, Deserializer, Serialize};

use super::errors::Failure;
use super::request::{Body, Id, World};
use crate::callbacks::address::Address;
use crate::callbacks::desk::{ADDRESSES_KEPT, Desk};
use crate::callbacks::disorder::Disorder;
use crate::callbacks::named::MsgType;
use crate::callbacks::named_url::Secrets;
use crate::domain::application::Application;
use crate::domain::ids::OrganizationId;
use crate::engine::account::Account;
use crate::engine::clock::EdgeTime;
use crate::engine::settings::{CallbackAddresses, CallbackKeys};
use crate::engine::world;
use crate::engine::world_file::AddressRow;

/// An address as it is shown. Key and token are empty when there is none, as they may be given.
#[derive(Serialize)]
pub(super) struct Shown {
    id: String,
    url: String,
    key: String,
    token: String,
    generation: Generation,
    organization: String,
    application: Option<String>,
    filter: BTreeSet<MsgType>,
    /// The policy in force: its own, or else the world's.
    disorder: Arc<Disorder>,
    backlog: usize,
    dropped: u64,
}

impl Shown {
    fn of(address: &Address, desk: &Desk) -> Self {
        Self {
            id: address.id.clone(),
            url: address.url.clone(),
            key: address.key.clone().unwrap_or_default(),
            token: address.token.clone().unwrap_or_default(),
            generation: address.generation,
            organization: address.organization.to_string(),
            application: address.application.as_ref().map(ToString::to_string),
            filter: address.filter.clone(),
            disorder: desk.disorder_of(address).clone(),
            backlog: desk.backlog(&address.id),
            dropped: desk.dropped(&address.id),
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
    /// `company` when left out, of a platform's application `partner`.
    generation: Option<Generation>,
    /// The first one when left out, of a platform's application its owner.
    organization: Option<String>,
    /// A platform's application, whose events it gets instead of a company's.
    application: Option<String>,
    /// Everything when left out or empty.
    #[serde(default)]
    filter: BTreeSet<MsgType>,
    /// As the world says when left out.
    disorder: Option<Disorder>,
}

/// What is to be otherwise; what is left out stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Changes {
    url: Option<String>,
    key: Option<String>,
    token: Option<String>,
    generation: Option<Generation>,
    filter: Option<BTreeSet<MsgType>>,
    /// `null`: as the world says.
    #[serde(default, deserialize_with = "present")]
    disorder: Option<Option<Disorder>>,
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Disorder>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

#[derive(Serialize)]
pub(super) struct Removed {
    removed: String,
}

pub(super) async fn list(World(account): World) -> Json<Vec<Shown>> {
    Json(account.enter(EdgeTime::read(), |world, _, _| {
        let desk = &world.callbacks;
        desk.addresses().map(|one| Shown::of(one, desk)).collect()
    }))
}

/// Adds an address; it hears of everything that happens from now on.
pub(super) async fn add(World(account): World, Body(new): Body<NewAddress>) -> Result<Json<Shown>, Failure> {
    check_url(&new.url)?;
    check_key(new.key.as_deref())?;
    let (organization, application) = (new.organization.clone(), new.application.clone());
    let row = new.row();
    account.try_enter(EdgeTime::read(), |world, _, _| {
        let application = application.map(|id| the_application(world, &id)).transpose()?;
        let organizations = &world.directory.organizations;
        let found = match (&organization, &application) {
            (Some(id), _) => organizations.get(id.as_str()),
            (None, Some(application)) => organizations.get(application.owner.as_str()),
            (None, None) => organizations.iter().next(),
        };
        let application = application.map(|one| one.id.clone());
        let Some(found) = found.map(|one| one.id.clone()) else {
            let known: Vec<&str> = organizations.iter().map(|one| one.id.as_str()).collect();
            return Err(Failure::bad_request(format!(
                "organization: this world has no `{}`. Its organizations are {}.",
                organization.unwrap_or_default(),
                known.join(", ")
            )));
        };
        if !world.callbacks.has_room() {
            return Err(Failure::conflict(format!(
                "This world has {ADDRESSES_KEPT} callback addresses, and no more fit. Take one away first."
            )));
        }
        check_settings(world, &found, &row)?;
        let address = Address::registered(found.as_str(), &row, &world.callbacks.secrets, &mut world.ids);
        let address = Address { application, ..address };
        world.callbacks.add_address(address.clone());
        Ok(Json(Shown::of(&address, &world.callbacks)))
    })
}

fn the_application(world: &world::World, id: &str) -> Result<Arc<Application>, Failure> {
    let applications = &world.directory.applications;
    applications.get(id).cloned().ok_or_else(|| {
        let known: Vec<&str> = applications.iter().map(|one| one.id.as_str()).collect();
        Failure::bad_request(format!(
            "application: this world has no `{id}`. Its applications are {}.",
            known.join(", ")
        ))
    })
}

/// Puts another address in this one's place, as if it had been added so; organization and application stay.
pub(super) async fn replace(
    World(account): World,
    Id(id): Id,
    Body(new): Body<NewAddress>,
) -> Result<Json<Shown>, Failure> {
    check_url(&new.url)?;
    check_key(new.key.as_deref())?;
    change_address(&account, &id, |old, secrets| {
        if let Some(other) = new.organization.as_ref().filter(|one| *one != old.organization.as_str()) {
            return Err(Failure::bad_request(format!(
                "organization: this address is {}'s and stays so. Add another for `{other}`.",
                old.organization
            )));
        }
        let application = old.application;
        let own = application.as_ref().map(ToString::to_string);
        if let Some(other) = new.application.as_ref().filter(|one| Some(*one) != own.as_ref()) {
            return Err(Failure::bad_request(format!(
                "application: this address stays whose it is. Add another for `{other}`."
            )));
        }
        let row = NewAddress { application: own, ..new }.row();
        Ok(Address { application, ..Address::asked_for(old.id, old.organization, &row, secrets) })
    })
}

/// Changes what is named and leaves the rest. It holds at once, for what is on its way there, too.
pub(super) async fn change(
    World(account): World,
    Id(id): Id,
    Body(changes): Body<Changes>,
) -> Result<Json<Shown>, Failure> {
    if let Some(url) = &changes.url {
        check_url(url)?;
    }
    check_key(changes.key.as_deref())?;
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    change_address(&account, &id, |old, _| {
        Ok(Address {
            url: changes.url.unwrap_or(old.url),
            key: changes.key.map_or(old.key, given),
            token: changes.token.map_or(old.token, given),
            generation: changes.generation.unwrap_or(old.generation),
            filter: changes.filter.unwrap_or(old.filter),
            disorder: changes.disorder.map_or(old.disorder, |policy| policy.map(Arc::new)),
            id: old.id,
            organization: old.organization,
            application: old.application,
            standing: old.standing,
        })
    })
}

/// What the world's settings demand of callback addresses.
fn check_settings(world: &world::World, organization: &OrganizationId, row: &AddressRow) -> Result<(), Failure> {
    check_key_setting(world, Address::will_have_key(row, &world.callbacks.secrets))?;
    let has_one = || world.callbacks.addresses().any(|one| &one.organization == organization);
    if world.settings.callback_addresses == CallbackAddresses::One && has_one() {
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
    if removed { Ok(Json(Removed { removed: id })) } else { Err(unknown(&id)) }
}

fn check_key_setting(world: &world::World, has_key: bool) -> Result<(), Failure> {
    if has_key || world.settings.callback_keys == CallbackKeys::Optional {
        return Ok(());
    }
    Err(Failure::conflict(
        "key: the setting callback_keys asks for one. Leave key out for the world's own, or PUT /_mock/settings \
         {\"callback_keys\": \"optional\"}.",
    ))
}

fn change_address(
    account: &Arc<Account>,
    id: &str,
    change: impl FnOnce(Address, &Secrets) -> Result<Address, Failure>,
) -> Result<Json<Shown>, Failure> {
    account.try_enter(EdgeTime::read(), |world, _, _| {
        let old = world.callbacks.address(id).ok_or_else(|| unknown(id))?;
        let changed = change(old.as_ref().clone(), &world.callbacks.secrets)?;
        check_key_setting(world, changed.key.is_some())?;
        world.callbacks.change_address(changed.clone());
        Ok(Json(Shown::of(&changed, &world.callbacks)))
    })
}

impl NewAddress {
    fn row(self) -> AddressRow {
        let usual = if self.application.is_some() { Generation::Partner } else { Generation::Company };
        let generation = self.generation.unwrap_or(usual);
        let (filter, disorder) = (self.filter, self.disorder);
        AddressRow { url: self.url, key: self.key, token: self.token, generation, filter, disorder }
    }
}

fn unknown(id: &str) -> Failure {
    Failure::not_found(format!(
        "This world has no callback address {id}. GET /_mock/callbacks/addresses lists those it has."
    ))
}

fn check_key(key: Option<&str>) -> Result<(), Failure> {
    let key = key.filter(|key| !key.is_empty()).map(CallbackKey::new).transpose();
    key.map(|_| ()).map_err(|error| {
        Failure::bad_request(format!("key: {error}. Leave it out for the world's own, or say \"\" for plain messages."))
    })
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
