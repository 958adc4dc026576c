//! Which world is due next: the one thing asked of all worlds at once, kept in order so that nobody goes through them.

use std::collections::{BTreeSet, HashMap};

use parking_lot::Mutex;
use tokio::sync::Notify;

use super::clock::EdgeTime;

/// When, by the machine's clock, each world's next timer is due. Worlds that stand still, or wait for nothing, have none.
#[derive(Default)]
pub struct Alarms {
    set: Mutex<Set>,
    moved: Notify,
}

#[derive(Default)]
struct Set {
    in_order: BTreeSet<(EdgeTime, u64)>,
    by_world: HashMap<u64, EdgeTime>,
}

impl Alarms {
    /// Sets the alarm of the world with this number, or takes it away.
    pub fn set(&self, world: u64, at: Option<EdgeTime>) {
        let mut set = self.set.lock();
        let first_before = set.in_order.first().copied();
        let former = match at {
            Some(at) => set.by_world.insert(world, at),
            None => set.by_world.remove(&world),
        };
        if former == at {
            return;
        }
        if let Some(former) = former {
            set.in_order.remove(&(former, world));
        }
        if let Some(at) = at {
            set.in_order.insert((at, world));
        }
        let moved = set.in_order.first().copied() != first_before;
        drop(set);
        if moved {
            self.moved.notify_one();
        }
    }

    /// Takes the alarms that are due at this reading: the numbers of their worlds.
    pub fn take_due(&self, edge: EdgeTime) -> Vec<u64> {
        let mut set = self.set.lock();
        let mut due = Vec::new();
        while let Some((_, world)) = set.in_order.first().copied().filter(|(at, _)| *at <= edge) {
            set.in_order.pop_first();
            set.by_world.remove(&world);
            due.push(world);
        }
        due
    }

    /// When the next one is due.
    #[must_use]
    pub fn next(&self) -> Option<EdgeTime> {
        self.set.lock().in_order.first().map(|(at, _)| *at)
    }

    /// Returns once the next one may be another than before.
    pub async fn moved(&self) {
        self.moved.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alarms_ring_in_order_and_a_world_has_one() {
        let alarms = Alarms::default();
        let at = EdgeTime::from_millis;
        for (world, millis) in [(1, 50), (2, 20), (3, 30), (1, 10)] {
            alarms.set(world, Some(at(millis)));
        }
        alarms.set(3, None);
        assert_eq!(alarms.next(), Some(at(10)));
        assert!(alarms.take_due(at(9)).is_empty());
        assert_eq!(alarms.take_due(at(20)), [1, 2]);
        assert_eq!(alarms.next(), None);
    }
}
