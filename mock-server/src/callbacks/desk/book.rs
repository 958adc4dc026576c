//! The addresses of a world.

use std::sync::Arc;

use super::Desk;
use crate::callbacks::address::Address;
use crate::callbacks::delivery::DeliveryState;
use crate::engine::timers::Timers;

/// How many addresses a world may have: every message goes to each of them.
pub const ADDRESSES_KEPT: usize = 1_000;

impl Desk {
    /// Every address, in order of arrival.
    pub fn addresses(&self) -> impl Iterator<Item = &Arc<Address>> {
        self.addresses.values()
    }

    /// The address with this id.
    #[must_use]
    pub fn address(&self, id: &str) -> Option<&Arc<Address>> {
        self.addresses.get(self.address_numbers.get(id)?)
    }

    /// Whether one more address fits.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.addresses.len() < ADDRESSES_KEPT
    }

    /// Adds an address; it hears of everything from now on.
    pub fn add_address(&mut self, address: Address) {
        self.address_numbers.insert(address.id.clone(), self.next_address);
        self.addresses.insert(self.next_address, Arc::new(address));
        self.next_address += 1;
    }

    /// Puts this in the place of the address with its id. It holds at once: what is on its way there goes by the new URL, key
    /// and token at its next attempt, and what happens from now on by the new filter and policy. Says whether there was one.
    pub fn change_address(&mut self, address: Address) -> bool {
        let Some(number) = self.address_numbers.get(&address.id).copied() else { return false };
        self.addresses.insert(number, Arc::new(address));
        true
    }

    /// Takes an address away and gives up what was on its way there. Says whether there was one.
    pub fn remove_address(&mut self, id: &str, timers: &mut Timers) -> bool {
        let Some(number) = self.address_numbers.remove(id) else { return false };
        self.addresses.remove(&number);
        self.lanes.remove(id);
        self.dropped.remove(id);
        self.turns.remove(id);
        // The one under way is given up when its outcome comes.
        for number in self.unfinished.get(id).cloned().unwrap_or_default() {
            if self.waiting_until(number).is_some() {
                self.end(number, DeliveryState::GivenUp, timers);
            }
        }
        true
    }

    /// How many deliveries of this address are unfinished.
    #[must_use]
    pub fn backlog(&self, address: &str) -> usize {
        self.unfinished.get(address).map_or(0, imbl::OrdSet::len)
    }

    /// How many deliveries of this address were dropped because it had too many.
    #[must_use]
    pub fn dropped(&self, address: &str) -> u64 {
        self.dropped.get(address).copied().unwrap_or(0)
    }
}
