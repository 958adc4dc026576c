//! Spans in a world file: `30m`, `10d`.

use crate::domain::time::{HOUR, Timestamp};
pub use crate::span::Span;

/// When things happened that nobody says the time of: an hour before the world begins.
pub(super) const AN_HOUR: Span = Span(HOUR);

impl Span {
    /// The moment this long before `later`.
    pub(super) fn before(self, later: Timestamp) -> Timestamp {
        // Spans end at a hundred years, so nothing saturates.
        let millis = i64::try_from(self.0.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_millis(later.millis().saturating_sub(millis))
    }
}
