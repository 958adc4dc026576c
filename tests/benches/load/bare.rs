//! The least a server could do: verify the signature, validate the parameters, answer bytes it was given.
//!
//! Written as one would write it for this alone: one spelling of the signature, no worlds, no state, no clock but the
//! signature's. Validation is the server's own, because nothing less would do.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::routing::post;
use axum::serve::ListenerExt as _;
use ess_client::signature::v3;
use ess_mock_server::gateway::shape;
use ess_mock_server::limits;
use ess_schemas::{ActionContract, Service, action};
use ess_tests::{Key, Signing};
use serde_json::Value;

use crate::scene::{SECRET_ID, SECRET_KEY};

/// The argument that makes this program such a server.
pub(crate) const MODE: &str = "bare";

struct Bare {
    key: Key,
    reading: Bytes,
    changing: Bytes,
}

/// Serves until the process is ended: `ADDRESS READING CHANGING`, the last two being the answers.
pub(crate) fn serve(arguments: &[String]) {
    let [address, reading, changing] = arguments else { panic!("expected ADDRESS READING CHANGING") };
    let address: SocketAddr = address.parse().unwrap();
    let bare = Arc::new(Bare {
        key: Key::new(SECRET_ID, SECRET_KEY),
        reading: Bytes::from(reading.clone()),
        changing: Bytes::from(changing.clone()),
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind(address).await.unwrap();
        let listener = listener.tap_io(|stream| stream.set_nodelay(true).unwrap());
        let router = Router::new().route("/", post(answer)).layer(DefaultBodyLimit::disable()).with_state(bare);
        axum::serve(listener, router).await.unwrap();
    });
}

async fn answer(State(bare): State<Arc<Bare>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let Some(contract) = verified(&bare.key, &headers, &body) else {
        return refusal("AuthFailure.SignatureFailure");
    };
    let valid = serde_json::from_slice::<Value>(&body)
        .is_ok_and(|value| shape::check(&value, contract).is_ok() && limits::check(&value, contract).is_ok());
    if !valid {
        return refusal("InvalidParameter");
    }
    json(if contract.reads { bare.reading.clone() } else { bare.changing.clone() }.into())
}

/// The action, if the signature is the key's and not older than five minutes.
fn verified(key: &Key, headers: &HeaderMap, body: &[u8]) -> Option<&'static ActionContract> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let timestamp: i64 = text("x-tc-timestamp")?.parse().ok()?;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    if timestamp.abs_diff(i64::try_from(now).ok()?) > 300 {
        return None;
    }
    let service = Service::ALL.into_iter().find(|service| text("x-tc-version") == Some(service.version()))?;
    let contract = action(service, text("x-tc-action")?)?;
    let expected = key.authorization(&Signing {
        timestamp,
        service: service.name(),
        method: "POST",
        query: "",
        headers: &[("content-type", text("content-type")?), ("host", text("host")?)],
        payload: body,
    });
    let sent = text("authorization")?;
    (sent.starts_with(v3::ALGORITHM) && sent == expected).then_some(contract)
}

fn refusal(code: &str) -> Response<Body> {
    json(format!(r#"{{"Response":{{"Error":{{"Code":"{code}","Message":""}},"RequestId":"0"}}}}"#).into())
}

fn json(body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::OK;
    response.headers_mut().insert("content-type", HeaderValue::from_static("application/json"));
    response
}
