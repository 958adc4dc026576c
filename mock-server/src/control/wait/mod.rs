//! `POST /_mock/wait`: waits until a contract has a status, or until callbacks were delivered, for as long as a test likes.
//!
//! The time-out is real time: under a clock that stands still somebody else must move it meanwhile. Nothing is polled, and
//! nothing locked: whatever changes the world, or takes down what came of a callback, has the waiting look again.

mod callback;
mod status;

use std::time::Duration;

use axum::Json;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::deliveries;
use super::errors::Failure;
use super::flows;
use super::request::{Body, World};
use crate::engine::clock::EdgeTime;
use crate::engine::world;
use crate::span;
use callback::Callback;

/// How long it waits when nothing is said.
const USUAL: &str = "10s";
/// The longest it waits: connections are not held for ever.
const LONGEST: Duration = Duration::from_secs(600);

/// A contract with a status, or callbacks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    flow: Option<String>,
    /// The vendor's number, or our word.
    status: Option<Value>,
    callback: Option<Callback>,
    timeout: Option<String>,
}

/// What was waited for.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Seen {
    Flow(Box<flows::Shown>),
    Callbacks(Vec<deliveries::Shown>),
}

pub(super) async fn wait(World(account): World, Body(wish): Body<Wish>) -> Result<Json<Seen>, Failure> {
    let span = wish.timeout.as_deref().unwrap_or(USUAL);
    let patience = patience(span)?;
    // What is due by now happens first.
    account.enter(EdgeTime::read(), |_, _, _| ());
    match (wish.flow, wish.status, wish.callback) {
        (Some(flow), Some(status), None) => {
            let wanted = status::status_of(&status)?;
            let look = |world: &world::World| status::look_at(world, &flow, wanted);
            match tokio::time::timeout(patience, account.until(look)).await {
                Ok(seen) => seen.map(|flow| Json(Seen::Flow(Box::new(flows::Shown::from(flow.as_ref()))))),
                Err(_) => Err(account.look(|world| status::late(world, span, &flow, wanted))),
            }
        }
        (None, None, Some(callback)) => {
            callback.check()?;
            let mut attempts = None;
            let look = |world: &world::World| {
                // The log is read anew only when something in it has come to its end.
                let recorded = Some(world.callbacks.attempts_recorded());
                if attempts == recorded {
                    return None;
                }
                attempts = recorded;
                let delivered = callback.delivered(world);
                (delivered.len() >= callback.wanted()).then(|| (delivered, world.settings.clone()))
            };
            match tokio::time::timeout(patience, account.until(look)).await {
                Ok((delivered, settings)) => {
                    let shown = delivered.iter().map(|one| deliveries::shown(one, &settings));
                    Ok(Json(Seen::Callbacks(shown.collect())))
                }
                Err(_) => Err(account.look(|world| callback.late(world, span))),
            }
        }
        _ => Err(Failure::bad_request(
            "The body must say either which status of which contract is waited for, {\"flow\": \"<FlowId>\", \"status\": 4}, \
             or which callback, {\"callback\": {\"MsgType\": \"FlowStatusChange\", \"Operate\": \"finish\"}}.",
        )),
    }
}

fn patience(text: &str) -> Result<Duration, Failure> {
    let span = span::parse(text).filter(|span| *span <= LONGEST);
    span.ok_or_else(|| {
        Failure::bad_request(format!(
            "timeout: {text:?} is no span of ten minutes at most. Expected {}. It is real time, whatever the world's clock does.",
            "whole numbers with m, s or ms, such as \"10s\", \"1m30s\" or \"500ms\""
        ))
    })
}
