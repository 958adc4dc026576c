//! Where callbacks come to: one server for all cases, a mailbox for each world.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::any;
use ess_client::callback::{CallbackKey, Received, Receiver};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

use crate::suite::step::ReceiverAnswer;

/// What every message is signed with.
const TOKEN: &str = "ess-conformance-token";
/// The longest body that is taken.
const LONGEST: usize = 4 * 1024 * 1024;
/// No mailbox keeps more.
const MOST_KEPT: usize = 10_000;

/// A mailbox by the name in its address.
type Shelves = Arc<Mutex<HashMap<String, Arc<Shelf>>>>;

/// The server.
pub struct Inbox {
    url: String,
    boxes: Shelves,
    /// Takes what is for no box.
    rest: Arc<OnceLock<Arc<Shelf>>>,
    serving: tokio::task::JoinHandle<()>,
}

/// Where the messages of one world come to.
#[derive(Clone)]
pub struct Mailbox {
    url: String,
    shelf: Arc<Shelf>,
    /// Earlier messages are for others.
    since: usize,
}

/// Opens messages of a platform that has keys of its own.
pub struct Opener(Receiver);

impl Opener {
    /// By the key and the token that were registered for callbacks; messages may come without encryption or signature where one is empty.
    ///
    /// # Errors
    /// The key is none.
    pub fn new(key: &str, token: &str) -> Result<Self, String> {
        let mut receiver = Receiver::new();
        if !key.is_empty() {
            receiver = receiver.with_key(CallbackKey::new(key).map_err(|error| format!("the callback key: {error}"))?);
        }
        Ok(Self(if token.is_empty() { receiver } else { receiver.with_token(token) }))
    }
}

struct Shelf {
    key: String,
    receiver: Receiver,
    state: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    arrived: Vec<Value>,
    answers: VecDeque<ReceiverAnswer>,
}

impl Inbox {
    /// Listens on a free port of this machine, or there.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start(address: SocketAddr, public_url: Option<String>) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let url = public_url.unwrap_or(format!("http://{}", listener.local_addr()?));
        let boxes = Shelves::default();
        let rest: Arc<OnceLock<Arc<Shelf>>> = Arc::default();
        let router = Router::new()
            .route("/callback/{box}", any(take))
            .with_state(boxes.clone())
            .fallback(any(take_rest).with_state(rest.clone()))
            .layer(axum::extract::DefaultBodyLimit::max(LONGEST));
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the receiver of callbacks ended");
            }
        });
        Ok(Self { url, boxes, rest, serving })
    }

    /// A mailbox for whatever comes to any other path, opened by the platform's own keys. The first one stays.
    pub fn everything(&mut self, opener: Opener) -> Mailbox {
        let shelf = Arc::new(Shelf { key: String::new(), receiver: opener.0, state: Mutex::default() });
        let shelf = self.rest.get_or_init(|| shelf).clone();
        Mailbox { url: self.url.clone(), shelf, since: 0 }
    }

    /// A mailbox with a key of its own.
    pub fn open(&self, number: usize) -> Mailbox {
        let digest = hex(&Sha256::digest(format!("ess-conformance {number}")));
        let name = digest[32..].to_owned();
        let key = digest[..32].to_owned();
        // Thirty-two characters are a key.
        let receiver = CallbackKey::new(&key).map_or_else(|_| Receiver::new(), |key| Receiver::new().with_key(key));
        let shelf = Arc::new(Shelf { key, receiver: receiver.with_token(TOKEN), state: Mutex::default() });
        self.boxes.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone(), shelf.clone());
        Mailbox { url: format!("{}/callback/{name}", self.url), shelf, since: 0 }
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Mailbox {
    /// What the platform is told: URL, key and token.
    pub fn address(&self) -> Value {
        json!({"url": self.url, "key": self.shelf.key, "token": TOKEN, "generation": "company"})
    }

    /// Everything that arrived, oldest first: the message, and how it came under `Wire`.
    pub fn arrived(&self) -> Vec<Value> {
        let state = self.shelf.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.arrived.get(self.since..).unwrap_or_default().to_vec()
    }

    /// The same mailbox without what has arrived by now.
    #[must_use]
    pub fn from_now_on(&self) -> Self {
        let since = self.shelf.state.lock().unwrap_or_else(PoisonError::into_inner).arrived.len();
        Self { since, ..self.clone() }
    }

    /// How the next attempts are answered; 200 after those.
    pub fn answer_with(&self, answers: &[ReceiverAnswer]) {
        self.shelf.state.lock().unwrap_or_else(PoisonError::into_inner).answers = answers.iter().copied().collect();
    }
}

async fn take(
    State(boxes): State<Shelves>,
    Path(name): Path<String>,
    method: axum::http::Method,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let shelf = boxes.lock().unwrap_or_else(PoisonError::into_inner).get(&name).cloned();
    answer(shelf, &method, &headers, &body).await
}

async fn take_rest(
    State(rest): State<Arc<OnceLock<Arc<Shelf>>>>,
    method: axum::http::Method,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    answer(rest.get().cloned(), &method, &headers, &body).await
}

async fn answer(
    shelf: Option<Arc<Shelf>>,
    method: &axum::http::Method,
    headers: &HeaderMap,
    body: &[u8],
) -> StatusCode {
    let Some(shelf) = shelf else { return StatusCode::NOT_FOUND };
    match shelf.take(method.as_str(), headers, body) {
        Some(ReceiverAnswer::Status(status)) => StatusCode::from_u16(status).unwrap_or(StatusCode::OK),
        Some(ReceiverAnswer::Silent) => std::future::pending().await,
        None => StatusCode::OK,
    }
}

impl Shelf {
    /// Keeps what came, readable or not, and says how it is answered.
    fn take(&self, method: &str, headers: &HeaderMap, body: &[u8]) -> Option<ReceiverAnswer> {
        let signature = headers.get("content-signature").and_then(|value| value.to_str().ok());
        let received = self.receiver.receive(body, signature);
        if matches!(received, Ok(Received::Probe)) {
            return None;
        }
        let (mut message, refused) = match received {
            Ok(Received::Message(message)) => (message_value(&message), None),
            Ok(Received::Probe) => (Value::Object(Map::new()), None),
            Err(refusal) => (Value::Object(Map::new()), Some(refusal.to_string())),
        };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let id = message["MsgId"].clone();
        let attempt = 1 + state.arrived.iter().filter(|earlier| !id.is_null() && earlier["MsgId"] == id).count();
        let names = headers
            .iter()
            .map(|(name, value)| (name.to_string(), Value::from(String::from_utf8_lossy(value.as_bytes()))));
        message["Wire"] = json!({
            "Method": method,
            "Headers": names.collect::<Map<_, _>>(),
            "Encrypted": serde_json::from_slice::<Value>(body).is_ok_and(|body| body.get("encrypt").is_some()),
            "Signed": signature.is_some(),
            "Attempt": attempt,
            "Refused": refused,
        });
        if state.arrived.len() < MOST_KEPT {
            state.arrived.push(message);
        }
        state.answers.pop_front()
    }
}

fn message_value(message: &ess_client::callback::Message) -> Value {
    serde_json::from_str(message.plaintext()).unwrap_or_else(|_| Value::Object(Map::new()))
}
