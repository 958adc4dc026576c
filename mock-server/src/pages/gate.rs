//! Paths of the mini program that lead to other pages than a contract's or a list.
//!
//! `to` names the page; ids and keys stand beside it. They come inside `path`, or as the vendor's long links have them, in
//! the address itself.

use axum::extract::{Path, Query as Parameters};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};

use super::address::{Query, encode, path_pairs};
use super::words::Language;
use crate::domain::deed::Deed;
use crate::domain::personal_deed::PersonalDeed;

/// Where a path of the mini program leads, seen from `/mini/{world}`; nowhere else when it is about contracts.
pub(super) fn elsewhere(world: &str, query: &Query) -> Option<String> {
    let path = query.get("path").map(|path| path_pairs(path)).unwrap_or_default();
    let find = |name: &str| path.get(name).or_else(|| query.get(name));
    let embedded = |page: &str, key: &str| Some(format!("../embed/{world}/{page}?code={}", encode(find(key)?)));
    let url = match find("to")?.as_str() {
        "CREATE_CONTRACT" => embedded("contract-create", "shortKey"),
        "CHANNEL_CONTRACT_COVER" if find("qrCodeId").is_some() => {
            Some(format!("../scan/{world}/{}", encode(find("qrCodeId")?)))
        }
        "REGISTER_ENTERPRISE"
        | "REGISTER_ENTERPRISE_FOR_UPDATE_AUTH_FILE"
        | "AUTHORIZATION_ENTERPRISE_FOR_BATCH_SUBMIT" => embedded("console", "shortKey"),
        "BATCH_REVOKE_FLOW" => embedded("batch-revoke", "tokenId"),
        deed if Deed::PAGES.contains(&deed) || PersonalDeed::PAGES.contains(&deed) => embedded("deed", "shortKey"),
        "OPEN_SERVER_SIGN" | "OPEN_DOWNLOAD_FLOW" => embedded("consent", "request_token"),
        "KA_AUTO_ESIGN_MODIFY" => embedded("consent", "confToken"),
        "SEAL_APPROVE" => embedded("consent", "policyId"),
        "AGREE" => embedded("consent", "shortKey"),
        _ => None,
    }?;
    let separator = if url.contains('?') { '&' } else { '?' };
    let language = Language::of(query).parameter().map(|tag| format!("{separator}lang={tag}")).unwrap_or_default();
    Some(url + &language)
}

/// The H5 address at which a person lets a machine sign for them leads to the page for it.
pub(super) async fn auto_sign(Path(world): Path<String>, Parameters(query): Parameters<Query>) -> Response {
    let code = query.get("Code").map(String::as_str).unwrap_or_default();
    let language = Language::of(&query).parameter().map(|tag| format!("&lang={tag}")).unwrap_or_default();
    let to = format!("../../../embed/{world}/consent?code={}{language}", encode(code));
    (StatusCode::FOUND, [(LOCATION, to)]).into_response()
}
