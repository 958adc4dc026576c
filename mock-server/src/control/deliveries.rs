//! `/_mock/callbacks/deliveries`: every message, to whom it went, what was tried and what came back.

use std::sync::Arc;

use axum::Json;
use ess_client::callback::Generation;
use serde::{Deserialize, Serialize, Serializer};

use super::errors::Failure;
use super::request::{Id, Query, World};
use crate::callbacks::delivery::{Attempt, Delivery, DeliveryState, Outcome};
use crate::callbacks::payload;
use crate::domain::ids::FlowId;
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::engine::settings::Settings;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filter {
    flow: Option<String>,
    address: Option<String>,
    state: Option<State>,
    #[serde(rename = "type")]
    kind: Option<String>,
    limit: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Waiting,
    Sending,
    Delivered,
    GivenUp,
}

/// One message on its way to one address. What stands on the wire is named as on the wire.
#[derive(Serialize)]
pub(super) struct Shown {
    id: String,
    #[serde(rename = "MsgId")]
    message: String,
    #[serde(rename = "MsgType")]
    kind: String,
    flow: String,
    organization: String,
    address: Receiver,
    state: State,
    created_at: Moment,
    next_attempt_at: Option<Moment>,
    plaintext: String,
    attempts: Vec<ShownAttempt>,
}

#[derive(Serialize)]
struct Receiver {
    id: String,
    url: String,
    generation: Generation,
}

/// One POST: the HTTP status that came back, or why none did.
#[derive(Serialize)]
struct ShownAttempt {
    at: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    took_ms: u64,
}

/// Seconds since 1970; with a fraction when there is one, because retries step by half seconds.
struct Moment(Timestamp);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let millis = self.0.millis();
        if millis % 1000 == 0 {
            return serializer.serialize_i64(millis / 1000);
        }
        #[allow(clippy::cast_precision_loss, reason = "milliseconds of this era need 41 of the 53 bits")]
        serializer.serialize_f64(millis as f64 / 1000.0)
    }
}

/// The newest `limit` of those that fit, oldest first.
pub(super) async fn list(World(account): World, Query(filter): Query<Filter>) -> Json<Vec<Shown>> {
    // The JSON of the messages is written after leaving the world.
    let (mut newest, settings) = account.enter(EdgeTime::read(), |world, _, _| {
        let fitting = world.callbacks.deliveries().rev().map(|(_, one)| one).filter(|one| filter.fits(one));
        let newest: Vec<Arc<Delivery>> = fitting.take(filter.limit.unwrap_or(usize::MAX)).cloned().collect();
        (newest, world.settings.clone())
    });
    newest.reverse();
    Json(newest.iter().map(|one| shown(one, &settings)).collect())
}

/// Sends a message once more, as a delivery of its own; the log keeps both.
pub(super) async fn resend(World(account): World, Id(id): Id) -> Result<Json<Shown>, Failure> {
    let (delivery, settings) = account.try_enter(EdgeTime::read(), |world, now, _| {
        let original = world.callbacks.delivery(&id).ok_or_else(|| {
            Failure::not_found(format!(
                "This world has no delivery {id}. GET /_mock/callbacks/deliveries lists those its log still has."
            ))
        })?;
        let address = &original.address;
        if !world.callbacks.reaches(address) {
            return Err(Failure::conflict(format!(
                "Delivery {id} went to {}, an address that has been taken away. Add it again; it hears of what happens then.",
                address.url
            )));
        }
        let again = world.callbacks.resend(&id, now, &mut world.ids);
        let again = again.ok_or_else(|| Failure::defect(format!("Delivery {id} could not be sent again.")))?;
        Ok((again, world.settings.clone()))
    })?;
    Ok(Json(shown(&delivery, &settings)))
}

impl Filter {
    fn fits(&self, delivery: &Delivery) -> bool {
        let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|wanted| wanted == value);
        is(&self.flow, delivery.message.kind.flow_id().map_or("", FlowId::as_str))
            && is(&self.address, &delivery.address.id)
            && is(&self.kind, delivery.message.kind.name())
            && self.state.is_none_or(|wanted| wanted == state(delivery.state))
    }
}

pub(super) fn shown(delivery: &Delivery, settings: &Settings) -> Shown {
    let (message, address) = (&delivery.message, &delivery.address);
    let plaintext = payload::plaintext(message, address, settings);
    Shown {
        id: delivery.id.clone(),
        message: message.id.to_string(),
        kind: message.kind.name().to_owned(),
        flow: message.kind.flow_id().map(ToString::to_string).unwrap_or_default(),
        organization: message.organization.to_string(),
        address: Receiver { id: address.id.clone(), url: address.url.clone(), generation: address.generation },
        state: state(delivery.state),
        created_at: Moment(delivery.created_at),
        next_attempt_at: match delivery.state {
            DeliveryState::Waiting(at) => Some(Moment(at)),
            DeliveryState::Sending | DeliveryState::Delivered | DeliveryState::GivenUp => None,
        },
        plaintext: String::from_utf8_lossy(&plaintext).into_owned(),
        attempts: delivery.attempts.iter().map(attempt).collect(),
    }
}

fn attempt(attempt: &Attempt) -> ShownAttempt {
    let (status, error) = match &attempt.outcome {
        Outcome::Answered(status) => (Some(*status), None),
        Outcome::Silence => (None, Some("no answer within the time-out".to_owned())),
        Outcome::Unreachable(why) => (None, Some(why.clone())),
    };
    let took_ms = u64::try_from(attempt.took.as_millis()).unwrap_or(u64::MAX);
    ShownAttempt { at: Moment(attempt.at), status, error, took_ms }
}

fn state(state: DeliveryState) -> State {
    match state {
        DeliveryState::Waiting(_) => State::Waiting,
        DeliveryState::Sending => State::Sending,
        DeliveryState::Delivered => State::Delivered,
        DeliveryState::GivenUp => State::GivenUp,
    }
}
