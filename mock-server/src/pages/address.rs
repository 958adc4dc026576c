//! The address of a page: which link, and what was chosen on the way.
//!
//! The long links carry a dozen parameters for the vendor's own pages; here the token says it all, so only what matters
//! is kept from page to page.

use std::collections::HashMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::words::Language;
use crate::domain::link::Link;

/// What may stand in a query value as it is.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// Parameters as they came; of one that stands twice, the last counts.
pub(super) type Query = HashMap<String, String>;

/// Where somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// By which door they came.
    door: Door,
    /// The link's token.
    pub(super) token: String,
    /// The contract they chose from a list.
    pub(super) flow: Option<String>,
    /// The signer they said they are.
    pub(super) who: Option<String>,
    /// Their language.
    pub(super) language: Language,
    /// Whether they have just signed.
    pub(super) done: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Door {
    Quick,
    Mini { short_key: String, to: String },
    Embedded { short_key: String },
}

/// By which door somebody wants in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entrance {
    /// The H5 pages.
    Quick,
    /// The mini program's stand-in.
    Mini,
    /// The console's page, embedded elsewhere.
    Embedded,
}

impl Entrance {
    /// Where a visitor with these parameters is; without a token or key it is nobody's.
    pub(super) fn address(self, query: &Query) -> Option<Address> {
        match self {
            Self::Quick => Address::quick(query),
            Self::Mini => Address::mini(query),
            Self::Embedded => Address::embedded(query),
        }
    }

    /// The way from its pages to the root of all: the mini program's lie one folder deep, the others two.
    pub(super) fn root(self) -> &'static str {
        match self {
            Self::Mini => "../",
            Self::Quick | Self::Embedded => "../../",
        }
    }
}

impl Address {
    /// Of the H5 page; without a token it is nobody's.
    fn quick(query: &Query) -> Option<Self> {
        Some(Self::common(query, Door::Quick, query.get("token")?.clone()))
    }

    /// Of the mini program's stand-in: the link is found by the `shortKey` in its path. A path pasted without escaping
    /// falls apart at its `&`, so the key may also stand outside.
    fn mini(query: &Query) -> Option<Self> {
        let path = query.get("path").map(|path| path_pairs(path)).unwrap_or_default();
        let find = |name: &str| path.get(name).or_else(|| query.get(name)).cloned();
        let short_key = find("shortKey")?;
        let token = Link::token_in(&short_key)?.to_owned();
        let to = find("to").unwrap_or_default();
        Some(Self::common(query, Door::Mini { short_key, to }, token))
    }

    /// Of the console's page, whose link is found by the `shortKey` too.
    fn embedded(query: &Query) -> Option<Self> {
        let short_key = query.get("shortKey")?.clone();
        let token = Link::token_in(&short_key)?.to_owned();
        Some(Self::common(query, Door::Embedded { short_key }, token))
    }

    /// Of a picture on a page.
    pub(super) fn of_picture(token: String, query: &Query) -> Self {
        Self::common(query, Door::Quick, token)
    }

    fn common(query: &Query, door: Door, token: String) -> Self {
        let given = |name: &str| query.get(name).filter(|value| !value.is_empty()).cloned();
        Self {
            door,
            token,
            flow: given("flow"),
            who: given("as"),
            language: Language::of(query),
            done: query.get("done").is_some_and(|value| value == "1"),
        }
    }

    /// Whether the mini program was asked for its whole list, not only for what is waiting.
    pub(super) fn wants_everything(&self) -> bool {
        matches!(&self.door, Door::Mini { to, .. } if to == "CONTRACT_LIST")
    }

