//! `/_mock/worlds`: which worlds there are, and one more. Parallel test jobs take a world each.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::Control;
use super::errors::Failure;
use super::request::Body;
use super::world::{Values, values};
use crate::engine::clock::EdgeTime;

/// How many worlds a server holds. A world at rest costs tens of kilobytes, and whoever needs more forgot to share.
const WORLDS_KEPT: usize = 10_000;

#[derive(Serialize)]
pub(super) struct Row {
    alias: String,
    now: i64,
    mode: &'static str,
}

pub(super) async fn list(State(control): State<Arc<Control>>) -> Json<Vec<Row>> {
    let edge = EdgeTime::read();
    let rows = control.registry.accounts().into_iter().map(|account| {
        let pulse = account.pulse(edge);
        Row { alias: account.alias.to_string(), now: pulse.now.seconds(), mode: pulse.clock.mode() }
    });
    Json(rows.collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewWorld {
    from: Option<String>,
}

/// A new world holds what the first one started with, under keys of its own.
pub(super) async fn add(
    State(control): State<Arc<Control>>,
    Body(new): Body<NewWorld>,
) -> Result<Json<Values>, Failure> {
    let registry = &control.registry;
    let plan = registry.file().alias.as_str();
    if let Some(from) = new.from.filter(|from| from != plan) {
        return Err(Failure::not_found(format!(
            "from: there is nothing called `{from}` to make a world from. Say `{plan}`, or leave it out."
        )));
    }
    if registry.accounts().len() >= WORLDS_KEPT {
        return Err(Failure::conflict(format!(
            "This server holds {WORLDS_KEPT} worlds, and no more fit. Reset and use one of them, or start the server anew."
        )));
    }
    let account = registry.add_world();
    Ok(Json(values(registry, &account)))
}
