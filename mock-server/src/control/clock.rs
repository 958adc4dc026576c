//! `/_mock/clock`: look at a world's time and move it.
//!
//! Moves are exact ([`crate::engine::advance`]): when the answer comes, everything due on the way has happened and every
//! callback sent on the way has its outcome. A live world's clock is never set back.

use std::sync::Arc;

use axum::Json;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::errors::Failure;
use super::request::{Body, World};
use crate::domain::time::Timestamp;
use crate::engine::account::Account;
use crate::engine::advance::{Advanced, Target, advance, change_clock};
use crate::engine::clock::{Clock, EdgeTime};
use crate::span;

/// Exactly one of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    advance: Option<Value>,
    freeze: Option<Value>,
    set: Option<Value>,
    run: Option<Value>,
}

/// What a change answers: what happened on the way, or how the clock stands.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Changed {
    Moved { now: i64, fired: u64, delivered: u64, settled: bool },
    Stands { now: i64, mode: &'static str },
}

pub(super) async fn show(World(account): World) -> Json<Changed> {
    Json(standing(&account))
}

pub(super) async fn change(World(account): World, Body(change): Body<Change>) -> Result<Json<Changed>, Failure> {
    let changed = match (change.advance, change.freeze, change.set, change.run) {
        (Some(span), None, None, None) => go(account, target(&span)?).await?,
        (None, None, Some(moment), None) => {
            let target = moment_after(&moment, account.pulse(EdgeTime::read()).now)?;
            go(account, Target::To(target)).await?
        }
        (None, Some(Value::Bool(true)), None, None) => {
            change_clock(&account, |_, now, _| Clock::Frozen(now)).await;
            standing(&account)
        }
        (None, None, None, Some(Value::Bool(true))) => {
            change_clock(&account, running).await;
            standing(&account)
        }
        _ => {
            return Err(Failure::bad_request(
                "The body must say exactly one of {\"advance\": \"30m\"}, {\"advance\": \"next\"}, {\"freeze\": true}, \
                 {\"set\": \"2027-01-01T00:00:00+08:00\"} and {\"run\": true}.",
            ));
        }
    };
    Ok(Json(changed))
}

fn standing(account: &Arc<Account>) -> Changed {
    let pulse = account.pulse(EdgeTime::read());
    Changed::Stands { now: pulse.now.seconds(), mode: pulse.clock.mode() }
}

/// A frozen clock goes on from where it stands; a running one just goes on.
fn running(clock: Clock, now: Timestamp, edge: EdgeTime) -> Clock {
    match clock {
        Clock::Frozen(_) => Clock::Real.continuing_from(now, edge),
        Clock::Real | Clock::Shifted(_) => clock,
    }
}

/// In a task of its own: a client that loses patience does not leave its world half way.
async fn go(account: Arc<Account>, target: Target) -> Result<Changed, Failure> {
    let moved = tokio::spawn(async move { advance(&account, target).await }).await;
    let Advanced { now, fired, delivered, settled } =
        moved.map_err(|error| Failure::defect(format!("Moving the clock failed: {error}.")))?;
    Ok(Changed::Moved { now: now.seconds(), fired, delivered, settled })
}

fn target(span: &Value) -> Result<Target, Failure> {
    let refuse =
        || Failure::bad_request(format!("advance: {span} is no span. Expected {}, or \"next\".", span::EXPECTED));
    let text = span.as_str().ok_or_else(refuse)?;
    if text == "next" {
        return Ok(Target::NextTimer);
    }
    span::parse(text).map(Target::By).ok_or_else(refuse)
}

fn moment_after(moment: &Value, now: Timestamp) -> Result<Timestamp, Failure> {
    let parsed = moment.as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok());
    let target = parsed.map(|at| Timestamp::from_millis(at.as_millisecond())).ok_or_else(|| {
        Failure::bad_request(format!(
            "set: {moment} is no moment. Expected RFC 3339 with its offset, such as \"2027-01-01T00:00:00+08:00\"."
        ))
    })?;
    if target < now {
        return Err(Failure::conflict(format!(
            "set: it is {now} in this world already, and {target} has passed. A world that lives is never set back: make a \
             new one (POST /_mock/worlds), go back to the beginning (POST /_mock/reset), or start the server with \
             --clock frozen={target}."
        )));
    }
    Ok(target)
}
