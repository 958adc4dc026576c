//! The vendor's embedded pages (`/embed/{world}/{page}?code=`). The link behind the code says what is shown; the page's
//! name is there because the vendor's addresses have one.

use std::sync::Arc;

use axum::extract::{Path, Query as Parameters, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::address::Query;
use super::manner::Manner;
use super::place::Place;
use super::trouble::Trouble;
use super::{
    Pages, cancel, consent, console, consoles, deed, downloads, embedded, intelligence, invitation, prepare, seal,
    template,
};
use crate::domain::link::{Link, Opens};
use crate::domain::time::Timestamp;
use crate::engine::account::Account;
use crate::engine::clock::EdgeTime;
use crate::engine::world::World;

/// Somebody in front of an embedded page.
pub(super) struct Visitor<'a> {
    /// The world.
    pub(super) account: &'a Arc<Account>,
    /// Where they are.
    pub(super) place: &'a Place,
    /// How they want to be answered.
    pub(super) manner: &'a Manner,
}

/// Shows the page.
pub(super) async fn show(
    State(pages): State<Arc<Pages>>,
    Path((world, page)): Path<(String, String)>,
    Parameters(query): Parameters<Query>,
    headers: HeaderMap,
) -> Response {
    let place = Place::embedded(&page, &query);
    let manner = Manner::of(&headers, &query, place.root);
    let shown = pages.account(&world).and_then(|account| {
        let visitor = Visitor { account: &account, place: &place, manner: &manner };
        let link = visitor.follow()?;
        match &link.opens {
            Opens::Embedded { .. } if template::is_behind(&link) => template::show(&visitor, &link),
            Opens::Embedded { .. } if seal::is_behind(&link) => seal::show(&visitor, &link),
            Opens::Embedded { .. } => embedded::show(&visitor, &link),
            Opens::Intelligence { .. } => intelligence::show(&visitor, &link),
            Opens::CancelTask(task) => cancel::show(&visitor, task),
            Opens::Preparation(id) => prepare::show(&visitor, id),
            Opens::Deed { deed, .. } => deed::show(&visitor, &link, deed),
            Opens::Console(console) => console::show(&visitor, &link, console),
            Opens::Consoles(tokens) => consoles::show(&visitor, tokens),
            Opens::Consent(asked) => consent::show(&visitor, &link, asked),
            Opens::Signing { .. }
            | Opens::Preview { .. }
            | Opens::Contract { .. }
            | Opens::Batch(_)
            | Opens::Unlaunched(_)
            | Opens::MiniProgram
            | Opens::Certificate(_) => Err(Trouble::UnknownLink),
            Opens::Invitation(main) => invitation::show(&visitor, main),
            Opens::Downloads(folders) => downloads::show(&visitor, &link, folders),
        }
    });
    shown.unwrap_or_else(|trouble| manner.say(&trouble))
}

/// Does what the page offers.
pub(super) async fn act(
    State(pages): State<Arc<Pages>>,
    Path((world, page)): Path<(String, String)>,
    Parameters(query): Parameters<Query>,
    request: Request,
) -> Response {
    let place = Place::embedded(&page, &query);
    let manner = Manner::of(request.headers(), &query, place.root).leading_back(place.href());
    match carry_out(&pages, &world, &place, &manner, request).await {
        Ok(response) => response,
        Err(trouble) => manner.say(&trouble),
    }
}

async fn carry_out(
    pages: &Pages,
    world: &str,
    place: &Place,
    manner: &Manner,
    request: Request,
) -> Result<Response, Trouble> {
    let account = pages.account(world)?;
    let visitor = Visitor { account: &account, place, manner };
    let link = visitor.follow()?;
    if template::is_behind(&link) {
        return template::act(&visitor, &link, request).await;
    }
    if seal::is_behind(&link) {
        return seal::act(&visitor, &link, request).await;
    }
    let opens = &link.opens;
    if let Opens::CancelTask(task) = opens {
        cancel::act(&visitor, task, request).await
    } else if let Opens::Preparation(id) = opens {
        prepare::act(&visitor, id, request).await
    } else if let Opens::Deed { deed, application } = opens {
        deed::act(&visitor, &link, deed, application.as_ref(), request).await
    } else if let Opens::Console(console) = opens {
        console::act(&visitor, &link, console, request).await
    } else if let Opens::Invitation(main) = opens {
        invitation::act(&visitor, main, request).await
    } else if let Opens::Intelligence { .. } = opens {
        intelligence::act(&visitor, &link, request).await
    } else if let Opens::Consent(asked) = opens {
        consent::act(&visitor, &link, asked, request).await
    } else {
        Err(Trouble::UnknownLink)
    }
}

impl Visitor<'_> {
    /// The link they followed.
    pub(super) fn follow(&self) -> Result<Arc<Link>, Trouble> {
        self.account.try_enter(EdgeTime::read(), |world, now, _| followed(world, now, self.place))
    }
}

/// The link behind an embedded page's address.
///
/// # Errors
/// There is none, or it is over.
fn followed(world: &World, now: Timestamp, place: &Place) -> Result<Arc<Link>, Trouble> {
    let link = place.token().and_then(|token| world.links.get(token)).ok_or(Trouble::UnknownLink)?;
    if link.has_expired(now) {
        return Err(Trouble::LinkExpired(link.expires_at));
    }
    Ok(link.clone())
}
