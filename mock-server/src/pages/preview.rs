//! Pictures of a contract's pages, for whoever has the link.

use std::sync::Arc;

use axum::extract::{Path, Query as Parameters, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};

use super::Pages;
use super::address::{Address, Query};
use super::manner::Manner;
use super::trouble::Trouble;
use super::visit::open_contract;
use crate::engine::clock::EdgeTime;
use crate::rendering::Printable;

/// How wide a picture may be asked for, in pixels.
const WIDTHS: std::ops::RangeInclusive<u32> = 60..=2000;
/// How wide it is when nobody asks.
const WIDTH: u32 = 900;

/// `{n}.png`, pages counted from 1.
pub(super) async fn picture(
    State(pages): State<Arc<Pages>>,
    Path((world, token, name)): Path<(String, String, String)>,
    Parameters(query): Parameters<Query>,
    headers: HeaderMap,
) -> Response {
    let manner = Manner::of(&headers, &query, "../../../../");
    match draw(&pages, &world, &Address::of_picture(token, &query), &name, &query).await {
        Ok(response) => response,
        Err(trouble) => manner.say(&trouble),
    }
}

async fn draw(pages: &Pages, world: &str, address: &Address, name: &str, query: &Query) -> Result<Response, Trouble> {
    let account = pages.account(world)?;
    let printable = account.try_enter(EdgeTime::read(), |world, now, _| {
        let visit = open_contract(world, now, address)?;
        Ok(Printable::of(&visit.flow, world))
    })?;
    let count = printable.flow.page_count();
    let number = name.strip_suffix(".png").and_then(|number| number.parse::<usize>().ok());
    let page = number.filter(|page| (1..=count).contains(page)).ok_or(Trouble::UnknownPage)?;
    let width = query.get("w").and_then(|width| width.parse::<u32>().ok()).unwrap_or(WIDTH);
    let picture = pages.printer.picture(printable, page, width.clamp(*WIDTHS.start(), *WIDTHS.end())).await?;
    Ok(([(CONTENT_TYPE, "image/png")], picture).into_response())
}
