//! How many calls of one action one key has made within a second.
//!
//! The window slides: whatever second one looks at, at most the limit passes, so that a test which fires one call too
//! many sees it refused whenever it starts. Refused calls do not count: a client that slows down gets on again. Time is
//! the machine's real clock, handed in: a world's clock may stand still.

use std::collections::{HashMap, VecDeque};

use ess_schemas::contract::ActionContract;

use super::fault::Fault;

/// Calls a second for each key and action (page of every action: 20 a second).
pub const CALLS_PER_SECOND: u32 = 20;

/// Windows kept before the idle ones are dropped.
const TIDY_ABOVE: usize = 4_096;

/// The recent calls of every key. Holds no more times for a key and action than calls are allowed in a second, and
/// forgets idle windows once there are many.
#[derive(Debug)]
pub struct RateWindows {
    limit: u32,
    keys: HashMap<Box<str>, HashMap<Action, VecDeque<i64>>>,
    windows: usize,
    tidy_at: usize,
}

/// An action, by the address of its contract, of which there is one in the process.
type Action = usize;

impl Default for RateWindows {
    fn default() -> Self {
        Self::new(CALLS_PER_SECOND)
    }
}

impl RateWindows {
    /// Windows that let `limit` calls a second pass.
    pub fn new(limit: u32) -> Self {
        Self { limit, keys: HashMap::new(), windows: 0, tidy_at: TIDY_ABOVE }
    }

    /// Counts a call by this key, or refuses it. `now` is the machine's real clock in milliseconds.
    pub fn admit(&mut self, secret_id: &str, action: &'static ActionContract, now: i64) -> Result<(), Fault> {
        if self.windows >= self.tidy_at {
            self.tidy(now);
        }
        let limit = self.limit;
        let window = self.window(secret_id, std::ptr::from_ref(action).addr());
        while window.front().is_some_and(|at| is_over(*at, now)) {
            window.pop_front();
        }
        let calls = u32::try_from(window.len()).unwrap_or(u32::MAX);
        if calls < limit {
            window.push_back(now);
            Ok(())
        } else {
            Err(Fault::TooManyCalls { calls: calls.saturating_add(1), limit })
        }
    }

    fn window(&mut self, secret_id: &str, action: Action) -> &mut VecDeque<i64> {
        let actions = self.keys.entry(secret_id.into()).or_default();
        self.windows += usize::from(!actions.contains_key(&action));
        actions.entry(action).or_default()
    }

    fn tidy(&mut self, now: i64) {
        self.keys.retain(|_, actions| {
            actions.retain(|_, calls| calls.back().is_some_and(|at| !is_over(*at, now)));
            !actions.is_empty()
        });
        self.windows = self.keys.values().map(HashMap::len).sum();
        self.tidy_at = (self.windows * 2).max(TIDY_ABOVE);
    }
}

/// A call has left the window a second after it was made. A call from the future (the clock stepped back by more than
/// the window) has too, or it would stay for ever.
fn is_over(at: i64, now: i64) -> bool {
    now.saturating_sub(at) >= 1_000 || at.saturating_sub(now) >= 1_000
}

#[cfg(test)]
mod tests {
    use ess_schemas::contract::{Service, action};

    use super::*;

    fn describe() -> &'static ActionContract {
        action(Service::Ess, "DescribeFlowInfo").unwrap()
    }

    #[test]
    fn the_twenty_first_call_within_a_second_is_refused_and_the_next_second_is_free() {
        let mut windows = RateWindows::default();
        for call in 0..20 {
            assert_eq!(windows.admit("a", describe(), 990 + call), Ok(()));
        }

        assert_eq!(windows.admit("a", describe(), 1_500), Err(Fault::TooManyCalls { calls: 21, limit: 20 }));
        assert_eq!(windows.admit("a", describe(), 1_989), Err(Fault::TooManyCalls { calls: 21, limit: 20 }));
        assert_eq!(windows.admit("a", describe(), 1_990), Ok(()), "the first call is a second ago");
    }

    #[test]
    fn keys_and_actions_are_counted_apart() {
        let mut windows = RateWindows::new(1);

        assert!(windows.admit("a", describe(), 0).is_ok());
        assert!(windows.admit("b", describe(), 0).is_ok());
        assert!(windows.admit("a", action(Service::Ess, "CancelFlow").unwrap(), 0).is_ok());
        assert!(windows.admit("a", describe(), 0).is_err());
    }

    #[test]
    fn idle_windows_are_dropped_so_that_many_keys_cost_no_memory() {
        let mut windows = RateWindows::default();
        for now in 0..100_000 {
            assert!(windows.admit(&now.to_string(), describe(), now).is_ok());
        }

        assert!(windows.windows <= TIDY_ABOVE, "{} windows left", windows.windows);
    }

    #[test]
    fn a_clock_that_steps_back_blocks_nobody_for_longer_than_a_second() {
        let mut windows = RateWindows::new(1);

        assert!(windows.admit("a", describe(), 1_000_000).is_ok());
        assert!(windows.admit("a", describe(), 5_000).is_ok());
    }
}
