//! `/_mock/callbacks/disorder`: how callbacks come, for a whole world or for single contracts.

use std::sync::Arc;

use axum::Json;
use serde::{Deserialize, Serialize};

use super::errors::Failure;
use super::request::{Body, World};
use crate::callbacks::desk::Desk;
use crate::callbacks::disorder::Disorder;
use crate::engine::clock::EdgeTime;

/// Every policy but those of addresses.
#[derive(Serialize)]
pub(super) struct Shown {
    /// How callbacks come to addresses that say nothing about it themselves.
    world: Arc<Disorder>,
    /// Contracts whose callbacks come in a way of their own, wherever they go.
    flows: Vec<OfFlow>,
}

#[derive(Serialize)]
struct OfFlow {
    flow: String,
    disorder: Arc<Disorder>,
}

/// A policy for a contract, or for the world.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPolicy {
    /// The contract; the whole world when left out.
    flow: Option<String>,
    /// `null`: as everything else.
    disorder: Option<Disorder>,
}

pub(super) async fn show(World(account): World) -> Json<Shown> {
    Json(account.enter(EdgeTime::read(), |world, _, _| shown(&world.callbacks)))
}

/// Sets or takes back a policy, for messages made from now on.
pub(super) async fn change(World(account): World, Body(new): Body<NewPolicy>) -> Result<Json<Shown>, Failure> {
    account.try_enter(EdgeTime::read(), |world, _, _| {
        match new.flow {
            None => world.callbacks.set_disorder(new.disorder.unwrap_or_default()),
            Some(flow) => {
                let known = world.flows.get(flow.as_str()).map(|one| one.id.clone());
                let flow = known.ok_or_else(|| {
                    Failure::bad_request(format!(
                        "flow: this world has no contract {flow}. GET /_mock/flows lists them."
                    ))
                })?;
                world.callbacks.set_disorder_of_flow(flow, new.disorder);
            }
        }
        Ok(Json(shown(&world.callbacks)))
    })
}

fn shown(desk: &Desk) -> Shown {
    let of_flow = desk.disorder_by_flow();
    let flows = of_flow.map(|(flow, policy)| OfFlow { flow: flow.to_string(), disorder: policy.clone() }).collect();
    Shown { world: desk.disorder().clone(), flows }
}
