//! The picture of a QR code that leads to a link, for whoever has a key that is not over.

use std::sync::Arc;

use axum::extract::{Path, Query as Parameters, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};

use super::Pages;
use super::address::Query;
use super::manner::Manner;
use super::trouble::Trouble;
use crate::documents::qr_code_png;
use crate::engine::clock::EdgeTime;
use crate::engine::download::{QR_CODE, Verdict, check};

/// Answers the picture.
pub(super) async fn picture(
    State(pages): State<Arc<Pages>>,
    Path((world, token)): Path<(String, String)>,
    Parameters(query): Parameters<Query>,
    headers: HeaderMap,
) -> Response {
    let manner = Manner::of(&headers, &query, "../../../../../../");
    let key = query.get("hkey").map(String::as_str).unwrap_or_default();
    draw(&pages, &world, &token, key).unwrap_or_else(|trouble| manner.say(&trouble))
}

fn draw(pages: &Pages, world: &str, token: &str, key: &str) -> Result<Response, Trouble> {
    let account = pages.account(world)?;
    let url = account.try_enter(EdgeTime::read(), |world, now, _| {
        match check(&world.ids, QR_CODE, token, key, now) {
            Verdict::Valid => (),
            Verdict::Expired(at) => return Err(Trouble::KeyExpired(at)),
            Verdict::Forged => return Err(Trouble::KeyForged),
        }
        let link = world.links.get(token).ok_or(Trouble::UnknownLink)?;
        Ok(account.urls.short(link))
    })?;
    let picture = qr_code_png(&url).map_err(Trouble::Undrawable)?;
    Ok(([(CONTENT_TYPE, "image/png")], picture).into_response())
}
