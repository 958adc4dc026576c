//! The ways in: each shows what its link opens, and takes what is posted there.

use std::sync::Arc;

use axum::extract::{Json, Path, Query as Parameters, Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get};

use super::acting::carry_out;
use super::address::{Address, Entrance, Query};
use super::contract::ContractPage;
use super::manner::{Manner, render};
use super::several::SeveralPage;
use super::trouble::Trouble;
use super::visit::{Found, open};
use super::wish::Wish;
use super::{Pages, gate, invitation, listing, twin};
use crate::engine::account::Account;
use crate::engine::clock::EdgeTime;

/// What stands behind a door.
pub(super) fn door(entrance: Entrance) -> MethodRouter<Arc<Pages>> {
    let show = async move |State(pages): State<Arc<Pages>>,
                           Path(world): Path<String>,
                           Parameters(query): Parameters<Query>,
                           headers: HeaderMap| {
        let manner = Manner::of(&headers, &query, entrance.root());
        if let Some(elsewhere) = gate::elsewhere(&world, &query).filter(|_| entrance == Entrance::Mini) {
            return (StatusCode::FOUND, [(LOCATION, elsewhere)]).into_response();
        }
        if entrance == Entrance::Mini
            && let Some(elsewhere) = invitation::elsewhere(&pages, &world, &query)
        {
            return (StatusCode::FOUND, [(LOCATION, elsewhere)]).into_response();
        }
        show(&pages, &world, entrance.address(&query), &manner).unwrap_or_else(|trouble| manner.say(&trouble))
    };
    let act = async move |State(pages): State<Arc<Pages>>,
                          Path(world): Path<String>,
                          Parameters(query): Parameters<Query>,
                          request: Request| {
        let manner = Manner::of(request.headers(), &query, entrance.root());
        act(&pages, &world, entrance.address(&query), manner, request).await
    };
    get(show).post(act)
}

fn show(pages: &Pages, world: &str, address: Option<Address>, manner: &Manner) -> Result<Response, Trouble> {
    let account = pages.account(world)?;
    let address = address.ok_or(Trouble::UnknownLink)?;
    let edge = EdgeTime::read();
    let found = account.try_enter(edge, |world, now, _| open(world, now, &address))?;
    if manner.json {
        return Ok(as_json(&found, &address, &account));
    }
    let ticks = !account.pulse(edge).clock.is_frozen();
    Ok(match found {
        Found::Contract(visit) => render(&ContractPage::new(&visit, &address, &account, ticks)),
        Found::Several(several) => render(&SeveralPage::new(&several, &address, ticks)),
        Found::List(flows) => render(&listing::ListPage::new(&flows, &address)),
    })
}

fn as_json(found: &Found, address: &Address, account: &Account) -> Response {
    Json(match found {
        Found::Contract(visit) => twin::contract(visit, address, &account.alias),
        Found::Several(several) => twin::several(several, address),
        Found::List(flows) => twin::list(flows, address),
    })
    .into_response()
}

async fn act(pages: &Pages, world: &str, address: Option<Address>, mut manner: Manner, request: Request) -> Response {
    if let Some(address) = &address {
        manner = manner.leading_back_to(address);
    }
    match acted(pages, world, address, &manner, request).await {
        Ok(response) => response,
        Err(trouble) => manner.say(&trouble),
    }
}

async fn acted(
    pages: &Pages,
    world: &str,
    address: Option<Address>,
    manner: &Manner,
    request: Request,
) -> Result<Response, Trouble> {
    let account = pages.account(world)?;
    let address = address.ok_or(Trouble::UnknownLink)?;
    let wish = Wish::read(request).await?;
    let found =
        account.try_enter(EdgeTime::read(), |world, now, outbox| carry_out(world, now, outbox, &address, wish))?;
    if manner.json {
        return Ok(as_json(&found, &address, &account));
    }
    Ok((StatusCode::SEE_OTHER, [(LOCATION, address.with_done(true).href())]).into_response())
}
