//! Moving a world's clock, exactly.
//!
//! One advance at a time: pin the clock, run what is due, wait until no attempt is in flight, step to the next timer up to
//! the target, repeat, pin there, go on in the former mode. Time never passes a moment while something sent at or before
//! it is unanswered. An attempt takes none of the world's time.

use std::sync::Arc;
use std::time::Duration;

use super::account::Account;
use super::clock::{Clock, EdgeTime};
use crate::domain::time::Timestamp;

/// How long an advance may take in real time before it gives up waiting for receivers.
const PATIENCE: Duration = Duration::from_secs(60);
/// How many timers it may run: a receiver that causes an event per callback would never come to rest.
const FIRINGS: u64 = 100_000;

/// What came of an advance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advanced {
    /// The world's time now.
    pub now: Timestamp,
    /// Timers that ran.
    pub fired: u64,
    /// Attempts whose outcome was taken down.
    pub delivered: u64,
    /// Whether everything due has an outcome; `false` when a bound was hit.
    pub settled: bool,
}

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// So far from now.
    By(Duration),
    /// To this moment; nowhere if it has passed.
    To(Timestamp),
    /// To the next timer; nowhere if there is none.
    NextTimer,
}

/// Advances `account` to `target`.
pub async fn advance(account: &Arc<Account>, target: Target) -> Advanced {
    let _one_at_a_time = account.advancing.lock().await;
    let pinned = Pinned(account);
    let (start, epoch) = account.pin(EdgeTime::read());
    let delivered_before = account.attempts_recorded();
    let target = match target {
        Target::By(span) => start.plus(span),
        Target::To(moment) => moment.max(start),
        Target::NextTimer => account.pulse(EdgeTime::read()).next_timer.unwrap_or(start).max(start),
    };

    let mut fired = 0;
    let walk = async {
        loop {
            while fired < FIRINGS && account.fire_one(EdgeTime::read()) {
                fired += 1;
            }
            wait_until_quiet(account).await;
            let Some(next) = account.pulse(EdgeTime::read()).next_timer.filter(|next| *next <= target) else {
                return true;
            };
            if fired >= FIRINGS {
                return false;
            }
            if !account.step(next.max(start), epoch) {
                return false;
            }
        }
    };
    let settled = tokio::time::timeout(PATIENCE, walk).await.unwrap_or(false);
    // A reset under way leaves nothing to settle.
    let settled = settled && account.step(target, epoch);
    account.enter(EdgeTime::read(), |_, _, _| ());
    let now = account.pulse(EdgeTime::read()).now;
    // After a reset the world counts from nought again.
    let delivered = account.attempts_recorded().saturating_sub(delivered_before);
    drop(pinned);
    Advanced { now, fired, delivered, settled }
}

/// Changes how the clock runs, once no advance is under way; `change` gets the clock, the world's time and the reading.
pub async fn change_clock(account: &Account, change: impl FnOnce(Clock, Timestamp, EdgeTime) -> Clock) {
    let _no_advance = account.advancing.lock().await;
    let edge = EdgeTime::read();
    account.set_clock(edge, |clock, now| change(clock, now, edge));
}

/// A pinned clock. It goes on when this is dropped: also when whoever asked for the advance stops waiting for it.
struct Pinned<'a>(&'a Account);

impl Drop for Pinned<'_> {
    fn drop(&mut self) {
        self.0.unpin(EdgeTime::read());
    }
}

/// Waits until no attempt is under way and none is due.
async fn wait_until_quiet(account: &Account) {
    loop {
        let change = account.settled.notified();
        tokio::pin!(change);
        // Registered before looking, so that an outcome between the look and the wait is not missed.
        change.as_mut().enable();
        let pulse = account.pulse(EdgeTime::read());
        if pulse.in_flight == 0 && !pulse.has_due {
            return;
        }
        change.await;
    }
}
