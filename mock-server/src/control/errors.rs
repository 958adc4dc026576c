//! How the control API says no: an HTTP status and one plain sentence or two, as `{"error": "..."}`.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Serialize;

/// What was wrong, where, what was expected and what to do, for a person to read.
#[derive(Debug)]
pub(super) struct Failure {
    status: StatusCode,
    error: String,
}

#[derive(Serialize)]
struct Body {
    error: String,
}

impl Failure {
    /// 400: the request itself is wrong.
    pub(super) fn bad_request(error: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error: error.into() }
    }

    /// 401: the token is missing or another one.
    pub(super) fn unauthorized(error: impl Into<String>) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, error: error.into() }
    }

    /// 403: whoever asks must not.
    pub(super) fn forbidden(error: impl Into<String>) -> Self {
        Self { status: StatusCode::FORBIDDEN, error: error.into() }
    }

    /// 404: what was named does not exist.
    pub(super) fn not_found(error: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, error: error.into() }
    }

    /// 405: the path exists and does not serve this method.
    pub(super) fn wrong_method(error: impl Into<String>) -> Self {
        Self { status: StatusCode::METHOD_NOT_ALLOWED, error: error.into() }
    }

    /// 409: the request is fine, and the world does not allow it as it stands.
    pub(super) fn conflict(error: impl Into<String>) -> Self {
        Self { status: StatusCode::CONFLICT, error: error.into() }
    }

    /// 413: the body is too long.
    pub(super) fn too_large(error: impl Into<String>) -> Self {
        Self { status: StatusCode::PAYLOAD_TOO_LARGE, error: error.into() }
    }

    /// 408: what was waited for did not come.
    pub(super) fn timed_out(error: impl Into<String>) -> Self {
        Self { status: StatusCode::REQUEST_TIMEOUT, error: error.into() }
    }

    /// 415: the body is no JSON by its own account.
    pub(super) fn wrong_media_type(error: impl Into<String>) -> Self {
        Self { status: StatusCode::UNSUPPORTED_MEDIA_TYPE, error: error.into() }
    }

    /// 500: a defect of this server.
    pub(super) fn defect(error: impl Into<String>) -> Self {
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, error: error.into() }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(Body { error: self.error })).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(http::header::WWW_AUTHENTICATE, http::HeaderValue::from_static("Bearer"));
        }
        response
    }
}
