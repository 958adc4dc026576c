//! Pictures of QR codes. One that leads to a link for signing is shown to whoever has a key that is not over, the others
//! to everybody.

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
use crate::engine::urls::Urls;
use crate::engine::world::World;

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

/// The picture of a code that strangers sign by.
pub(super) async fn of_scan(
    State(pages): State<Arc<Pages>>,
    Path((world, picture)): Path<(String, String)>,
    Parameters(query): Parameters<Query>,
    headers: HeaderMap,
) -> Response {
    answer(&pages, &world, &picture, &headers, &query, |world, urls, id| Some(urls.scan(world.qr_codes.get(id)?)))
}

/// The picture of a code that leads to a link.
pub(super) async fn of_link(
    State(pages): State<Arc<Pages>>,
    Path((world, _, _, picture)): Path<(String, String, String, String)>,
    Parameters(query): Parameters<Query>,
    headers: HeaderMap,
) -> Response {
    answer(&pages, &world, &picture, &headers, &query, |world, urls, id| Some(urls.short(world.links.get(id)?)))
}

/// The picture of a code that leads to an invitation into a holding group.
pub(super) async fn of_invitation(
    State(pages): State<Arc<Pages>>,
    Path((world, _, picture)): Path<(String, String, String)>,
    Parameters(query): Parameters<Query>,
    headers: HeaderMap,
) -> Response {
    answer(&pages, &world, &picture, &headers, &query, |world, urls, id| Some(urls.short(world.links.get(id)?)))
}

/// `{id}.png`, with what the id leads to.
fn answer(
    pages: &Pages,
    world: &str,
    picture: &str,
    headers: &HeaderMap,
    query: &Query,
    leads_to: impl FnOnce(&World, &Urls, &str) -> Option<String>,
) -> Response {
    let drawn = pages.account(world).and_then(|account| {
        let id = picture.strip_suffix(".png").ok_or(Trouble::UnknownFile)?;
        let url = account.try_enter(EdgeTime::read(), |world, _, _| {
            leads_to(world, &account.urls, id).ok_or(Trouble::UnknownFile)
        })?;
        let picture = qr_code_png(&url).map_err(Trouble::Undrawable)?;
        Ok(([(CONTENT_TYPE, "image/png")], picture).into_response())
    });
    drawn.unwrap_or_else(|trouble| Manner::of(headers, query, "../../../../").say(&trouble))
}
