//! How often, and after what wait, a call is tried again. *Whether* it may be is the error's answer: [`Error::may_retry`](crate::Error::may_retry).

use std::time::Duration;

/// How often a call is tried, and how long the pauses are. Each pause is twice the one before, shortened by up to half.
///
/// Whether a call is tried again at all follows from what happened, and from whether the action changes anything:
///
/// | [`ErrorKind`](crate::ErrorKind) | action that reads | action that changes something |
/// |---|---|---|
/// | `Refused` with `RequestLimitExceeded` | again, after the longer pause | again: it was not looked at |
/// | `Refused` with `InternalError`, `ServiceUnavailable` | again | not again: perhaps carried out |
/// | `Refused` with any other code | not again: the answer stays the same | not again |
/// | `NotConnected` | again | again: nothing was sent |
/// | `TimedOut`, `Broken` | again | not again: perhaps carried out |
/// | `NotAnAnswer` with HTTP 429 or from 500 on | again | not again: perhaps carried out |
/// | `NotAnAnswer` with another status | not again | not again: perhaps carried out |
/// | `Unreadable` | not again: the answer stays the same | not again: it was carried out |
/// | `Unsendable`, `ForeignHost`, `Tls` | not again | not again: nothing was sent |
///
/// Where a changing call was perhaps carried out, [`Error::what_to_check`](crate::Error::what_to_check) says where that shows.
///
/// What shortens a pause is drawn from the request's signature, so that callers refused together do not come back together,
/// and the same request at the same second still behaves the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How often a call is tried in all; 1 means never again.
    pub attempts: u32,
    /// The pause after a first failure.
    pub first_pause: Duration,
    /// The pause after a first `RequestLimitExceeded`; the vendor counts calls by the second. (page of every action: 20 a second)
    pub first_pause_after_limit: Duration,
    /// No pause is longer.
    pub longest_pause: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 3,
            first_pause: Duration::from_millis(200),
            first_pause_after_limit: Duration::from_secs(1),
            longest_pause: Duration::from_secs(10),
        }
    }
}

impl RetryPolicy {
    /// Every call is tried once.
    pub fn never() -> Self {
        Self { attempts: 1, ..Self::default() }
    }

    /// The pause after the `attempt`th failure (the first is 1). `spread` in 0..1 says how much of its second half is waited.
    pub(crate) fn pause(&self, attempt: u32, limited: bool, spread: f64) -> Duration {
        let first = if limited { self.first_pause_after_limit } else { self.first_pause };
        let doubled = first.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        doubled.min(self.longest_pause).mul_f64(0.5 + spread.clamp(0.0, 1.0) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let policy = RetryPolicy { longest_pause: Duration::from_millis(700), ..RetryPolicy::default() };

        let pauses: Vec<_> = (1..=4).map(|attempt| policy.pause(attempt, false, 1.0).as_millis()).collect();

        assert_eq!(pauses, [200, 400, 700, 700]);
        assert_eq!(policy.pause(u32::MAX, false, 1.0).as_millis(), 700);
    }

    #[test]
    fn the_spread_shortens_a_pause_by_at_most_half() {
        let policy = RetryPolicy::default();

        assert_eq!(policy.pause(1, false, 0.0).as_millis(), 100);
        assert_eq!(policy.pause(1, false, 0.5).as_millis(), 150);
        assert_eq!(policy.pause(1, true, 0.0).as_millis(), 500);
    }
}
