//! What tracing hears of a call: enough to find it again, and nothing that must stay secret.
//!
//! No field ever holds a key, a token, a signature, a body, a link or the vendor's sentence, which may quote people's data.

use ess_schemas::ActionContract;
use tracing::field::Empty;
use tracing::{Span, debug_span, info_span};

use crate::ErrorKind;

/// Around a whole call, with its repetitions.
pub(crate) fn call(action: &ActionContract) -> Span {
    info_span!(
        "call",
        service = action.service.name(),
        action = action.name,
        attempts = Empty,
        request_id = Empty,
        code = Empty,
        failure = Empty
    )
}

/// Around one attempt of it.
pub(crate) fn attempt(number: u32) -> Span {
    debug_span!("attempt", number, request_id = Empty, code = Empty, failure = Empty)
}

/// Around a raw request, whose action need not exist.
pub(crate) fn raw(service: &'static str, action: &str) -> Span {
    debug_span!("raw_request", service, action, status = Empty, code = Empty, failure = Empty)
}

/// Around a download. A host is told, the link is not.
pub(crate) fn download(host: &str) -> Span {
    info_span!("download", host, size = Empty)
}

/// Notes that the service answered.
pub(crate) fn note_answer(span: &Span, request_id: Option<&str>) {
    span.record("request_id", request_id);
}

/// Notes how a call or an attempt failed.
pub(crate) fn note_failure(span: &Span, kind: &ErrorKind) {
    span.record("failure", kind.name());
    if let ErrorKind::Refused { code, .. } = kind {
        span.record("code", code);
    }
    if let ErrorKind::Refused { request_id, .. } | ErrorKind::Unreadable { request_id, .. } = kind {
        span.record("request_id", request_id.as_deref());
    }
}
