//! A delivery as it is shown. What stands on the wire is named as on the wire.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ess_client::callback::Generation;
use serde::{Serialize, Serializer};

use super::filter::State;
use crate::callbacks::delivery::{Attempt, Delivery, DeliveryState, Outcome};
use crate::callbacks::message::Operate;
use crate::callbacks::payload;
use crate::callbacks::transmission::Transmission;
use crate::domain::time::Timestamp;
use crate::engine::settings::Settings;

/// One message on its way to one address.
#[derive(Serialize)]
pub(in super::super) struct Shown {
    id: String,
    #[serde(rename = "MsgId")]
    message: String,
    #[serde(rename = "MsgType")]
    kind: String,
    #[serde(rename = "Operate", skip_serializing_if = "Option::is_none")]
    operate: Option<Operate>,
    flow: String,
    organization: String,
    address: Receiver,
    state: State,
    /// Which copy it is, when a policy sends several.
    #[serde(skip_serializing_if = "is_first")]
    copy: u8,
    /// What holds it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_by: Option<&'static str>,
    /// Why it is never sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    lost_because: Option<String>,
    created_at: Moment,
    /// While it is held back, the latest moment.
    next_attempt_at: Option<Moment>,
    plaintext: String,
    attempts: Vec<ShownAttempt>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_first(copy: &u8) -> bool {
    *copy == 0
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
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<SentRequest>,
}

/// What was sent, byte for byte.
#[derive(Serialize)]
struct SentRequest {
    method: String,
    url: String,
    headers: Vec<(&'static str, String)>,
    #[serde(flatten)]
    body: SentBody,
}

/// As text where the bytes are some.
#[derive(Serialize)]
enum SentBody {
    #[serde(rename = "body")]
    Text(String),
    #[serde(rename = "body_base64")]
    Bytes(String),
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

impl Shown {
    pub(super) fn of(delivery: &Delivery, settings: &Settings, requests: bool) -> Self {
        let (message, address) = (&delivery.message, &delivery.address);
        let plaintext = payload::plaintext(message, address, settings);
        let held = matches!(delivery.state, DeliveryState::Held(_));
        Self {
            id: delivery.id.clone(),
            message: message.id.to_string(),
            kind: message.kind.name().to_owned(),
            operate: message.kind.operate(),
            flow: message.kind.flow_id().map(ToString::to_string).unwrap_or_default(),
            organization: message.organization.to_string(),
            address: Receiver { id: address.id.clone(), url: address.url.clone(), generation: address.generation },
            state: delivery.state.into(),
            copy: delivery.fate.copy,
            held_by: delivery.fate.stages.first().filter(|_| held).map(|stage| stage.name()),
            lost_because: delivery.fate.lost.clone(),
            created_at: Moment(delivery.created_at),
            next_attempt_at: match delivery.state {
                DeliveryState::Held(at) | DeliveryState::Waiting(at) => Some(Moment(at)),
                DeliveryState::Sending
                | DeliveryState::Delivered
                | DeliveryState::GivenUp
                | DeliveryState::Lost
                | DeliveryState::Dropped => None,
            },
            plaintext: String::from_utf8_lossy(&plaintext).into_owned(),
            attempts: delivery
                .attempts
                .iter()
                .map(|one| ShownAttempt::of(one, requests.then(|| request(delivery, one, settings)).flatten()))
                .collect(),
        }
    }
}

/// The bytes of an attempt: they are a function of the delivery, the address as it was then, and the settings, so they are
/// not kept but made again. `None` when nothing was sent.
fn request(delivery: &Delivery, attempt: &Attempt, settings: &Settings) -> Option<SentRequest> {
    if attempt.outcome == Outcome::Lost {
        return None;
    }
    let then = Delivery { address: attempt.address.clone(), attempts: Vec::new(), ..delivery.clone() };
    // The same words stand as the attempt's outcome when nothing could be sent.
    let Transmission { method, headers, body, .. } = Transmission::of(&then, settings).ok()?;
    let body = match String::from_utf8(body.to_vec()) {
        Ok(text) => SentBody::Text(text),
        Err(error) => SentBody::Bytes(BASE64_STANDARD.encode(error.as_bytes())),
    };
    Some(SentRequest { method: method.to_string(), url: attempt.address.url.clone(), headers, body })
}

impl ShownAttempt {
    fn of(attempt: &Attempt, request: Option<SentRequest>) -> Self {
        let (status, error) = match &attempt.outcome {
            Outcome::Answered(status) => (Some(*status), None),
            Outcome::Silence => (None, Some("no answer within the time-out".to_owned())),
            Outcome::Unreachable(why) => (None, Some(why.clone())),
            Outcome::Lost => (None, Some("not sent: the disorder policy loses this attempt".to_owned())),
            Outcome::AnswerLost(status) => {
                (Some(*status), Some("counts as no answer: the disorder policy loses it".to_owned()))
            }
        };
        let took_ms = u64::try_from(attempt.took.as_millis()).unwrap_or(u64::MAX);
        Self { at: Moment(attempt.at), status, error, took_ms, request }
    }
}
