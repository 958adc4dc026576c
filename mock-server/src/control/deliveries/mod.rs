//! `/_mock/callbacks/deliveries`: every message, to whom it went, what was tried and what came back.

mod filter;
mod shown;

use std::sync::Arc;

use axum::Json;
use serde::Serialize;

use self::filter::Filter;
pub(super) use self::shown::Shown;
use super::errors::Failure;
use super::request::{Body, Id, Query, World};
use crate::callbacks::delivery::Delivery;
use crate::engine::clock::EdgeTime;
use crate::engine::settings::Settings;

/// What came of sending several once more.
#[derive(Serialize)]
pub(super) struct Resent {
    resent: Vec<Again>,
    skipped: Vec<Skipped>,
}

#[derive(Serialize)]
struct Again {
    id: String,
    of: String,
}

#[derive(Serialize)]
struct Skipped {
    id: String,
    why: String,
}

/// Those that fit, oldest first: the newest `limit` of them, or the first `limit` after a cursor.
pub(super) async fn list(World(account): World, Query(filter): Query<Filter>) -> Result<Json<Vec<Shown>>, Failure> {
    // The JSON of the messages is written after leaving the world.
    let (found, settings) = account.try_enter(EdgeTime::read(), |world, _, _| {
        Ok::<_, Failure>((filter.find(&world.callbacks)?, world.settings.clone()))
    })?;
    let requests = filter.shows_requests();
    Ok(Json(found.iter().map(|(_, one)| Shown::of(one, &settings, requests)).collect()))
}

/// One delivery, with the bytes of every attempt.
pub(super) async fn show(World(account): World, Id(id): Id) -> Result<Json<Shown>, Failure> {
    let (delivery, settings) = account.try_enter(EdgeTime::read(), |world, _, _| {
        let (_, delivery) = world.callbacks.delivery(&id).ok_or_else(|| unknown(&id))?;
        Ok::<_, Failure>((delivery.clone(), world.settings.clone()))
    })?;
    Ok(Json(Shown::of(&delivery, &settings, true)))
}

/// Sends a message once more, as a delivery of its own; the log keeps both.
pub(super) async fn resend(World(account): World, Id(id): Id) -> Result<Json<Shown>, Failure> {
    let (delivery, settings) = account.try_enter(EdgeTime::read(), |world, now, _| {
        let (number, original) = world.callbacks.delivery(&id).ok_or_else(|| unknown(&id))?;
        let gone = Failure::conflict(format!("Delivery {id}: {}", address_gone(original)));
        let again = world.callbacks.resend(number, now, &mut world.ids, &mut world.timers).ok_or(gone)?;
        Ok::<_, Failure>((again, world.settings.clone()))
    })?;
    Ok(Json(Shown::of(&delivery, &settings, false)))
}

/// Sends every message once more that fits, oldest first. Those whose address has gone are named.
pub(super) async fn resend_range(World(account): World, Body(filter): Body<Filter>) -> Result<Json<Resent>, Failure> {
    account.try_enter(EdgeTime::read(), |world, now, _| {
        let (mut resent, mut skipped) = (Vec::new(), Vec::new());
        for (number, original) in filter.find(&world.callbacks)? {
            let of = original.id.clone();
            match world.callbacks.resend(number, now, &mut world.ids, &mut world.timers) {
                Some(again) => resent.push(Again { id: again.id.clone(), of }),
                None => skipped.push(Skipped { id: of, why: address_gone(&original) }),
            }
        }
        Ok(Json(Resent { resent, skipped }))
    })
}

/// A delivery as it is shown, without the bytes of its attempts.
pub(super) fn shown(delivery: &Delivery, settings: &Settings) -> Shown {
    Shown::of(delivery, settings, false)
}

fn unknown(id: &str) -> Failure {
    Failure::not_found(format!(
        "This world has no delivery {id}. GET /_mock/callbacks/deliveries lists those its log still has."
    ))
}

fn address_gone(delivery: &Arc<Delivery>) -> String {
    let url = &delivery.address.url;
    format!("It went to {url}, an address that has been taken away. Add it again; it hears of what happens then.")
}
