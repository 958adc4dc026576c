//! Short links lead to the long ones.

use std::sync::Arc;

use axum::extract::{Path, Query as Parameters, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::Pages;
use super::address::{Entrance, Query};
use super::manner::Manner;
use super::trouble::Trouble;
use super::words::Language;
use crate::domain::ids::FlowId;
use crate::domain::link::{Door, Link, Opens};
use crate::engine::clock::EdgeTime;
use crate::engine::download;
use crate::engine::urls::{Console, Urls};
use crate::engine::world::World;
use crate::rendering::resource::ResourceKind;

/// Sends the browser on. A link that is over leads to the page that says so.
pub(super) async fn follow(
    State(pages): State<Arc<Pages>>,
    Path((world, token)): Path<(String, String)>,
    Parameters(query): Parameters<Query>,
    headers: HeaderMap,
) -> Response {
    let manner = Manner::of(&headers, &query, Entrance::Quick.root());
    let found = pages
        .account(&world)
        .and_then(|account| account.try_enter(EdgeTime::read(), |world, _, _| long(world, &account.urls, &token)));
    match found {
        Ok(url) => {
            let language = Language::of(&query).parameter().map(|lang| format!("&lang={lang}")).unwrap_or_default();
            (StatusCode::FOUND, [(LOCATION, url + &language)]).into_response()
        }
        Err(trouble) => manner.say(&trouble),
    }
}

/// Where the link's page stands.
fn long(world: &World, urls: &Urls, token: &str) -> Result<String, Trouble> {
    let link = world.links.get(token).ok_or(Trouble::UnknownLink)?;
    let (flow, recipient) = match &link.opens {
        Opens::Signing { flow, recipient } => (flow, Some(recipient)),
        Opens::Preview { flow, recipient } => (flow, recipient.as_ref()),
        Opens::Contract { flow, recipient: _ } => {
            let path = Urls::mini_path(Some(flow.as_str()), "CONTRACT_DETAIL", "", "", false, &link.short_key);
            return Ok(urls.mini(&path));
        }
        Opens::Certificate(flow) => return Ok(certificate(world, urls, link, flow)),
        Opens::Console(_) => return Ok(urls.console(link, None, true)),
        Opens::Consoles(_) => return Ok(urls.mini_consoles(link)),
        Opens::CancelTask(_) => return Ok(urls.embedded("batch-revoke", link)),
        Opens::Batch(batch) => {
            return Ok(match batch.door {
                Door::H5 => urls.guide(link, false),
                Door::MiniProgram => urls.mini(&Urls::mini_batch_path(&link.short_key)),
                Door::Console => urls.embedded_signing(link, Console::Company),
            });
        }
        Opens::Embedded { page, business, application, .. } => {
            let console = if application.is_some() { Console::Platform } else { Console::Company };
            return Ok(urls.embedded_page(link, console, *page, business, false));
        }
        Opens::Intelligence { page, .. } => return Ok(urls.intelligence(link, page)),
        Opens::Downloads(_) => return Ok(urls.downloads(link)),
        Opens::Deed { .. } => return Ok(urls.deed_page(link)),
        Opens::Invitation(_) => return Ok(urls.embedded("join-group", link)),
        Opens::Consent(_) => return Ok(urls.embedded("consent", link)),
        Opens::Preparation(_) => return Ok(urls.embedded("contract-create", link)),
        Opens::Unlaunched(preview) => return Ok(urls.quick(link, preview.as_str(), None)),
        Opens::MiniProgram => {
            return Ok(urls.mini(&Urls::mini_path(None, "HOME", "", "", false, &link.short_key)));
        }
    };
    let contract = world.flows.get(flow.as_str()).ok_or(Trouble::UnknownContract)?;
    let approver = recipient.and_then(|recipient| contract.approver(recipient.as_str()));
    Ok(urls.quick(link, flow.as_str(), approver))
}

/// The file behind a link to a certificate; it can be fetched as long as the link lives.
fn certificate(world: &World, urls: &Urls, link: &Link, flow: &FlowId) -> String {
    let kind = ResourceKind::Certificate.wire();
    let key = download::key(&world.ids, kind, flow.as_str(), link.expires_at);
    urls.file(kind, flow.as_str(), 0, "PDF", &key)
}
