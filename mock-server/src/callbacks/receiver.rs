//! A callback receiver on a real port, for tests.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use parking_lot::Mutex;
use tokio::net::TcpListener;

/// Takes down what it is sent; refuses as often as it was told to.
#[derive(Clone, Default)]
pub(crate) struct Receiver {
    pub(crate) got: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    failures: Arc<Mutex<usize>>,
}

impl Receiver {
    /// A receiver that answers 500 `failures` times and 200 from then on, and its address.
    pub(crate) async fn start(failures: usize) -> (Self, String) {
        let receiver = Self { failures: Arc::new(Mutex::new(failures)), ..Self::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/callback", listener.local_addr().unwrap());
        let app = Router::new().fallback(take).with_state(receiver.clone());
        tokio::spawn(async { axum::serve(listener, app).await });
        (receiver, url)
    }
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> StatusCode {
    receiver.got.lock().push((headers, body));
    let mut failures = receiver.failures.lock();
    if *failures == 0 {
        return StatusCode::OK;
    }
    *failures -= 1;
    StatusCode::INTERNAL_SERVER_ERROR
}
