//! Downloads: the contract as signed so far, for whoever has a key that is not over.
//!
//! `/file/{world}/FLOW/{id}/0/0.PDF?hkey=`: document and file are always number 0 (`api Component.FileIndex`). The
//! stand-in prints what is signed when it is asked; that a document takes a while to be composed is said where links are
//! handed out.

use std::sync::Arc;

use axum::extract::{Path, Query as Parameters, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::Pages;
use super::address::Query;
use super::manner::Manner;
use super::trouble::Trouble;
use crate::engine::clock::EdgeTime;
use crate::engine::download::{Verdict, check};
use crate::rendering::Printable;

/// What a download's address names.
#[derive(Deserialize)]
pub(super) struct Place {
    world: String,
    kind: String,
    id: String,
    document: String,
    file: String,
}

/// Answers the file.
pub(super) async fn file(
    State(pages): State<Arc<Pages>>,
    Path(place): Path<Place>,
    Parameters(query): Parameters<Query>,
    headers: HeaderMap,
) -> Response {
    let manner = Manner::of(&headers, &query, "../../../../../");
    let key = query.get("hkey").map(String::as_str).unwrap_or_default();
    match fetch(&pages, &place, key).await {
        Ok(response) => response,
        Err(trouble) => manner.say(&trouble),
    }
}

async fn fetch(pages: &Pages, place: &Place, key: &str) -> Result<Response, Trouble> {
    let account = pages.account(&place.world)?;
    let printable = account.try_enter(EdgeTime::read(), |world, now, _| {
        match check(&world.ids, &place.kind, &place.id, key, now) {
            Verdict::Valid => {}
            Verdict::Expired(at) => return Err(Trouble::KeyExpired(at)),
            Verdict::Forged => return Err(Trouble::KeyForged),
        }
        if place.kind != "FLOW" || place.document != "0" || !place.file.eq_ignore_ascii_case("0.pdf") {
            return Err(Trouble::UnknownFile);
        }
        let flow = world.flows.get(place.id.as_str()).ok_or(Trouble::UnknownFile)?;
        Ok(Printable::of(flow, world))
    })?;
    let disposition = disposition(&printable.flow.name);
    let pdf = pages.printer.pdf(printable).await?;
    Ok(([(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, disposition)], pdf).into_response())
}

/// Shown by browsers that can (ASSUMED: the vendor may send an attachment), saved under the contract's name (RFC 6266).
fn disposition(name: &str) -> String {
    let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
    format!("inline; filename=\"contract.pdf\"; filename*=UTF-8''{name}.pdf")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(
            disposition("合同\"\r\n/../x"),
            "inline; filename=\"contract.pdf\"; filename*=UTF-8''%E5%90%88%E5%90%8C%22%0D%0A%2F%2E%2E%2Fx.pdf"
        );
    }
}
