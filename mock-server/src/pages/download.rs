//! Downloads, for whoever has a key that is not over: contracts as signed so far, templates, seals, files, archives, lists.
//!
//! `/file/{world}/{kind}/{id}/0/{n}.{extension}?hkey=`: the document is always number 0 (`api Component.FileIndex`), the
//! second number is the page of a picture and 0 otherwise. Several ids, as a ZIP has them, stand one after the other. The
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
use crate::engine::download::{FILE_NAME, SEPARATOR, Verdict, check};
use crate::rendering::resource::{Resource, ResourceKind};

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
    match fetch(&pages, &place, &query).await {
        Ok(response) => response,
        Err(trouble) => manner.say(&trouble),
    }
}

async fn fetch(pages: &Pages, place: &Place, query: &Query) -> Result<Response, Trouble> {
    let account = pages.account(&place.world)?;
    let key = query.get("hkey").map(String::as_str).unwrap_or_default();
    let (number, extension) = numbered(&place.file).filter(|_| place.document == "0").ok_or(Trouble::UnknownFile)?;
    let found = account.try_enter(EdgeTime::read(), |world, now, _| {
        match check(&world.ids, &place.kind, &place.id, key, now) {
            Verdict::Valid => {}
            Verdict::Expired(at) => return Err(Trouble::KeyExpired(at)),
            Verdict::Forged => return Err(Trouble::KeyForged),
        }
        let kind = ResourceKind::from_wire(&place.kind).ok_or(Trouble::UnknownFile)?;
        let ids = place.id.split(SEPARATOR);
        let found = ids.map(|id| Resource::find(world, kind, id).ok_or(Trouble::UnknownFile));
        found.collect::<Result<Vec<_>, _>>()
    })?;
    let first = found.first().map(|one| one.name.clone()).unwrap_or_default();
    let (bytes, mime, name) = match (extension.as_str(), &found[..]) {
        ("ZIP", _) => {
            let name = query.get(FILE_NAME).cloned().unwrap_or(first);
            (pages.printer.bundle(found).await?, "application/zip", name)
        }
        (own, [one]) if number == 0 && own == one.extension() => {
            (pages.printer.file(one.clone()).await?, mime(own), first)
        }
        ("PDF", [one]) if number == 0 && place.kind == ResourceKind::SealPreview.wire() => {
            (pages.printer.picture_pdf(one.clone()).await?, mime("PDF"), first)
        }
        ("JPG", [one]) => (pages.printer.page_jpg(one.clone(), number).await?, "image/jpeg", first),
        _ => return Err(Trouble::UnknownFile),
    };
    let disposition = disposition(&name, &extension.to_ascii_lowercase());
    Ok(([(CONTENT_TYPE, mime.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// `2.JPG`: the number and the extension, upper case.
fn numbered(file: &str) -> Option<(usize, String)> {
    let (number, extension) = file.split_once('.')?;
    Some((number.parse().ok()?, extension.to_ascii_uppercase()))
}

fn mime(extension: &str) -> &'static str {
    match extension {
        "PDF" => "application/pdf",
        "PNG" => "image/png",
        "JPG" => "image/jpeg",
        "ZIP" => "application/zip",
        "DOC" => "application/msword",
        "DOCX" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "XLSX" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}

/// Shown by browsers that can (ASSUMED: the vendor may send an attachment), saved under the contract's name (RFC 6266).
fn disposition(name: &str, extension: &str) -> String {
    let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
    format!("inline; filename=\"contract.{extension}\"; filename*=UTF-8''{name}.{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(
            disposition("合同\"\r\n/../x", "pdf"),
            "inline; filename=\"contract.pdf\"; filename*=UTF-8''%E5%90%88%E5%90%8C%22%0D%0A%2F%2E%2E%2Fx.pdf"
        );
    }
}
