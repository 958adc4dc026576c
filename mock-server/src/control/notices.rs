//! `GET /_mock/notices`: what would have gone out by SMS, with the links in it.

use axum::Json;
use serde::{Deserialize, Serialize};

use super::request::{Query, World};
use crate::engine::clock::EdgeTime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filter {
    to: Option<String>,
    limit: Option<usize>,
}

#[derive(Serialize)]
pub(super) struct Shown {
    at: i64,
    to: String,
    text: String,
    /// The short link as a browser opens it; null when there is none, or it has been forgotten.
    link: Option<String>,
}

/// The newest `limit` of those that fit, oldest first.
pub(super) async fn list(World(account): World, Query(filter): Query<Filter>) -> Json<Vec<Shown>> {
    let (notices, links) = account.enter(EdgeTime::read(), |world, _, _| (world.notices.clone(), world.links.clone()));
    let fits = |to: &str| filter.to.as_deref().is_none_or(|wanted| wanted == to);
    let newest = notices.iter().rev().filter(|notice| fits(&notice.to)).take(filter.limit.unwrap_or(usize::MAX));
    let mut shown: Vec<Shown> = newest
        .map(|notice| {
            let link = notice.token.as_ref().and_then(|token| links.get(token));
            Shown {
                at: notice.at.seconds(),
                to: notice.to.clone(),
                text: notice.text.clone(),
                link: link.map(|link| account.urls.short(link)),
            }
        })
        .collect();
    shown.reverse();
    Json(shown)
}
