//! `POST /_mock/reset`: a world, or every world, as it was made: contents, clock, ids. Keys stay as they are.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::Control;
use super::errors::Failure;
use super::request::{Body, World};
use crate::engine::clock::EdgeTime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    #[serde(default)]
    all: bool,
}

#[derive(Serialize)]
pub(super) struct Done {
    /// The aliases of the worlds that were reset.
    reset: Vec<String>,
}

pub(super) async fn reset(
    State(control): State<Arc<Control>>,
    World(account): World,
    Body(which): Body<Which>,
) -> Result<Json<Done>, Failure> {
    let accounts = if which.all { control.registry.accounts() } else { vec![account] };
    let edge = EdgeTime::read();
    for account in &accounts {
        account.reset(edge);
    }
    Ok(Json(Done { reset: accounts.iter().map(|account| account.alias.to_string()).collect() }))
}
