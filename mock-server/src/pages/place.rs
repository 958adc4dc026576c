//! The address of a page that is about no single contract of somebody's: what was in the link, and the language.

use super::address::{Query, encode};
use super::words::Language;
use crate::domain::link::Link;

/// Where somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// What the address must keep from page to page: a parameter, and its value.
    keeps: Option<(&'static str, String)>,
    /// The language.
    pub(super) language: Language,
    /// The way to the root of the pages.
    pub(super) root: &'static str,
}

impl Place {
    /// Of an embedded page. Where the vendor's address has two slashes before the page's name, ours has them too, so that
    /// the root is one step further away.
    pub(super) fn embedded(page: &str, query: &Query) -> Self {
        let root = if page.starts_with('/') { "../../../" } else { "../../" };
        let code = query.get("code").cloned().unwrap_or_default();
        Self { keeps: Some(("code", code)), language: Language::of(query), root }
    }

    /// Of a page whose path says everything, two folders deep.
    pub(super) fn of_path(query: &Query) -> Self {
        Self { keeps: None, language: Language::of(query), root: "../../" }
    }

    /// The token of the link somebody followed here.
    pub(super) fn token(&self) -> Option<&str> {
        self.keeps.as_ref().and_then(|(_, code)| Link::token_in(code))
    }

    /// As a reference from the page itself.
    pub(super) fn href(&self) -> String {
        self.href_in(self.language)
    }

    /// The same place in the other language.
    pub(super) fn switch(&self) -> Option<String> {
        Some(self.href_in(self.language.other()))
    }

    fn href_in(&self, language: Language) -> String {
        let kept = self.keeps.iter().map(|(name, value)| (*name, value.as_str()));
        let pairs = kept.chain(language.parameter().map(|tag| ("lang", tag)));
        let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        format!("?{}", pairs.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embedded_page_keeps_its_code_and_language() {
        let query = [("code", "yD0123456789rest"), ("lang", "en"), ("businessId", "x")];
        let query: Query = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();

        let place = Place::embedded("contract-create", &query);

        assert_eq!((place.token(), place.root), (Some("0123456789"), "../../"));
        assert_eq!(place.href(), "?code=yD0123456789rest&lang=en");
        assert_eq!(place.switch().as_deref(), Some("?code=yD0123456789rest"));
        assert_eq!(Place::embedded("/contract-details", &query).root, "../../../");
    }
}
