//! `GET /_mock/openapi.json`: the description of the control API, OpenAPI 3.1.
//!
//! Written by hand beside the code; the tests fetch every route, hold the list of routes against the description and
//! validate each answer against its schema.

use axum::response::IntoResponse;
use http::header::CONTENT_TYPE;

/// The description.
pub(super) const DESCRIPTION: &str = include_str!("openapi.json");

pub(super) async fn show() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], DESCRIPTION)
}
