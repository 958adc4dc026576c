//! The lanes: what is due at an address, one attempt at a time, and what came of it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::Desk;
use crate::callbacks::delivery::{Attempt, Delivery, DeliveryState, Outcome};
use crate::domain::time::Timestamp;
use crate::engine::timers::{Timer, Timers};

/// An attempt that may go out now.
#[derive(Clone, Debug)]
pub struct Due {
    /// The delivery's number.
    pub number: u64,
    /// The delivery as it is.
    pub delivery: Arc<Delivery>,
}

impl Desk {
    /// Puts a delivery at the end of its lane.
    pub(super) fn queue(&mut self, number: u64) {
        if self.is_kept_back(number) {
            return;
        }
        let Some(delivery) = self.deliveries.get(&number).filter(|one| !one.state.is_final()) else { return };
        let lane = delivery.address.id.clone();
        self.lanes.entry(lane).or_default().push_back(number);
    }

    /// Whether an address that is not in `busy` has something due.
    #[must_use]
    pub fn has_due(&self, busy: &BTreeSet<String>) -> bool {
        self.lanes.keys().any(|lane| !busy.contains(lane))
    }

    /// Takes what may go out now: the first of every lane that is not in `busy`. Attempts whose request is lost by policy
    /// are taken down at once.
    pub fn take_due(&mut self, busy: &BTreeSet<String>, now: Timestamp, timers: &mut Timers) -> Vec<Due> {
        let free: Vec<String> = self.lanes.keys().filter(|lane| !busy.contains(*lane)).cloned().collect();
        free.iter().filter_map(|lane| self.take_first(lane, now, timers)).collect()
    }

    fn take_first(&mut self, lane: &str, now: Timestamp, timers: &mut Timers) -> Option<Due> {
        let current = self.address(lane).cloned();
        loop {
            let waiting = self.lanes.get_mut(lane)?;
            let first = waiting.pop_front();
            if waiting.is_empty() {
                self.lanes.remove(lane);
            }
            let number = first?;
            if self.waiting_until(number).is_none() {
                continue;
            }
            let delivery = Arc::make_mut(self.deliveries.get_mut(&number)?);
            // An address holds as it is now, not as it was when the message was made.
            if let Some(current) = &current {
                delivery.address = current.clone();
            }
            if delivery.loses_its_next_request() {
                let address = delivery.address.clone();
                let attempt = Attempt::new(now, Outcome::Lost, Duration::ZERO, address);
                self.record(number, attempt, timers);
                continue;
            }
            delivery.state = DeliveryState::Sending;
            return Some(Due { number, delivery: self.deliveries.get(&number)?.clone() });
        }
    }

    /// Until when a delivery waits, for its next attempt or held back.
    pub(super) fn waiting_until(&self, number: u64) -> Option<Timestamp> {
        match self.deliveries.get(&number)?.state {
            DeliveryState::Held(at) | DeliveryState::Waiting(at) => Some(at),
            DeliveryState::Sending
            | DeliveryState::Delivered
            | DeliveryState::GivenUp
            | DeliveryState::Lost
            | DeliveryState::Dropped => None,
        }
    }

    /// Takes down what came of an attempt and sets the timer for the next one.
    pub fn record(&mut self, number: u64, mut attempt: Attempt, timers: &mut Timers) {
        self.attempts += 1;
        let Some(delivery) = self.deliveries.get_mut(&number).map(Arc::make_mut) else { return };
        // One attempt at a time leaves a lane, so they end in the order they were made.
        let turns = self.turns.entry(delivery.address.id.clone()).or_default();
        attempt.turn = *turns;
        *turns += 1;
        let (address, next) = (delivery.address.clone(), delivery.record(attempt));
        match next {
            Some(at) if self.reaches(&address) => timers.set(at, Timer::Attempt(number)),
            Some(_) => self.end(number, DeliveryState::GivenUp, timers),
            None => self.finish(number),
        }
    }

    pub(super) fn set_state(&mut self, number: u64, state: DeliveryState) {
        if let Some(delivery) = self.deliveries.get_mut(&number) {
            Arc::make_mut(delivery).state = state;
        }
    }

    /// Nothing more is tried of this delivery.
    pub(super) fn end(&mut self, number: u64, state: DeliveryState, timers: &mut Timers) {
        self.leave_pen(number, timers);
        self.set_state(number, state);
        self.finish(number);
    }

    fn finish(&mut self, number: u64) {
        if let Some(delivery) = self.deliveries.get(&number)
            && let Some(unfinished) = self.unfinished.get_mut(&delivery.address.id)
        {
            unfinished.remove(&number);
            if unfinished.is_empty() {
                self.unfinished.remove(&delivery.address.id);
            }
        }
        self.finished.push_back(number);
        self.forget_oldest();
    }

    pub(super) fn forget_oldest(&mut self) {
        while self.finished.len() > self.bounds.finished {
            if let Some(oldest) = self.finished.pop_front() {
                self.deliveries.remove(&oldest);
            }
        }
    }

    /// Nothing is lost silently: what does not fit is counted, told of, and stays in the log as dropped.
    pub(super) fn drop_oldest(&mut self, lane: &str, timers: &mut Timers) {
        while self.unfinished.get(lane).is_some_and(|unfinished| unfinished.len() > self.bounds.unfinished) {
            let unfinished = self.unfinished.get(lane).into_iter().flatten();
            // All but the one attempt under way are waiting, so this looks at two at most.
            let oldest = unfinished.copied().find(|number| self.waiting_until(*number).is_some());
            let Some(number) = oldest else { return };
            let dropped = self.dropped.entry(lane.to_owned()).or_default();
            *dropped += 1;
            // The first one and then now and then: a log that is flooded is not read either.
            if dropped.is_power_of_two() {
                let kept = self.bounds.unfinished;
                tracing::warn!(
                    address = lane,
                    dropped,
                    "more than {kept} unfinished callbacks: the oldest are dropped"
                );
            }
            self.end(number, DeliveryState::Dropped, timers);
        }
    }
}