    /// The way from here to the root of the pages.
    pub(super) fn root(&self) -> &'static str {
        let entrance = match self.door {
            Door::Quick => Entrance::Quick,
            Door::Mini { .. } => Entrance::Mini,
            Door::Embedded { .. } => Entrance::Embedded,
        };
        entrance.root()
    }

    /// The same place in the other language.
    pub(super) fn in_language(&self, language: Language) -> Self {
        Self { language, ..self.clone() }
    }

    /// The same place, for somebody who has said who they are.
    pub(super) fn speaking_as(&self, who: &str) -> Self {
        Self { who: Some(who.to_owned()), ..self.clone() }
    }

    /// The same place, for somebody who takes that back.
    pub(super) fn speaking_as_nobody(&self) -> Self {
        Self { who: None, done: false, ..self.clone() }
    }

    /// The list this contract was chosen from.
    pub(super) fn back_to_list(&self) -> Self {
        Self { flow: None, who: None, done: false, ..self.clone() }
    }

    /// One contract of this list.
    pub(super) fn choosing(&self, flow: &str) -> Self {
        Self { flow: Some(flow.to_owned()), ..self.clone() }
    }

    /// The same place after signing, or before.
    pub(super) fn with_done(&self, done: bool) -> Self {
        Self { done, ..self.clone() }
    }

    /// As a reference from the page itself, so that it holds behind any host and path.
    pub(super) fn href(&self) -> String {
        let mut href = match &self.door {
            Door::Quick => format!("?token={}", encode(&self.token)),
            Door::Embedded { short_key } => format!("?shortKey={}", encode(short_key)),
            Door::Mini { short_key, to } => {
                let path = format!("pages/guide?to={}&shortKey={}", encode(to), encode(short_key));
                format!("?path={}", encode(&path))
            }
        };
        let more = [("flow", self.flow.as_deref()), ("as", self.who.as_deref()), ("lang", self.language.parameter())];
        for (name, value) in more.into_iter().chain([("done", self.done.then_some("1"))]) {
            if let Some(value) = value {
                href += &format!("&{name}={}", encode(value));
            }
        }
        href
    }

    /// The picture of a page, seen from here.
    pub(super) fn picture(&self, world: &str, page: usize, width: u32) -> String {
        let flow = self.flow.as_deref().map(|id| format!("&flow={}", encode(id))).unwrap_or_default();
        format!("{}quick/{world}/page/{}/{page}.png?w={width}{flow}", self.root(), encode(&self.token))
    }
}

/// A text as it may stand in a query.
pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, QUERY).to_string()
}

/// The parameters of a mini program's path.
pub(super) fn path_pairs(path: &str) -> HashMap<String, String> {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|piece| piece.split_once('='));
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    pairs.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> Query {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn only_what_matters_is_kept_from_page_to_page() {
        let here = Address::quick(&query(&[("token", "T&1"), ("FlowId", "x"), ("lang", "en"), ("as", "甲")])).unwrap();
        assert_eq!(here.href(), "?token=T%261&as=%E7%94%B2&lang=en");
        assert_eq!(here.in_language(Language::Chinese).with_done(true).href(), "?token=T%261&as=%E7%94%B2&done=1");
    }

    #[test]
    fn a_mini_programs_path_is_found_by_its_short_key_escaped_or_not() {
        let path = "pages/guide?from=default&to=CONTRACT_DETAIL&shortKey=yD0123456789abcdefgh";
        let escaped = Address::mini(&query(&[("path", path)])).unwrap();
        let fallen_apart = query(&[
            ("path", "pages/guide?from=default"),
            ("to", "CONTRACT_DETAIL"),
            ("shortKey", "yD0123456789abcdefgh"),
        ]);
        assert_eq!(escaped.token, "0123456789");
        assert_eq!(Address::mini(&fallen_apart), Some(escaped));
    }

    #[test]
    fn an_address_leads_back_to_itself() {
        let path = "pages/guide?to=CONTRACT_LIST&shortKey=yD0123456789abcdefgh";
        let here = Address::mini(&query(&[("path", path), ("flow", "f"), ("lang", "en")])).unwrap();
        let href = here.href();
        let parsed = href.trim_start_matches('?').split('&').map(|piece| {
            let (name, value) = piece.split_once('=').unwrap();
            (name.to_owned(), percent_decode_str(value).decode_utf8().unwrap().into_owned())
        });
        assert_eq!(Address::mini(&parsed.collect()), Some(here));
    }

    #[test]
    fn an_embedded_page_is_found_by_its_short_key() {
        let here = Entrance::Embedded.address(&query(&[("shortKey", "yD0123456789abcdefgh"), ("embed", "1")])).unwrap();
        assert_eq!((here.token.as_str(), here.root()), ("0123456789", "../../"));
        assert_eq!(here.choosing("f").href(), "?shortKey=yD0123456789abcdefgh&flow=f");
        assert_eq!(here.choosing("f").back_to_list(), here);
    }

    #[test]
    fn without_a_key_there_is_no_link() {
        assert_eq!(Address::quick(&Query::new()), None);
        assert_eq!(Entrance::Embedded.address(&query(&[("shortKey", "short")])), None);
        for path in ["", "pages/guide", "pages/guide?shortKey=short", "pages/guide?shortKey=合同合同合同合同"] {
            assert_eq!(Address::mini(&query(&[("path", path)])), None, "{path}");
        }
    }
}
