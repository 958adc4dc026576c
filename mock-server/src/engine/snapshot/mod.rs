//! A world as it was at one moment, with everything that goes on from there: pending timers and deliveries, ids, the clock's
//! mode. A value, so making a world from one, or putting one back, costs the same whatever is in it.
//!
//! [`text`] is its written form, [`check`] finds what cannot be in one that was read.

mod check;
mod indexes;
pub mod text;

#[cfg(test)]
mod tests;

use super::clock::{Clock, EdgeTime};
use super::ids::RequestIds;
use super::world::World;

/// See the module's comment.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Whether its time goes on by itself.
    pub clock: Pace,
    /// Where its RequestIds come from.
    pub requests: RequestIds,
    /// Everything else; its time is that of the snapshot.
    pub world: World,
}

/// How time goes on in a world made from a snapshot; from the snapshot's moment in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// As the machine's, so far away as the moments are apart.
    Running,
    /// Only when told to.
    Frozen,
}

impl Snapshot {
    /// A world in which nothing has happened yet.
    #[must_use]
    pub fn beginning(world: World, clock: Clock, seed: u64) -> Self {
        Self { clock: Pace::of(clock), requests: RequestIds::new(seed), world }
    }

    /// The clock of a world that goes on from here at this reading.
    #[must_use]
    pub fn resumed(&self, edge: EdgeTime) -> Clock {
        let former = match self.clock {
            Pace::Running => Clock::Real,
            Pace::Frozen => Clock::Frozen(self.world.now),
        };
        former.continuing_from(self.world.now, edge)
    }

    /// The same, drawing ids from another seed from here on. What was sealed before stays sealed.
    #[must_use]
    pub fn reseeded(mut self, seed: u64) -> Self {
        self.world.ids.reseed(seed);
        self.requests = RequestIds::new(seed);
        self
    }

    /// The same, with what was on its way to callback addresses kept back: seeding a world sends nothing unless asked.
    #[must_use]
    pub fn kept_back(mut self) -> Self {
        self.world.callbacks.keep_back();
        self
    }
}

impl Pace {
    /// How a clock goes on.
    #[must_use]
    pub fn of(clock: Clock) -> Self {
        if clock.is_frozen() { Self::Frozen } else { Self::Running }
    }
}
