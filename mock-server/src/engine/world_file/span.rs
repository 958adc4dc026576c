//! Spans in a world file: `30m`, `10d`.

pub use crate::span::Span;

use crate::domain::time::Timestamp;
pub(super) use crate::span::HOUR as AN_HOUR;

impl Span {
    /// The moment this long before `later`.
    pub(super) fn before(self, later: Timestamp) -> Timestamp {
        later.minus(self.0)
    }
}
