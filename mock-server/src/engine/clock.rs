//! Time, the one input nobody else may read.
//!
//! The edge reads the machine's clock once a request ([`EdgeTime::read`], the only place in the server that does) and
//! passes the reading down; a world's [`Clock`] maps it to the world's own time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::domain::time::Timestamp;

/// A reading of the machine's clock: milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EdgeTime(i64);

impl EdgeTime {
    /// Reads the machine's clock.
    #[must_use]
    #[allow(clippy::disallowed_methods, reason = "the edge's one reading; everything below is told the time")]
    pub fn read() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        Self(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    /// A made-up reading, for tests.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }
}

/// How a world's time follows the machine's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// As the machine's.
    Real,
    /// As the machine's, so many milliseconds away.
    Shifted(i64),
    /// Standing still.
    Frozen(Timestamp),
}

impl Clock {
    /// The world's time at this reading.
    #[must_use]
    pub fn at(self, edge: EdgeTime) -> Timestamp {
        match self {
            Self::Real => Timestamp::from_millis(edge.millis()),
            Self::Shifted(by) => Timestamp::from_millis(edge.millis().saturating_add(by)),
            Self::Frozen(at) => at,
        }
    }

    /// This clock, going on from `target` at this reading: a frozen one stands there, a running one is shifted there.
    #[must_use]
    pub fn continuing_from(self, target: Timestamp, edge: EdgeTime) -> Self {
        match self {
            Self::Frozen(_) => Self::Frozen(target),
            Self::Real | Self::Shifted(_) => Self::Shifted(target.millis().saturating_sub(edge.millis())),
        }
    }

    /// Its name in the control API.
    #[must_use]
    pub fn mode(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Shifted(_) => "shifted",
            Self::Frozen(_) => "frozen",
        }
    }

    /// Whether it only moves when told to.
    #[must_use]
    pub fn is_frozen(self) -> bool {
        matches!(self, Self::Frozen(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_clock_goes_on_from_where_it_was_put() {
        let edge = EdgeTime::from_millis(1_000_000);
        let later = EdgeTime::from_millis(1_000_500);
        let target = Timestamp::from_millis(9_000_000);
        assert_eq!(Clock::Real.continuing_from(target, edge).at(later), Timestamp::from_millis(9_000_500));
        assert_eq!(Clock::Frozen(Timestamp::default()).continuing_from(target, edge).at(later), target);
    }
}
