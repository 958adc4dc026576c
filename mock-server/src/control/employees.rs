//! `/_mock/employees`: the people of companies, and what happens to them that no call does: they ask to join and are let, and sign on
//! through their company's own system. `/_mock/auth-codes`: codes people come back with from the vendor's pages.

use axum::Json;
use serde::{Deserialize, Serialize};

use super::errors::Failure;
use super::request::{Body, Id, World};
use crate::domain::employee::{Card, Employee};
use crate::domain::identity::SaidOfPerson;
use crate::domain::ids::{OpenId, OrganizationId, UserId};
use crate::domain::refusal::Refusal;
use crate::engine::clock::EdgeTime;
use crate::engine::single_sign_on::SignOn;
use crate::engine::world;

/// An employee, as the domain knows them.
#[derive(Serialize)]
pub(super) struct Shown {
    id: UserId,
    organization: OrganizationId,
    name: String,
    mobile: String,
    verified: bool,
    asks_to_join: bool,
    left: bool,
    open_id: Option<OpenId>,
    roles: Vec<String>,
}

impl Shown {
    fn of(world: &world::World, employee: &Employee) -> Self {
        Self {
            id: employee.id.clone(),
            organization: employee.organization.clone(),
            name: employee.name.clone(),
            mobile: employee.mobile.clone(),
            verified: employee.verified,
            asks_to_join: employee.asks_to_join,
            left: !employee.is_present(),
            open_id: employee.open_id.clone(),
            roles: world.role_names(employee),
        }
    }

    fn found(world: &world::World, id: &str) -> Result<Self, Failure> {
        let employee = world.directory.employees.get(id);
        let unknown =
            || Failure::not_found(format!("This world has no employee `{id}`. GET /_mock/employees lists them."));
        employee.map(|one| Self::of(world, one)).ok_or_else(unknown)
    }
}

/// Somebody who asks to join.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asking {
    /// The first company of the world when left out.
    organization: Option<String>,
    name: String,
    mobile: String,
    #[serde(default)]
    id_card: String,
}

/// Who signs on, where.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Login {
    organization: Option<String>,
    application: String,
    open_id: String,
}

/// Whose code it is, and what it is to say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WantedCode {
    organization: Option<String>,
    #[serde(default = "yes")]
    verified: bool,
}

fn yes() -> bool {
    true
}

/// A code.
#[derive(Serialize)]
pub(super) struct Code {
    auth_code: String,
}

pub(super) async fn list(World(account): World) -> Json<Vec<Shown>> {
    Json(account.enter(EdgeTime::read(), |world, _, _| {
        world.directory.employees.iter().map(|one| Shown::of(world, one)).collect()
    }))
}

pub(super) async fn ask(World(account): World, Body(asking): Body<Asking>) -> Result<Json<Shown>, Failure> {
    account.try_enter(EdgeTime::read(), |world, now, _| {
        let company = company(world, asking.organization.as_deref())?;
        let card = Card { number: asking.id_card, ..Card::default() };
        let said = SaidOfPerson { name: asking.name, mobile: asking.mobile, card };
        let user = world.ask_to_join(&company, said, now).map_err(|refusal| explain(&refusal))?;
        Shown::found(world, user.as_str()).map(Json)
    })
}

pub(super) async fn admit(World(account): World, Id(id): Id) -> Result<Json<Shown>, Failure> {
    account.try_enter(EdgeTime::read(), |world, now, outbox| {
        Shown::found(world, &id)?;
        world.admit(&id.as_str().into(), now, outbox).map_err(|refusal| explain(&refusal))?;
        Shown::found(world, &id).map(Json)
    })
}

pub(super) async fn sign_on(World(account): World, Body(login): Body<Login>) -> Result<Json<Shown>, Failure> {
    account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let organization = company(world, login.organization.as_deref())?;
        let at = SignOn { organization: &organization, application: &login.application };
        let user = world.sign_on(at, &login.open_id, now, outbox).map_err(|refusal| explain(&refusal))?;
        Shown::found(world, user.as_str()).map(Json)
    })
}

pub(super) async fn issue_code(World(account): World, Body(wanted): Body<WantedCode>) -> Result<Json<Code>, Failure> {
    account.try_enter(EdgeTime::read(), |world, now, _| {
        let company = company(world, wanted.organization.as_deref())?;
        Ok(Json(Code { auth_code: world.issue_auth_code(&company, wanted.verified, now) }))
    })
}

fn company(world: &world::World, id: Option<&str>) -> Result<OrganizationId, Failure> {
    let organizations = &world.directory.organizations;
    let found = match id {
        Some(id) => organizations.get(id),
        None => organizations.iter().next(),
    };
    let unknown = || {
        let named = id.unwrap_or_default();
        Failure::not_found(format!(
            "This world has no organization `{named}`. GET /_mock/world lists those with a key."
        ))
    };
    found.map(|one| one.id.clone()).ok_or_else(unknown)
}

fn explain(refusal: &Refusal) -> Failure {
    let values: String = refusal.values().iter().map(|(name, value)| format!(", {name}: {value}")).collect();
    Failure::conflict(format!("The rules refuse this ({}{values}).", refusal.row()))
}
