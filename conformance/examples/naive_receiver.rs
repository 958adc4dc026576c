//! A callback receiver as many are written: it opens every message well, and believes whatever came last. The judge finds out.
//!
//!     cargo run -p ess-conformance --example naive_receiver -- 127.0.0.1:9000 KEY TOKEN
//!     ess-conformance receiver --url http://127.0.0.1:9000/callback --key KEY --token TOKEN --probe 'http://127.0.0.1:9000/state/{flow}'

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use ess_client::callback::{CallbackKey, HEADER, Message, Received, Receiver};
use serde_json::{Value, json};

struct Naive {
    receiver: Receiver,
    statuses: Mutex<HashMap<String, i64>>,
}

/// Callbacks go to `/callback`; `/state/{flow}` is the probe.
pub(crate) fn app(key: CallbackKey, token: &str) -> Router {
    let receiver = Receiver::new().with_key(key).with_token(token);
    let naive = Naive { receiver, statuses: Mutex::default() };
    Router::new().route("/callback", post(callback)).route("/state/{flow}", get(state)).with_state(Arc::new(naive))
}

async fn callback(State(naive): State<Arc<Naive>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get(HEADER).and_then(|value| value.to_str().ok());
    match naive.receiver.receive(&body, signature) {
        Ok(Received::Probe) => StatusCode::OK,
        Ok(Received::Message(message)) => {
            naive.believe(&message);
            StatusCode::OK
        }
        Err(refusal) => StatusCode::from_u16(refusal.http_status()).unwrap_or(StatusCode::BAD_REQUEST),
    }
}

impl Naive {
    /// The last message wins: a 1 that comes after a 4 undoes it.
    fn believe(&self, message: &Message) {
        let (flow, status) = (message.data()["FlowId"].as_str(), message.data()["FlowCallbackStatus"].as_i64());
        if let (Some(flow), Some(status)) = (flow, status) {
            self.statuses.lock().unwrap_or_else(PoisonError::into_inner).insert(flow.to_owned(), status);
        }
    }
}

async fn state(State(naive): State<Arc<Naive>>, Path(flow): Path<String>) -> Json<Value> {
    let statuses = naive.statuses.lock().unwrap_or_else(PoisonError::into_inner);
    Json(json!({ "status": statuses.get(&flow) }))
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
