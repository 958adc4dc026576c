//! `/_mock/seals` and `POST /_mock/flows/{id}/apply-for-seal`: what the vendor's console does with seals, and its people, who look
//! at uploaded ones.

use std::sync::Arc;

use axum::Json;
use serde::{Deserialize, Serialize};

use super::acts::{Act, find};
use super::errors::Failure;
use super::flows::unknown as unknown_flow;
use super::request::{Body, Id, World};
use super::words;
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;
use crate::domain::seal::{Seal, SealChange, SealWorkflow};
use crate::engine::clock::EdgeTime;
use crate::engine::world::World as EngineWorld;

/// A seal, as the domain knows it.
#[derive(Serialize)]
pub(super) struct Shown {
    id: String,
    organization: String,
    name: String,
    kind: &'static str,
    /// As the wire has it: CHECKING, SUCCESS, FAIL, DISABLE, ...
    status: &'static str,
    fail_reason: String,
    creator: Option<UserId>,
    created_at: String,
    grants: Vec<ShownGrant>,
}

#[derive(Serialize)]
struct ShownGrant {
    id: String,
    user: UserId,
    until: String,
    flows: Vec<String>,
}

impl From<&Seal> for Shown {
    fn from(seal: &Seal) -> Self {
        let grants = seal.grants.iter().map(|grant| ShownGrant {
            id: grant.id.clone(),
            user: grant.user.clone(),
            until: grant.until.to_string(),
            flows: grant.flows.iter().map(ToString::to_string).collect(),
        });
        Self {
            id: seal.id.to_string(),
            organization: seal.organization.to_string(),
            name: seal.name.clone(),
            kind: seal.kind.wire(),
            status: seal.status.wire(),
            fail_reason: seal.fail_reason.clone(),
            creator: seal.creator.clone(),
            created_at: seal.created_at.to_string(),
            grants: grants.collect(),
        }
    }
}

/// What somebody who looked at a seal says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Review {
    /// Whether it passes; it does when left out.
    #[serde(default = "yes")]
    pass: bool,
    /// Why it does not.
    reason: Option<String>,
}

fn yes() -> bool {
    true
}

pub(super) async fn list(World(account): World) -> Json<Vec<Shown>> {
    let seals: Vec<Arc<Seal>> =
        account.enter(EdgeTime::read(), |world, _, _| world.directory.seals.iter().cloned().collect());
    Json(seals.iter().map(|seal| Shown::from(seal.as_ref())).collect())
}

pub(super) async fn show(World(account): World, Id(id): Id) -> Result<Json<Shown>, Failure> {
    account.try_enter(EdgeTime::read(), |world, _, _| found(world, &id)).map(|seal| Json(Shown::from(seal.as_ref())))
}

pub(super) async fn remove(World(account): World, Id(id): Id) -> Result<Json<Shown>, Failure> {
    account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let seal = found(world, &id)?;
        world.delete_seal(&id, now, outbox).map_err(|refusal| explain(&refusal, &seal))?;
        Ok(Json(Shown::from(seal.as_ref())))
    })
}

pub(super) async fn review(world: World, id: Id, Body(review): Body<Review>) -> Result<Json<Shown>, Failure> {
    let reason = match (review.pass, review.reason) {
        (true, None) => None,
        (true, Some(_)) => return Err(Failure::bad_request("reason: only a seal that does not pass has one.")),
        (false, reason) => Some(reason.unwrap_or_else(|| "印章图片不符合要求".to_owned())),
    };
    changed(&world, &id, |seal| seal.review(reason.as_deref()))
}

pub(super) async fn enable(world: World, id: Id) -> Result<Json<Shown>, Failure> {
    changed(&world, &id, |seal| Ok(vec![seal.enable()?]))
}

pub(super) async fn disable(world: World, id: Id) -> Result<Json<Shown>, Failure> {
    changed(&world, &id, |seal| Ok(vec![seal.disable()?]))
}

fn changed(
    World(account): &World,
    Id(id): &Id,
    rule: impl FnOnce(&mut Seal) -> Result<Vec<SealChange>, Refusal>,
) -> Result<Json<Shown>, Failure> {
    account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let seal = found(world, id)?;
        let after = world.change_seal(&seal.organization.clone(), id, None, (now, outbox), rule);
        after.map(|seal| Json(Shown::from(seal.as_ref()))).map_err(|refusal| explain(&refusal, &seal))
    })
}

/// A signer who may not use their company's seal asks an administrator for it.
pub(super) async fn apply(
    World(account): World,
    Id(id): Id,
    Body(act): Body<Act>,
) -> Result<Json<SealWorkflow>, Failure> {
    account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let flow = world.flows.get(id.as_str()).cloned().ok_or_else(|| unknown_flow(&id))?;
        let recipient = find(&flow, act.approver.as_ref())?.recipient.clone();
        let workflow = world.apply_for_seal(&flow, &recipient, now, outbox);
        workflow.map(|one| Json(one.as_ref().clone())).map_err(|refusal| words::explain(&refusal, &flow))
    })
}

fn found(world: &EngineWorld, id: &str) -> Result<Arc<Seal>, Failure> {
    let seal = world.directory.seals.get(id).cloned();
    seal.ok_or_else(|| Failure::not_found(format!("This world has no seal `{id}`. GET /_mock/seals lists them.")))
}

fn explain(refusal: &Refusal, seal: &Seal) -> Failure {
    let (id, status) = (&seal.id, seal.status.wire());
    Failure::conflict(format!("Seal {id} refuses this ({}): its status is {status}.", refusal.row()))
}
