//! What a QR code that strangers sign by leads to: say who you are, and sign a contract of your own.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Path, Query as Parameters, Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;

use super::Pages;
use super::address::Query;
use super::manner::{Manner, Refresh, render};
use super::place::Place;
use super::posted::posted;
use super::trouble::Trouble;
use super::words::Language;
use crate::domain::employee::{Card, CardKind};
use crate::domain::ids::{FlowId, QrCodeId, RecipientId};
use crate::domain::link::Opens;
use crate::domain::qr_code::{QrCode, Scanner};
use crate::domain::template::PartyKind;
use crate::domain::time::HOUR;
use crate::engine::clock::EdgeTime;
use crate::engine::scanning::ScanFailure;
use crate::engine::world::World;

/// What somebody posts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    action: Action,
    name: String,
    mobile: String,
    #[serde(default)]
    id_card: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Action {
    Scan,
}

/// Shows what would be signed, and asks who signs.
pub(super) async fn show(
    State(pages): State<Arc<Pages>>,
    Path((world, code)): Path<(String, String)>,
    Parameters(query): Parameters<Query>,
    headers: HeaderMap,
) -> Response {
    let place = Place::of_path(&query);
    let manner = Manner::of(&headers, &query, place.root);
    let shown = pages.account(&world).and_then(|account| {
        let code = account.try_enter(EdgeTime::read(), |world, now, _| {
            let code = world.qr_codes.get(code.as_str()).ok_or(Trouble::UnknownLink)?;
            code.ensure_open(now).map_err(Trouble::NotAdmitted)?;
            Ok(code.clone())
        })?;
        Ok(page(&code, &place, &manner))
    });
    shown.unwrap_or_else(|trouble| manner.say(&trouble))
}

/// Launches the contract and leads to its signing page.
pub(super) async fn act(
    State(pages): State<Arc<Pages>>,
    Path((world, code)): Path<(String, String)>,
    Parameters(query): Parameters<Query>,
    request: Request,
) -> Response {
    let place = Place::of_path(&query);
    let manner = Manner::of(request.headers(), &query, place.root).leading_back(place.href());
    match carry_out(&pages, &world, &code.into(), &manner, request).await {
        Ok(response) => response,
        Err(trouble) => manner.say(&trouble),
    }
}

async fn carry_out(
    pages: &Pages,
    world: &str,
    code: &QrCodeId,
    manner: &Manner,
    request: Request,
) -> Result<Response, Trouble> {
    let account = pages.account(world)?;
    let Wish { action: Action::Scan, name, mobile, id_card } = posted::<Wish>(request).await?;
    let card = Card { kind: CardKind::IdCard, number: id_card };
    let scanner = Scanner { name, mobile, card };
    // What the launch without quota tells must be told although the scan came to nothing: so this enters in any case.
    let (flow, url) = account.enter(EdgeTime::read(), |world, now, outbox| {
        let flow = world.scan(code, scanner, now, outbox).map_err(|failure| match failure {
            ScanFailure::Unknown => Trouble::UnknownLink,
            ScanFailure::NotAdmitted(why) => Trouble::NotAdmitted(why),
            ScanFailure::Refused(refusal) => Trouble::refused(&refusal),
        })?;
        let recipient = signer(world, code, &flow).ok_or(Trouble::UnknownContract)?;
        let link = world.add_link(Opens::Signing { flow: flow.clone(), recipient }, now.plus(HOUR), None);
        Ok((flow, account.urls.short(&link)))
    })?;
    if manner.json {
        return Ok(Json(json!({ "contract": flow, "sign_url": url })).into_response());
    }
    Ok((StatusCode::SEE_OTHER, [(LOCATION, url)]).into_response())
}

/// The slot of the person who scanned.
fn signer(world: &World, code: &QrCodeId, flow: &FlowId) -> Option<RecipientId> {
    let code = world.qr_codes.get(code.as_str())?;
    let place = code.template.parties.iter().position(|party| party.kind == PartyKind::Person)?;
    Some(world.flows.get(flow.as_str())?.approvers.get(place)?.recipient.clone())
}

fn page(code: &QrCode, place: &Place, manner: &Manner) -> Response {
    let language = place.language;
    if manner.json {
        return Json(json!({
            "name": code.flow_name,
            "initiator": code.initiator.organization_name,
            "template": code.template.id,
            "expires_at": code.expires_at.seconds(),
            "actions": [{
                "action": "scan", "method": "POST", "href": place.href(),
                "body": { "action": "scan", "name": "", "mobile": "", "id_card": "" },
            }],
        }))
        .into_response();
    }
    render(&ScanPage {
        language,
        root: place.root,
        switch: place.switch(),
        refresh: None,
        code,
        until: language.moment(code.expires_at),
        form: place.href(),
    })
}

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "scan.html")]
struct ScanPage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    code: &'a QrCode,
    until: String,
    form: String,
}
