//! What becomes of deliveries when a world is kept, branched, written down or read.

use super::Desk;
use super::holding::pen_of;
use crate::callbacks::delivery::DeliveryState;
use crate::domain::time::Timestamp;

impl Desk {
    /// Takes back the attempts under way to these addresses: nobody will tell this desk what came of them, so they are made
    /// again, first in their lanes.
    pub fn recall<'a>(&mut self, busy: impl Iterator<Item = &'a String>, now: Timestamp) {
        for lane in busy {
            let unfinished = self.unfinished.get(lane).into_iter().flatten().copied();
            let is_sending =
                |number: &u64| self.deliveries.get(number).is_some_and(|one| one.state == DeliveryState::Sending);
            let Some(number) = unfinished.into_iter().find(is_sending) else { continue };
            if let Some(delivery) = self.deliveries.get_mut(&number) {
                std::sync::Arc::make_mut(delivery).state = DeliveryState::Waiting(now);
            }
            self.lanes.entry(lane.clone()).or_default().push_front(number);
        }
    }

    /// Keeps back everything made so far that was not received: it stays in the log and goes nowhere by itself. Resending
    /// one makes a new delivery, which does go out.
    pub fn keep_back(&mut self) {
        self.lanes.clear();
        self.kept_back_below = self.next_delivery;
    }

    /// Whether the delivery with this number was kept back.
    #[must_use]
    pub fn is_kept_back(&self, number: u64) -> bool {
        number < self.kept_back_below
    }

    /// How many deliveries wait for an attempt.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.unfinished.values().map(imbl::OrdSet::len).sum()
    }

    /// Makes the indexes of a desk that was just read.
    pub fn reindex(&mut self) {
        self.address_numbers = self.addresses.iter().map(|(number, one)| (one.id.clone(), *number)).collect();
        for (number, delivery) in self.deliveries.iter().filter(|(_, one)| !one.state.is_final()) {
            self.unfinished.entry(delivery.address.id.clone()).or_default().insert(*number);
            if let Some(pen) = pen_of(delivery).filter(|_| matches!(delivery.state, DeliveryState::Held(_))) {
                self.pens.entry(pen).or_default().insert(*number);
            }
        }
    }

    /// What of this desk cannot be, for one that was read.
    #[must_use]
    pub fn contradiction(&self) -> Option<String> {
        let beyond = |kind: &str, last: Option<&u64>, next: u64| {
            let last = last.filter(|last| **last >= next)?;
            Some(format!("{kind}: number {last} is not below the next one, {next}"))
        };
        let (last_address, last_delivery) = (self.addresses.get_max(), self.deliveries.get_max());
        beyond("addresses", last_address.map(|(number, _)| number), self.next_address)
            .or_else(|| beyond("deliveries", last_delivery.map(|(number, _)| number), self.next_delivery))
            .or_else(|| {
                let unknown = self.finished.iter().find(|number| !self.deliveries.contains_key(*number))?;
                Some(format!("finished: there is no delivery with the number {unknown}"))
            })
    }
}
