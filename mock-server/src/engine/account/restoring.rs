//! A world that is kept as it stands, put back to how it was, or taken away.

use std::sync::Arc;

use super::{Account, Origin};
use crate::domain::time::Timestamp;
use crate::engine::clock::{Clock, EdgeTime};
use crate::engine::snapshot::{Pace, Snapshot};
use crate::engine::world::World;

impl Account {
    /// The world as it stands at this reading, after what became due by then. Attempts under way count as not made.
    pub fn snapshot(self: &Arc<Self>, edge: EdgeTime) -> Snapshot {
        let mut inside = self.inside.lock();
        let now = inside.catch_up(edge);
        let mut world = inside.world.clone();
        world.callbacks.recall(inside.busy.iter(), now);
        let clock = Pace::of(inside.resumes.unwrap_or(inside.clock));
        let snapshot = Snapshot { clock, requests: inside.requests.clone(), world };
        let jobs = inside.take_jobs(self, now);
        self.set_alarm(&inside);
        drop(inside);
        self.hand_over(jobs);
        snapshot
    }

    /// Puts the world back to how it was made, with its clock and its ids. Attempts under way are forgotten, and an advance
    /// under way ends here.
    pub fn reset(self: &Arc<Self>, edge: EdgeTime) {
        let origin = self.inside.lock().origin.clone();
        self.put_back(&origin, edge);
    }

    /// Puts the world back to how it was at this snapshot; its time goes on from there. As for the rest, see
    /// [`Account::reset`], which still goes back to how the world was made.
    pub fn restore(self: &Arc<Self>, snapshot: Snapshot, edge: EdgeTime) {
        self.put_back(&Origin { snapshot, clock: None }, edge);
    }

    fn put_back(self: &Arc<Self>, origin: &Origin, edge: EdgeTime) {
        let mut inside = self.inside.lock();
        inside.world = origin.snapshot.world.clone();
        inside.clock = origin.clock(edge);
        inside.requests = origin.snapshot.requests.clone();
        inside.resumes = None;
        inside.epoch += 1;
        inside.busy.clear();
        inside.damaged = None;
        let now = inside.world.now;
        let jobs = inside.take_jobs(self, now);
        self.set_alarm(&inside);
        drop(inside);
        self.clear_journal();
        self.hand_over(jobs);
        self.settled.notify_waiters();
        self.changed.notify_waiters();
    }

    /// The world is taken away: it forgets everything, sends nothing more, and no alarm wakes it. Calls under way find it
    /// empty.
    pub fn retire(&self) {
        let mut inside = self.inside.lock();
        let empty = Snapshot::beginning(World::new(0), Clock::Frozen(Timestamp::default()), 0);
        inside.world = empty.world.clone();
        inside.clock = empty.resumed(EdgeTime::from_millis(0));
        inside.origin = Origin { snapshot: empty, clock: None };
        inside.resumes = None;
        inside.epoch += 1;
        inside.busy.clear();
        self.set_alarm(&inside);
        drop(inside);
        self.clear_journal();
        self.settled.notify_waiters();
        self.changed.notify_waiters();
    }
}
