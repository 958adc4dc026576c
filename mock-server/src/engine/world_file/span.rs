//! Spans in a world file: `30m`, `10d`.

use std::time::Duration;

use serde::Deserialize;

use crate::domain::time::{HOUR, Timestamp};
use crate::span::{EXPECTED, parse};

/// When things happened that nobody says the time of: an hour before the world begins.
pub(super) const AN_HOUR: Span = Span(HOUR);

/// A span as people write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Span(pub Duration);

impl Span {
    /// The moment this long before `later`.
    pub(super) fn before(self, later: Timestamp) -> Timestamp {
        // Spans end at a hundred years, so nothing saturates.
        let millis = i64::try_from(self.0.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_millis(later.millis().saturating_sub(millis))
    }
}

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        parse(&text).map(Self).ok_or_else(|| format!("`{text}` is no span; expected {EXPECTED}"))
    }
}
