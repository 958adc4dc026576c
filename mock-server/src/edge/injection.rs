//! Carries out what a fault does to an answer on its way out.

use std::borrow::Cow;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use ess_schemas::ActionContract;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, StatusCode};
use http_body::Frame;

use super::Answer;
use crate::engine::clock::EdgeTime;
use crate::engine::registry::Key;
use crate::faults::effect::Effect;
use crate::faults::{Strike, codes, page};
use crate::gateway::envelope;
use crate::gateway::fault::{ApiError, Fault};
use crate::gateway::language::Language;
use crate::gateway::rate::CALLS_PER_SECOND;
use crate::listener::Cut;

/// Names the rule behind an answer.
static FAULT: HeaderName = HeaderName::from_static("x-mock-fault");

/// What a fault did to an answer, for whoever writes it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Injected {
    /// The rule's id.
    pub rule: Arc<str>,
    /// What the client got instead of the call's own answer; its own, if only late, when there is none.
    pub effect: Option<Effect>,
    /// Whether the call was done nevertheless.
    pub happened: bool,
    /// How long the answer is held back.
    pub latency: Duration,
    /// Whether the client is not told of the rule.
    pub silent: bool,
}

impl From<Strike> for Injected {
    fn from(strike: Strike) -> Self {
        let Strike { rule, effect, happens, spares_refusals: _, latency, silent } = strike;
        Self { rule, effect, happened: happens, latency, silent }
    }
}

/// The error and the RequestId of the vendor's envelope, when that is where a fault has something to say; writes the fault into the log.
pub(super) fn told(
    strike: &Strike,
    key: &Key,
    contract: &ActionContract,
    language: Language,
    edge: EdgeTime,
) -> Option<(ApiError, String)> {
    let effect = strike.effect.as_ref().map_or("latency", Effect::word);
    tracing::info!(action = contract.name, rule = &*strike.rule, effect, latency = ?strike.latency, "a fault struck");
    Some(match strike.effect.as_ref()? {
        Effect::Error(told) => {
            let text = || codes::text(&told.code, contract.service).unwrap_or_else(|| told.code.clone().into());
            let message = told.message.clone().map_or_else(text, Cow::Owned);
            (ApiError::new(told.code.clone(), message), key.account.request_id(edge))
        }
        Effect::RateLimit => {
            let fault = Fault::TooManyCalls { calls: CALLS_PER_SECOND + 1, limit: CALLS_PER_SECOND };
            (fault.answer(language), key.account.refused_request_id())
        }
        Effect::Drop | Effect::Truncate | Effect::Html | Effect::Http(_) => return None,
    })
}

/// The HTTP response of an answer, once its time has come.
pub(super) async fn respond(answer: Answer, connection: Option<Cut>) -> Response {
    let Answer { body, fidelity, injected, noted: _ } = answer;
    let Some(injected) = injected else { return envelope::response(body, fidelity) };
    if !injected.latency.is_zero() {
        tokio::time::sleep(injected.latency).await;
    }
    let mut response = match &injected.effect {
        None | Some(Effect::Error(_) | Effect::RateLimit) => envelope::response(body, fidelity),
        Some(Effect::Truncate) => truncated(body, |body| envelope::response(body, fidelity)),
        Some(Effect::Html) => html(StatusCode::OK, page::LOGIN.to_owned()),
        Some(Effect::Http(status)) => {
            html(StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_GATEWAY), page::gateway(*status))
        }
        Some(Effect::Drop) => dropped(connection),
    };
    if let Some(rule) = HeaderValue::from_str(&injected.rule).ok().filter(|_| !injected.silent) {
        response.headers_mut().insert(FAULT.clone(), rule);
    }
    response
}

fn html(status: StatusCode, page: String) -> Response {
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
    response
}

/// Announces the whole body, sends half of it and breaks off.
fn truncated(body: Bytes, respond: impl FnOnce(Bytes) -> Response) -> Response {
    let length = body.len();
    let half = body.slice(..length / 2);
    let mut response = respond(Bytes::new());
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    *response.body_mut() = Body::new(Broken { sent_first: Some(half), flushed: false });
    response
}

/// Over a connection that can be cut, nothing arrives; elsewhere (in a test without a socket) the body breaks at once.
fn dropped(connection: Option<Cut>) -> Response {
    if let Some(connection) = connection {
        connection.now();
    }
    Response::new(Body::new(Broken { sent_first: None, flushed: true }))
}

/// A body that breaks off, after a piece or at once.
struct Broken {
    sent_first: Option<Bytes>,
    /// Whether what was sent had its chance to leave before the end.
    flushed: bool,
}

impl http_body::Body for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if let Some(piece) = self.sent_first.take() {
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        if !std::mem::replace(&mut self.flushed, true) {
            // The server sends what it has whenever a body has nothing ready.
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(std::io::Error::new(std::io::ErrorKind::ConnectionAborted, "broken off by a fault"))))
    }
}
