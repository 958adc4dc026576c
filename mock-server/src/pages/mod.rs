//! What a browser sees: the pages behind the links we hand out, and downloads.
//!
//! | path | what |
//! |---|---|
//! | `/s/{world}/{token}` | a short link, leads to one of the next two |
//! | `/quick/{world}/home?token=` | the H5 page of a signer |
//! | `/quick/{world}/guide?token=` | the H5 page of several contracts |
//! | `/embed/{world}/contract-sign?shortKey=` | the console's page of several contracts; `contract-batchsign` under a platform |
//! | `/mini/{world}?path=` | stands in for the mini program: one contract, or a list |
//! | `/embed/{world}/{page}?code=` | pages that a caller's own page embeds: launch prepared contracts, confirm cancellations, make and change templates, come into a platform's console |
//! | `/embed/{world}/consent?code=` | where somebody agrees: to a service, a seal, a machine that signs for them |
//! | `/scan/{world}/{id}` | what a QR code that strangers sign by leads to |
//! | `/imgs/{world}/.../{id}.png` | pictures of QR codes |
//! | `/quick/{world}/page/{token}/{n}.png` | a picture of a page, as signed so far |
//! | `/file/{world}/{kind}/{id}/0/{n}.{extension}?hkey=` | a download: a contract as signed so far, a template, a seal, a file |
//!
//! Plain HTML forms, nothing needs JavaScript. Scripts ask the same addresses with `Accept: application/json`, and post
//! `{"action":"sign"}`, `{"action":"reject","message":"..."}`, `{"action":"fill","fields":{...}}` or
//! `{"action":"claim","name":"...","mobile":"..."}`. Pages know no rules: they open the world through
//! [`crate::engine::account::Account`] like everybody, and the domain decides. Nothing is drawn under the lock.
//!
//! The token in the address is all there is: no cookies, so nothing to forge a request with.

mod acting;
mod address;
mod cancel;
mod consent;
mod console;
mod consoles;
mod contract;
mod deed;
mod doors;
mod download;
mod downloads;
mod embed;
mod embedded;
mod gate;
mod inputs;
mod intelligence;
mod invitation;
mod jump;
mod listing;
mod manner;
mod personal_deed;
mod place;
mod posted;
mod prepare;
mod preview;
mod printer;
mod qr_code;
mod scan;
mod seal;
mod several;
mod short;
mod template;
mod trouble;
mod twin;
mod visit;
mod wish;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use self::address::Entrance;
use self::doors::door;
use self::printer::Printer;
use self::trouble::Trouble;
use crate::engine::account::Account;
use crate::engine::registry::Registry;

/// The largest form or JSON somebody may post: a reason of a few hundred characters, percent-encoded.
const BODY_LIMIT: usize = 16 * 1024;

/// What every page may use.
struct Pages {
    registry: Arc<Registry>,
    printer: Printer,
}

impl Pages {
    /// The world with this alias. A SecretId, which the registry would know too, is no part of an address.
    fn account(&self, alias: &str) -> Result<Arc<Account>, Trouble> {
        self.registry.account_with_alias(alias).ok_or(Trouble::UnknownWorld)
    }
}

/// The pages of every world in `registry`.
pub fn router(registry: Arc<Registry>) -> Router {
    let printer = Printer::new(registry.fonts().clone());
    let pages = Arc::new(Pages { registry, printer });
    Router::new()
        .route("/s/{world}/{token}", get(short::follow))
        .route("/quick/{world}/home", door(Entrance::Quick))
        .route("/quick/{world}/guide", door(Entrance::Quick))
        .route("/quick/{world}/autoSign/open", get(gate::auto_sign))
        .route("/embed/{world}/contract-sign", door(Entrance::Embedded))
        .route("/embed/{world}/contract-batchsign", door(Entrance::Embedded))
        .route("/embed/{world}/{*page}", get(embed::show).post(embed::act))
        .route("/mini/{world}", door(Entrance::Mini))
        .route("/scan/{world}/{code}", get(scan::show).post(scan::act))
        .route("/imgs/{world}/multiSignQrCodes/QrCode/{picture}", get(qr_code::of_scan))
        .route("/imgs/{world}/{folder}/{of}/{picture}", get(qr_code::of_link))
        .route("/imgs/{world}/organization/{of}/qrcode/joingroup/{picture}", get(qr_code::of_invitation))
        .route("/file/{world}/bresource/resource/{token}/0/0.PNG", get(qr_code::picture))
        .route("/quick/{world}/page/{token}/{picture}", get(preview::picture))
        .route("/file/{world}/{kind}/{id}/{document}/{file}", get(download::file))
        .route("/quick/style.css", get(async || asset("text/css", include_str!("../../templates/style.css"))))
        .route(
            "/quick/countdown.js",
            get(async || asset("text/javascript", include_str!("../../templates/countdown.js"))),
        )
        .route("/quick/icon.svg", get(async || asset("image/svg+xml", include_str!("../../templates/icon.svg"))))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(map_response(safe))
        .with_state(pages)
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    let kind = HeaderValue::from_static(kind);
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, HeaderValue::from_static("max-age=3600"))], text).into_response()
}

/// Nothing from elsewhere, no trace elsewhere: the address of a page is the key to it.
async fn safe(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
