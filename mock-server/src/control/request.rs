//! What a control request brings: the world it is about, an id in its path, a query, a body. Each says in plain words when
//! it is not as it should be; unknown fields are refused by name, so that a typing error never passes for a wish.

use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, Path, Query as AxumQuery, Request};
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

use super::Control;
use super::errors::Failure;
use crate::engine::account::Account;
use crate::engine::snapshot::text::BYTE_LIMIT as SNAPSHOT_LIMIT;

/// Names the world a request is about.
pub(super) const WORLD_HEADER: &str = "X-Mock-World";
/// The most bytes a body may have. No request here needs more than a few hundred.
const BODY_LIMIT: usize = 1024 * 1024;

/// The world that [`WORLD_HEADER`] names by alias or SecretId; the first one when the header is missing.
pub(super) struct World(pub(super) Arc<Account>);

impl FromRequestParts<Arc<Control>> for World {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, control: &Arc<Control>) -> Result<Self, Failure> {
        let Some(name) = parts.headers.get(WORLD_HEADER) else {
            let first = control.registry.first();
            return first.map(Self).ok_or_else(|| Failure::defect("This server has no world."));
        };
        let account = name.to_str().ok().and_then(|name| control.registry.account(name));
        account.map(Self).ok_or_else(|| {
            let name = String::from_utf8_lossy(name.as_bytes());
            Failure::not_found(format!(
                "{WORLD_HEADER}: no world has the alias or SecretId `{name}`. GET /_mock/worlds lists the aliases; \
                 without the header the first world is meant."
            ))
        })
    }
}

/// The `{id}` of a path.
pub(super) struct Id(pub(super) String);

impl FromRequestParts<Arc<Control>> for Id {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, control: &Arc<Control>) -> Result<Self, Failure> {
        match Path::<String>::from_request_parts(parts, control).await {
            Ok(Path(id)) => Ok(Self(id)),
            Err(error) => Err(Failure::bad_request(format!("The id in the path cannot be read: {error}."))),
        }
    }
}

/// The parameters behind the `?`.
pub(super) struct Query<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<Arc<Control>> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Control>) -> Result<Self, Failure> {
        match AxumQuery::<T>::try_from_uri(&parts.uri) {
            Ok(AxumQuery(query)) => Ok(Self(query)),
            Err(error) => Err(Failure::bad_request(format!(
                "The query `{}` cannot be used: {}.",
                parts.uri.query().unwrap_or_default(),
                error.body_text().trim_start_matches("Failed to deserialize query string: ")
            ))),
        }
    }
}

/// A JSON object; no body at all counts as `{}`.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Arc<Control>> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &Arc<Control>) -> Result<Self, Failure> {
        let (head, body) = request.into_parts();
        check_media_type(&head)?;
        let bytes = bytes(body, BODY_LIMIT).await?;
        let text = match bytes.trim_ascii() {
            b"" => b"{}",
            object if object.starts_with(b"{") => object,
            _ => return Err(Failure::bad_request("The body must be a JSON object, such as {}.")),
        };
        serde_json::from_slice(text).map(Self).map_err(|error| {
            let what = if error.is_syntax() || error.is_eof() { "is no JSON" } else { "cannot be used" };
            let path = head.uri.path();
            Failure::bad_request(format!("The body {what}: {error}. /_mock/openapi.json describes the body of {path}."))
        })
    }
}

/// A snapshot as text, in whatever notation its type says.
pub(super) struct Text(pub(super) String);

impl FromRequest<Arc<Control>> for Text {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &Arc<Control>) -> Result<Self, Failure> {
        let bytes = bytes(request.into_body(), SNAPSHOT_LIMIT).await?;
        let text = String::from_utf8(bytes.into());
        text.map(Self)
            .map_err(|error| Failure::bad_request(format!("The body is no UTF-8 text: {}.", error.utf8_error())))
    }
}

async fn bytes(body: axum::body::Body, limit: usize) -> Result<bytes::Bytes, Failure> {
    match Limited::new(body, limit).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            Err(Failure::too_large(format!("The body has more than {limit} bytes.")))
        }
        Err(error) => Err(Failure::bad_request(format!("The body could not be read to its end: {error}."))),
    }
}

/// JSON by its own account. A missing type and curl's default pass, since `curl -d '{...}'` is how people try things out;
/// what a web page could send across sites is kept out by [`super::guard`].
fn check_media_type(head: &Parts) -> Result<(), Failure> {
    let Some(value) = head.headers.get(CONTENT_TYPE) else { return Ok(()) };
    let text = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
    let kind = text.split(';').next().unwrap_or_default().trim();
    let is_json = kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"));
    if is_json || kind.is_empty() || kind == "application/x-www-form-urlencoded" {
        return Ok(());
    }
    Err(Failure::wrong_media_type(format!(
        "The body is announced as {kind}. Send a JSON object with Content-Type: application/json."
    )))
}
