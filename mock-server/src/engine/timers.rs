//! What will happen by itself, in order.
//!
//! A timer is a value `(at, what)` in an ordered set inside the world: part of every snapshot, cancelled by value, ties
//! broken by what it is and its number. Timers exist only for what changes state or sends by itself; links and files
//! expire by comparison when somebody looks.

use imbl::OrdSet;

use crate::domain::intelligence::TaskKind;
use crate::domain::time::Timestamp;

/// What a timer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Timer {
    /// The contract with this number, or one of its signers, may be overdue.
    Deadline(u64),
    /// The document of the contract with this number is composed.
    Composition(u64),
    /// The machine at this place among the contract's signers signs.
    AutoSign(u64, usize),
    /// The task of cancellations with this number runs.
    CancelTask(u64),
    /// The signer at this place among the contract's does something by themselves.
    Autopilot(u64, usize),
    /// The time to sign the contract with this number runs out soon.
    NearExpiry(u64),
    /// The initiator of the contract with this number wants to be reminded of it.
    Renewal(u64),
    /// The task of contract intelligence of this kind and number has ended.
    IntelligenceTask(TaskKind, u64),
    /// The delivery with this number is due for an attempt, or is held back no longer.
    Attempt(u64),
}

/// All timers of a world.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Timers(OrdSet<(Timestamp, Timer)>);

impl Timers {
    /// Sets one.
    pub fn set(&mut self, at: Timestamp, timer: Timer) {
        self.0.insert((at, timer));
    }

    /// Cancels one; no matter if there is none.
    pub fn cancel(&mut self, at: Timestamp, timer: Timer) {
        self.0.remove(&(at, timer));
    }

    /// When the next one is due.
    #[must_use]
    pub fn next_at(&self) -> Option<Timestamp> {
        self.0.get_min().map(|(at, _)| *at)
    }

    /// Every one, in order.
    pub(super) fn all(&self) -> impl Iterator<Item = (Timestamp, Timer)> {
        self.0.iter().copied()
    }

    /// Takes the first one that is due at `now`.
    pub fn take_due(&mut self, now: Timestamp) -> Option<(Timestamp, Timer)> {
        let first = *self.0.get_min()?;
        (first.0 <= now).then(|| {
            self.0.remove(&first);
            first
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_come_in_order_and_ties_by_number() {
        let at = Timestamp::from_seconds;
        let mut timers = Timers::default();
        for (seconds, timer) in
            [(5, Timer::Deadline(2)), (3, Timer::Attempt(9)), (5, Timer::Deadline(1)), (4, Timer::AutoSign(1, 0))]
        {
            timers.set(at(seconds), timer);
        }
        timers.cancel(at(4), Timer::AutoSign(1, 0));
        let mut order = Vec::new();
        while let Some((_, timer)) = timers.take_due(at(5)) {
            order.push(timer);
        }
        assert_eq!(order, [Timer::Attempt(9), Timer::Deadline(1), Timer::Deadline(2)]);
    }

    #[test]
    fn what_is_not_due_stays() {
        let mut timers = Timers::default();
        timers.set(Timestamp::from_seconds(5), Timer::Deadline(0));
        assert_eq!(timers.take_due(Timestamp::from_seconds(4)), None);
        assert_eq!(timers.next_at(), Some(Timestamp::from_seconds(5)));
    }
}
