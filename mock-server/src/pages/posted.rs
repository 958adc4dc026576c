//! Reading what somebody posts to a page: a form, or the same as JSON.

use axum::extract::{Form, FromRequest as _, Json, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use super::manner::sends_json;
use super::trouble::Trouble;

/// Reads what has the same fields as a form and as JSON.
///
/// # Errors
/// It cannot be read, or is too large.
pub(super) async fn posted<Wish: DeserializeOwned>(request: Request) -> Result<Wish, Trouble> {
    posted_flat(request, Ok).await
}

/// Reads what is nested as JSON: forms, which are flat, become it by `of_form`.
///
/// # Errors
/// It cannot be read, or is too large.
pub(super) async fn posted_flat<Fields: DeserializeOwned, Wish: DeserializeOwned>(
    request: Request,
    of_form: impl FnOnce(Fields) -> Result<Wish, String>,
) -> Result<Wish, Trouble> {
    let unreadable = |status: StatusCode, text: String| match status {
        StatusCode::PAYLOAD_TOO_LARGE => Trouble::TooLarge,
        _ => Trouble::Unreadable(text),
    };
    if sends_json(request.headers()) {
        let read = Json::<Wish>::from_request(request, &()).await;
        return read.map(|Json(wish)| wish).map_err(|error| unreadable(error.status(), error.body_text()));
    }
    let read = Form::<Fields>::from_request(request, &()).await;
    let fields = read.map(|Form(fields)| fields).map_err(|error| unreadable(error.status(), error.body_text()))?;
    of_form(fields).map_err(Trouble::Unreadable)
}
