//! A receiver of callbacks: what a user of ess-client builds with any web framework.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use ess_client::callback::{CallbackKey, HEADER, Message, Received, Receiver};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Listens until it is dropped, and keeps every message it may believe.
pub(crate) struct CallbackReceiver {
    pub(crate) url: String,
    messages: Arc<Mutex<Vec<Message>>>,
    serving: JoinHandle<()>,
}

#[derive(Clone)]
struct Desk {
    receiver: Receiver,
    messages: Arc<Mutex<Vec<Message>>>,
}

impl CallbackReceiver {
    pub(crate) async fn start(key: &str, token: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/callback", listener.local_addr().unwrap());
        let messages = Arc::new(Mutex::new(Vec::new()));
        let receiver = Receiver::new().with_key(CallbackKey::new(key).unwrap()).with_token(token);
        let desk = Desk { receiver, messages: messages.clone() };
        let router = Router::new().route("/callback", post(receive)).with_state(desk);
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, messages, serving }
    }

    pub(crate) fn messages(&self) -> Vec<Message> {
        self.messages.lock().unwrap().clone()
    }

    /// What happened, in the order it was told: what was done to the contract, else the message's type.
    pub(crate) fn story(&self) -> Vec<String> {
        let told =
            |message: &Message| message.data()["Operate"].as_str().or(message.kind()).unwrap_or_default().to_owned();
        self.messages().iter().map(told).collect()
    }
}

async fn receive(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get(HEADER).and_then(|value| value.to_str().ok());
    match desk.receiver.receive(&body, signature) {
        Ok(Received::Probe) => StatusCode::OK,
        Ok(Received::Message(message)) => {
            desk.messages.lock().unwrap().push(message);
            StatusCode::OK
        }
        Err(refusal) => StatusCode::from_u16(refusal.http_status()).unwrap(),
    }
}

impl Drop for CallbackReceiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
