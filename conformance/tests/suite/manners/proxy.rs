//! Passes calls on, and does as it is told with one of those that create a contract of a file.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// What happens to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It never arrives, and is never answered.
    HeldBefore,
    /// It arrives, and its answer is never given.
    HeldAfter,
    /// It arrives, and its answer is something else.
    AnswerLost,
}

pub(crate) struct Proxy {
    pub(crate) url: String,
    shared: Arc<Shared>,
}

struct Shared {
    behind: String,
    plan: Mutex<Option<(usize, Fate)>>,
    calls: Mutex<Vec<String>>,
    held: Notify,
}

impl Proxy {
    pub(crate) async fn before(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shared = Arc::new(Shared {
            behind: url.to_owned(),
            plan: Mutex::default(),
            calls: Mutex::default(),
            held: Notify::new(),
        });
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router =
            Router::new().fallback(pass).with_state(shared.clone()).layer(axum::extract::DefaultBodyLimit::disable());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, shared }
    }

    /// The n-th `CreateFlowByFiles` from now on, counted from 1, has this fate.
    pub(crate) fn plan(&self, number: usize, fate: Fate) {
        *self.shared.plan.lock().unwrap() = Some((number, fate));
    }

    /// Until a call is held.
    pub(crate) async fn held(&self) {
        self.shared.held.notified().await;
    }

    /// Actions of the calls that came so far.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.shared.calls.lock().unwrap().clone()
    }
}

impl Shared {
    fn fate(&self, action: &str) -> Option<Fate> {
        self.calls.lock().unwrap().push(action.to_owned());
        let mut plan = self.plan.lock().unwrap();
        let (left, fate) = plan.as_mut().filter(|_| action == "CreateFlowByFiles")?;
        *left -= 1;
        let due = (*left == 0).then_some(*fate);
        if due.is_some() {
            *plan = None;
        }
        due
    }

    async fn pass_on(&self, method: Method, uri: &Uri, headers: HeaderMap, body: Bytes) -> Response<Body> {
        // `Host` goes along: it is signed.
        let sent = super::http().request(method, format!("{}{uri}", self.behind)).headers(headers).body(body).send();
        let answer = sent.await.unwrap();
        let mut passed = Response::new(Body::empty());
        *passed.status_mut() = answer.status();
        *passed.headers_mut() = answer.headers().clone();
        *passed.body_mut() = answer.bytes().await.unwrap().into();
        passed
    }
}

async fn pass(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let action = headers.get("x-tc-action").map_or("", |action| action.to_str().unwrap()).to_owned();
    match shared.fate(&action) {
        None => shared.pass_on(method, &uri, headers, body).await,
        Some(fate) => {
            if fate != Fate::HeldBefore {
                drop(shared.pass_on(method, &uri, headers, body).await);
            }
            if fate == Fate::AnswerLost {
                let mut lost = Response::new(Body::from("a gateway in between"));
                *lost.status_mut() = StatusCode::BAD_GATEWAY;
                return lost;
            }
            shared.held.notify_one();
            std::future::pending().await
        }
    }
}
