//! `/_mock/faults`: which calls fail on purpose.

use axum::Json;
use serde::Serialize;

use super::errors::Failure;
use super::request::{Body, Id, World};
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::faults::magic::{Row, TABLE};
use crate::faults::rule::Rule;
use crate::faults::{MountedRule, Standing};

/// A rule as it is shown: as it was given, with its id, and what came of it.
#[derive(Serialize)]
pub(super) struct Shown {
    #[serde(flatten)]
    rule: Rule,
    state: &'static str,
    /// Calls it was for, as far as no rule before it struck them.
    seen: u64,
    struck: u64,
    /// Seconds since 1970.
    expires_at: Option<i64>,
}

impl Shown {
    fn of(mounted: &MountedRule, now: Timestamp) -> Self {
        let state = match mounted.standing(now) {
            Standing::Live => "live",
            Standing::Spent => "spent",
            Standing::Expired => "expired",
        };
        Self {
            rule: Rule { id: Some(mounted.id.to_string()), ..mounted.rule.clone() },
            state,
            seen: mounted.seen,
            struck: mounted.struck,
            expires_at: mounted.expires_at.map(Timestamp::seconds),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Removed {
    removed: String,
}

#[derive(Serialize)]
pub(super) struct Cleared {
    removed: usize,
}

pub(super) async fn list(World(account): World) -> Json<Vec<Shown>> {
    Json(
        account.enter(EdgeTime::read(), |world, now, _| world.faults.iter().map(|rule| Shown::of(rule, now)).collect()),
    )
}

/// Adds a rule behind the others.
pub(super) async fn add(World(account): World, Body(rule): Body<Rule>) -> Result<Json<Shown>, Failure> {
    account.try_enter(EdgeTime::read(), |world, now, _| {
        let mounted = world.mount_fault(rule, now).map_err(|what| Failure::bad_request(format!("{what}.")))?;
        Ok(Json(Shown::of(mounted, now)))
    })
}

pub(super) async fn show(World(account): World, Id(id): Id) -> Result<Json<Shown>, Failure> {
    let shown = account.enter(EdgeTime::read(), |world, now, _| world.faults.get(&id).map(|rule| Shown::of(rule, now)));
    shown.map(Json).ok_or_else(|| unknown(&id))
}

/// Takes a rule away.
pub(super) async fn remove(World(account): World, Id(id): Id) -> Result<Json<Removed>, Failure> {
    if account.enter(EdgeTime::read(), |world, _, _| world.faults.remove(&id)) {
        Ok(Json(Removed { removed: id }))
    } else {
        Err(unknown(&id))
    }
}

/// Takes every rule away.
pub(super) async fn clear(World(account): World) -> Json<Cleared> {
    Json(Cleared { removed: account.enter(EdgeTime::read(), |world, _, _| world.faults.clear()) })
}

/// The inputs that need no rule.
pub(super) async fn magic() -> Json<&'static [Row]> {
    Json(&TABLE)
}

fn unknown(id: &str) -> Failure {
    Failure::not_found(format!("This world has no fault rule {id}. GET /_mock/faults lists those it has."))
}
