//! The reference receiver on a real port, with a door that can be shut.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::extract::State;
use ess_client::callback::{CallbackKey, HEADER, Received, Receiver};
use http::{HeaderMap, StatusCode};
use parking_lot::Mutex;
use tokio::net::TcpListener;

use super::{KEY, TOKEN};

/// Judges what it is sent as a library's user would, and takes down what it believed.
#[derive(Clone)]
pub(super) struct Reference {
    pub(super) url: String,
    pub(super) plaintexts: Arc<Mutex<Vec<String>>>,
    /// How many requests are turned away before any is looked at.
    shut: Arc<Mutex<usize>>,
}

impl Reference {
    pub(super) async fn open() -> Self {
        Self::open_after(0).await
    }

    /// Answers 503 so many times first.
    pub(super) async fn open_after(shut: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/callback", listener.local_addr().unwrap());
        let reference = Self { url, plaintexts: Arc::default(), shut: Arc::new(Mutex::new(shut)) };
        let app = Router::new().fallback(take).layer(DefaultBodyLimit::disable()).with_state(reference.clone());
        tokio::spawn(async { axum::serve(listener, app).await });
        reference
    }
}

async fn take(State(reference): State<Reference>, headers: HeaderMap, body: Bytes) -> StatusCode {
    {
        let mut shut = reference.shut.lock();
        if *shut > 0 {
            *shut -= 1;
            return StatusCode::SERVICE_UNAVAILABLE;
        }
    }
    let signature = headers.get(HEADER).and_then(|value| value.to_str().ok());
    let receiver = Receiver::new().with_key(CallbackKey::new(KEY).unwrap()).with_token(TOKEN);
    match receiver.receive(&body, signature) {
        Ok(Received::Probe) => StatusCode::OK,
        Ok(Received::Message(message)) => {
            reference.plaintexts.lock().push(message.plaintext().to_owned());
            StatusCode::OK
        }
        Err(refusal) => StatusCode::from_u16(refusal.http_status()).unwrap(),
    }
}
