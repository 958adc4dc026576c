//! How a visitor wants to be answered: page or JSON, in which language.

use askama::Template;
use axum::Json;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use serde_json::json;

use super::address::{Address, Query};
use super::trouble::Trouble;
use super::words::Language;

/// See the module's comment.
#[derive(Clone, Debug)]
pub(super) struct Manner {
    /// Whether a script asks.
    pub(super) json: bool,
    language: Language,
    root: &'static str,
    /// Where to go back to after a trouble.
    back: Option<String>,
}

impl Manner {
    /// Of a request; `root` leads from its address to the root of the pages.
    pub(super) fn of(headers: &HeaderMap, query: &Query, root: &'static str) -> Self {
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let accept = header(ACCEPT);
        let asks = accept.contains("application/json") && !accept.contains("text/html");
        Self { json: asks || sends_json(headers), language: Language::of(query), root, back: None }
    }

    /// With a way back.
    pub(super) fn leading_back_to(mut self, address: &Address) -> Self {
        self.back = Some(address.with_done(false).href());
        self
    }

    /// With a way back to this reference.
    pub(super) fn leading_back(mut self, href: String) -> Self {
        self.back = Some(href);
        self
    }

    /// Says what is in the way.
    pub(super) fn say(&self, trouble: &Trouble) -> Response {
        let (headline, sentence) = self.language.trouble(trouble);
        let status = trouble.status();
        if self.json {
            let separator = self.language.pick("：", ": ");
            let message = format!("{headline}{separator}{sentence}");
            return (status, Json(json!({ "error": trouble.name(), "message": message }))).into_response();
        }
        let dead_end = matches!(trouble, Trouble::LinkExpired(_) | Trouble::UnknownLink | Trouble::UnknownWorld);
        let page = TroublePage {
            language: self.language,
            root: self.root,
            switch: None,
            refresh: None,
            headline,
            sentence,
            back: self.back.as_deref().filter(|_| !dead_end),
        };
        (status, render(&page)).into_response()
    }
}

/// Whether the body is JSON.
pub(super) fn sends_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// Fills a template in.
pub(super) fn render(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => Html(text).into_response(),
        // Templates are checked when compiled, and write into memory: nothing is left that could fail.
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    headline: &'static str,
    sentence: String,
    back: Option<&'a str>,
}

/// When a page loads another one by itself.
pub(super) struct Refresh {
    /// After so many seconds.
    pub(super) seconds: u64,
    /// Another address, or the page itself again.
    pub(super) to: Option<String>,
}
