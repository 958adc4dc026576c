//! A service that is not our server: it answers whatever a function says.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use ess_conformance::target::plain::Plain;
use ess_conformance::target::profile::Profile;
use ess_conformance::target::{Reach, Target};
use serde_json::{Value, json};

/// From action and request to HTTP status and body.
pub(crate) type Answers = dyn Fn(&str, &Value) -> (u16, String) + Send + Sync;

/// A success.
pub(crate) fn success(mut response: Value) -> (u16, String) {
    response["RequestId"] = json!("0f1d5e1c-95a5-44a7-a4d6-0d5f5b0a9f11");
    (200, json!({"Response": response}).to_string())
}

/// A refusal.
pub(crate) fn refusal(code: &str, message: &str) -> (u16, String) {
    success(json!({"Error": {"Code": code, "Message": message}}))
}

/// Serves answers on a port of its own, until the test ends.
pub(crate) async fn serve(answers: impl Fn(&str, &Value) -> (u16, String) + Send + Sync + 'static) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answers: Arc<Answers> = Arc::new(answers);
    // Some requests of the suite are as large as they may be.
    let app = Router::new().fallback(answer).layer(DefaultBodyLimit::disable()).with_state(answers);
    tokio::spawn(async { axum::serve(listener, app).await });
    url
}

async fn answer(State(answers): State<Arc<Answers>>, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    let action = headers.get("x-tc-action").and_then(|action| action.to_str().ok()).unwrap_or_default();
    let (status, body) = answers(action, &serde_json::from_slice(&body).unwrap_or_default());
    (StatusCode::from_u16(status).unwrap(), body)
}

/// A target at a URL: it can only answer calls, but knows everybody whom cases name.
pub(crate) fn target(name: &str, url: &str) -> Target {
    let text = include_str!("../../targets/fake.yaml");
    let mut profile = Profile::read("targets/fake.yaml", text, |_| None).unwrap();
    profile.capabilities.clear();
    for key in profile.keys.values_mut() {
        key.secret_id = "AKIDexampleexample".to_owned();
        key.secret_key = "example".to_owned();
    }
    let plain = Plain::new(Some(url.to_owned()), &["127.0.0.1".to_owned()], Duration::ZERO).unwrap();
    Target { name: name.to_owned(), profile, reach: Reach::Plain(plain) }
}
