//! Moments and spans. The domain is told the time; it never asks.

use std::fmt;
use std::time::Duration;

/// A moment: milliseconds since 1970-01-01 UTC. The wire speaks whole seconds ([`Timestamp::seconds`]); retries need finer steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The latest moment there is.
    pub const MAX: Self = Self(i64::MAX);

    /// From milliseconds since 1970.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// From whole seconds since 1970, as the wire has them; absurdly large values saturate.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The moment `span` later; saturates.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// The moment `span` earlier; saturates.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// How long after `earlier` this is; zero when it is not after.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(moment) => moment.fmt(f),
            Err(_) => write!(f, "{} ms since 1970", self.0),
        }
    }
}

/// One day.
pub const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// One hour.
pub const HOUR: Duration = Duration::from_secs(60 * 60);
/// One minute.
pub const MINUTE: Duration = Duration::from_secs(60);

/// A moment on the vendor's wall clock, which always is Beijing's (UTC+8).
#[must_use]
pub fn beijing(at: Timestamp) -> jiff::civil::DateTime {
    let offset = jiff::tz::offset(8);
    jiff::Timestamp::from_millisecond(at.millis())
        .map_or(jiff::civil::DateTime::MAX, |moment| offset.to_datetime(moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_round_down_on_both_sides_of_1970() {
        assert_eq!(Timestamp::from_millis(1999).seconds(), 1);
        assert_eq!(Timestamp::from_millis(-1).seconds(), -1);
    }

    #[test]
    fn a_span_never_runs_backwards() {
        assert_eq!(Timestamp::from_seconds(5).since(Timestamp::from_seconds(9)), Duration::ZERO);
        assert_eq!(Timestamp::from_seconds(9).since(Timestamp::from_seconds(5)), Duration::from_secs(4));
    }

    #[test]
    fn the_vendor_lives_eight_hours_east_of_utc() {
        assert_eq!(beijing(Timestamp::from_seconds(1_700_000_000)).to_string(), "2023-11-15T06:13:20");
    }
}
