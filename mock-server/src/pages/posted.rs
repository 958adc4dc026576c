//! What somebody posts: a form, or the same as JSON.

use axum::extract::{Form, FromRequest as _, Json, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use super::manner::sends_json;
use super::trouble::Trouble;

/// Reads it.
///
/// # Errors
/// It cannot be read, or is too large.
pub(super) async fn posted<Wish: DeserializeOwned>(request: Request) -> Result<Wish, Trouble> {
    let unreadable = |status: StatusCode, text: String| match status {
        StatusCode::PAYLOAD_TOO_LARGE => Trouble::TooLarge,
        _ => Trouble::Unreadable(text),
    };
    if sends_json(request.headers()) {
        let read = Json::<Wish>::from_request(request, &()).await;
        return read.map(|Json(wish)| wish).map_err(|error| unreadable(error.status(), error.body_text()));
    }
    let read = Form::<Wish>::from_request(request, &()).await;
    read.map(|Form(wish)| wish).map_err(|error| unreadable(error.status(), error.body_text()))
}
