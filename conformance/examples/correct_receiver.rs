//! A callback receiver that keeps every rule, as small as it can be.
//!
//!     cargo run -p ess-conformance --example correct_receiver -- 127.0.0.1:9000 KEY TOKEN
//!     ess-conformance receiver --url http://127.0.0.1:9000/callback --key KEY --token TOKEN --probe 'http://127.0.0.1:9000/state/{flow}'
//!
//! Four things make it right. The first is [`Receiver`]'s work: only what is signed and opens is believed. The next two are [`FlowTracker`]'s: a message
//! counts once, and no message takes a contract back. The last is here: what is not understood is answered 200.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use ess_client::callback::{CallbackKey, HEADER, Message, Received, Receiver};
use ess_client::tracker::{FlowTracker, Folded};
use serde_json::{Value, json};

struct Correct {
    receiver: Receiver,
    known: Mutex<Known>,
}

/// A real receiver has this in a database, and changes it in one transaction.
#[derive(Default)]
struct Known {
    tracker: FlowTracker,
    /// How many messages told of a contract; a receiver's mails, bookings and the like belong where this is counted.
    messages: HashMap<String, usize>,
}

/// Callbacks go to `/callback`; `/state/{flow}` is the probe.
pub(crate) fn app(key: CallbackKey, token: &str) -> Router {
    let receiver = Receiver::new().with_key(key).with_token(token);
    let correct = Correct { receiver, known: Mutex::default() };
    Router::new().route("/callback", post(callback)).route("/state/{flow}", get(state)).with_state(Arc::new(correct))
}

async fn callback(State(correct): State<Arc<Correct>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get(HEADER).and_then(|value| value.to_str().ok());
    match correct.receiver.receive(&body, signature) {
        Ok(Received::Probe) => StatusCode::OK,
        Ok(Received::Message(message)) => {
            correct.known().take(&message);
            StatusCode::OK
        }
        Err(refusal) => StatusCode::from_u16(refusal.http_status()).unwrap_or(StatusCode::BAD_REQUEST),
    }
}

async fn state(State(correct): State<Arc<Correct>>, Path(flow): Path<String>) -> Json<Value> {
    let known = correct.known();
    let status = known.tracker.flow(&flow).and_then(|flow| flow.status.code());
    Json(json!({ "status": status, "messages": known.messages.get(&flow).unwrap_or(&0) }))
}

impl Correct {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn take(&mut self, message: &Message) {
        match self.tracker.fold(message) {
            Ok(Folded { repeated: false, change: Some(change) }) => {
                *self.messages.entry(change.flow_id).or_default() += 1;
            }
            // It came before, or is about something else: charges, seals, staff, types of tomorrow.
            Ok(_) => (),
            // It is authentic, so an error would not mend it: somebody has to look at it, and the contract has to be asked for.
            Err(misshapen) => tracing::warn!(%misshapen, message = message.plaintext(), "kept as it came"),
        }
    }
}

#[tokio::main]
#[allow(dead_code, reason = "tests take the app alone")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(address), Some(key), Some(token)) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("expected ADDRESS KEY TOKEN, such as 127.0.0.1:9000 TencentEssEncryptTestKey12345678 token".into());
    };
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, app(CallbackKey::new(&key)?, &token)).await?;
    Ok(())
}
