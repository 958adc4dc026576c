//! The language of the gateway's own messages. Business messages are Chinese whatever is asked for.

use http::HeaderMap;

/// The language of a common-layer message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// What a client gets that asks for nothing (page response-format).
    #[default]
    English,
    /// `zh-CN`, which the Python and Go SDKs and tccli always ask for (wire).
    Chinese,
}

impl Language {
    /// Reads a language tag. Anything but `zh-CN` and `zh` is English; an unknown tag is no fault (ASSUMED: no source
    /// shows one refused).
    pub fn from_tag(tag: &str) -> Self {
        let tag = tag.trim();
        if tag.eq_ignore_ascii_case("zh-CN") || tag.eq_ignore_ascii_case("zh") { Self::Chinese } else { Self::English }
    }

    /// The language asked for by the header `X-TC-Language`. For the answer to a request that could not be read.
    pub fn of(headers: &HeaderMap) -> Self {
        headers.get("x-tc-language").and_then(|value| value.to_str().ok()).map_or(Self::English, Self::from_tag)
    }
}
