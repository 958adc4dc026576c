//! `GET /_mock/notices`: what would have gone out by SMS and mail, with the links in it.

use axum::Json;
use serde::{Deserialize, Serialize};

use super::request::{Query, World};
use crate::domain::notice::{Channel, Notice, Occasion};
use crate::engine::clock::EdgeTime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filter {
    to: Option<String>,
    channel: Option<Channel>,
    occasion: Option<Occasion>,
    flow: Option<String>,
    limit: Option<usize>,
}

#[derive(Serialize)]
pub(super) struct Shown {
    at: i64,
    channel: Channel,
    occasion: Occasion,
    to: String,
    flow: Option<String>,
    text: String,
    /// The short link as a browser opens it; null when there is none, or it has been forgotten.
    link: Option<String>,
}

impl Filter {
    fn fits(&self, notice: &Notice) -> bool {
        self.to.as_ref().is_none_or(|to| to == &notice.to)
            && self.channel.is_none_or(|channel| channel == notice.channel)
            && self.occasion.is_none_or(|occasion| occasion == notice.occasion)
            && self.flow.as_deref().is_none_or(|flow| notice.flow.as_ref().is_some_and(|one| one.as_str() == flow))
    }
}

/// The newest `limit` of those that fit, oldest first.
pub(super) async fn list(World(account): World, Query(filter): Query<Filter>) -> Json<Vec<Shown>> {
    let (notices, links) = account.enter(EdgeTime::read(), |world, _, _| (world.notices.clone(), world.links.clone()));
    let newest = notices.iter().rev().filter(|notice| filter.fits(notice)).take(filter.limit.unwrap_or(usize::MAX));
    let mut shown: Vec<Shown> = newest
        .map(|notice| {
            let link = notice.token.as_ref().and_then(|token| links.get(token));
            Shown {
                at: notice.at.seconds(),
                channel: notice.channel,
                occasion: notice.occasion,
                to: notice.to.clone(),
                flow: notice.flow.as_ref().map(ToString::to_string),
                text: notice.text.clone(),
                link: link.map(|link| account.urls.short(link)),
            }
        })
        .collect();
    shown.reverse();
    Json(shown)
}
