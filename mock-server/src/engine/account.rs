//! The running thing around a world, and the one door into it.
//!
//! [`Account::enter`] locks, maps the edge's reading to the world's time (never less than before), runs what is due, runs
//! the closure, turns its events into messages and timers, unlocks, and hands over what may be sent. Nothing awaits under
//! the lock, and no code ever holds the locks of two worlds.

mod journalling;
mod restoring;

use std::collections::BTreeSet;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::{Notify, mpsc};

use super::alarms::Alarms;
use super::clock::{Clock, EdgeTime};
use super::ids::RequestIds;
use super::registry::Plan;
use super::snapshot::Snapshot;
use super::urls::Urls;
use super::world::{Outbox, World};
use crate::callbacks::delivery::{Attempt, Delivery};
use crate::documents::Fonts;
use crate::domain::time::Timestamp;
use crate::journal::Journal;

/// A world that lives.
pub struct Account {
    /// Its place among all worlds that were made; never given twice.
    pub number: u64,
    /// What URLs call the world; not a secret.
    pub alias: Arc<str>,
    /// Builds its URLs.
    pub urls: Urls,
    /// What its documents are set in.
    pub fonts: Arc<Fonts>,
    inside: Mutex<Inside>,
    /// What was asked, behind a lock of its own: no call waits for it inside the world.
    journal: Mutex<Journal>,
    /// Attempts that may go out.
    outgoing: mpsc::UnboundedSender<Job>,
    /// Told when the next timer has changed.
    alarms: Arc<Alarms>,
    /// Told when an attempt's outcome was taken down.
    pub(super) settled: Notify,
    /// Told when the world may have changed.
    pub(super) changed: Notify,
    /// One advance at a time.
    pub(super) advancing: tokio::sync::Mutex<()>,
}

/// What the lock guards.
struct Inside {
    world: World,
    /// As it was made; a reset goes back to it.
    origin: Origin,
    clock: Clock,
    /// The clock a running advance will resume.
    resumes: Option<Clock>,
    /// Raised by every reset; outcomes of older epochs are dropped.
    epoch: u64,
    /// Addresses with an attempt under way.
    busy: BTreeSet<String>,
    requests: RequestIds,
    /// Why the world is no longer to be trusted: a handler panicked.
    damaged: Option<String>,
}

/// What a world was made from; a reset goes back to it.
#[derive(Clone)]
pub struct Origin {
    /// What was in it.
    pub snapshot: Snapshot,
    /// Its clock. `None` when it goes on from the moment of the snapshot, as a branch does.
    pub clock: Option<Clock>,
}

impl Origin {
    fn clock(&self, edge: EdgeTime) -> Clock {
        self.clock.unwrap_or_else(|| self.snapshot.resumed(edge))
    }
}

/// An attempt on its way out.
#[derive(Clone)]
pub struct Job {
    /// Whose delivery it is.
    pub account: Arc<Account>,
    /// The epoch it belongs to.
    pub epoch: u64,
    /// The delivery's number.
    pub number: u64,
    /// The delivery.
    pub delivery: Arc<Delivery>,
    /// When it goes out, in the world's time.
    pub at: Timestamp,
    /// Whether the world stands still, so that waiting for a receiver is waste.
    pub frozen: bool,
    /// Choices about the bytes.
    pub settings: Arc<super::settings::Settings>,
}

/// A look at what runs, for the control API.
#[derive(Clone, Debug)]
pub struct Pulse {
    /// The world's time.
    pub now: Timestamp,
    /// The clock.
    pub clock: Clock,
    /// Attempts under way.
    pub in_flight: usize,
    /// Whether something waits to be sent.
    pub has_due: bool,
    /// The next timer.
    pub next_timer: Option<Timestamp>,
    /// Why the world is not to be trusted any more.
    pub damaged: Option<String>,
}

impl Account {
    /// Brings a world to life.
    #[must_use]
    pub fn new(
        (number, alias): (u64, &str),
        plan: &Plan,
        origin: Origin,
        edge: EdgeTime,
        outgoing: mpsc::UnboundedSender<Job>,
        alarms: Arc<Alarms>,
    ) -> Arc<Self> {
        let alias: Arc<str> = alias.into();
        let urls = Urls::new(&plan.public_url, &alias);
        let inside = Inside {
            world: origin.snapshot.world.clone(),
            clock: origin.clock(edge),
            requests: origin.snapshot.requests.clone(),
            origin,
            resumes: None,
            epoch: 0,
            busy: BTreeSet::new(),
            damaged: None,
        };
        alarms.set(number, inside.next_wake());
        Arc::new(Self {
            number,
            alias,
            urls,
            fonts: plan.fonts.clone(),
            inside: Mutex::new(inside),
            journal: Mutex::new(Journal::new(plan.journal_bytes)),
            outgoing,
            alarms,
            settled: Notify::new(),
            changed: Notify::new(),
            advancing: tokio::sync::Mutex::new(()),
        })
    }

    /// Opens the world at the edge's reading. See the module's comment.
    pub fn enter<R>(
        self: &Arc<Self>,
        edge: EdgeTime,
        visit: impl FnOnce(&mut World, Timestamp, &mut Outbox) -> R,
    ) -> R {
        let mut inside = self.inside.lock();
        let next_before = inside.world.timers.next_at();
        let now = inside.catch_up(edge);
        let mut outbox = Outbox::new();
        let result = visit(&mut inside.world, now, &mut outbox);
        inside.world.tell(outbox);
        let jobs = inside.take_jobs(self, now);
        if inside.world.timers.next_at() != next_before {
            self.set_alarm(&inside);
        }
        drop(inside);
        self.hand_over(jobs);
        self.changed.notify_waiters();
        result
    }

    /// Looks at the world as it stands: nothing becomes due by that, and nobody is told.
    pub fn look<R>(&self, look: impl FnOnce(&World) -> R) -> R {
        look(&self.inside.lock().world)
    }

    /// As [`Account::enter`] for what may be refused; in debug builds a refusal is held to having changed nothing.
    ///
    /// # Errors
    /// What the closure refuses.
    pub fn try_enter<R, E>(
        self: &Arc<Self>,
        edge: EdgeTime,
        visit: impl FnOnce(&mut World, Timestamp, &mut Outbox) -> Result<R, E>,
    ) -> Result<R, E> {
        self.enter(edge, |world, now, outbox| attempt(world, outbox, |world, outbox| visit(world, now, outbox)))
    }

    /// Whether a fault rule may want to know what calls name.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        !self.inside.lock().world.faults.is_empty()
    }

    /// The RequestId of a call that reached its action.
    pub fn request_id(&self, edge: EdgeTime) -> String {
        let mut inside = self.inside.lock();
        let now = inside.clock.at(edge).max(inside.world.now);
        inside.requests.handled(now.millis())
    }

    /// The RequestId of a call the gateway turned away.
    pub fn refused_request_id(&self) -> String {
        self.inside.lock().requests.refused()
    }

    /// What runs at this reading, without running anything.
    #[must_use]
    pub fn pulse(&self, edge: EdgeTime) -> Pulse {
        let inside = self.inside.lock();
        Pulse {
            now: inside.clock.at(edge).max(inside.world.now),
            clock: inside.resumes.unwrap_or(inside.clock),
            in_flight: inside.busy.len(),
            has_due: inside.world.callbacks.has_due(&inside.busy),
            next_timer: inside.world.timers.next_at(),
            damaged: inside.damaged.clone(),
        }
    }

    /// Its alarm rang and is gone: runs what is due, and sets the next one.
    pub fn wake(self: &Arc<Self>, edge: EdgeTime) {
        self.enter(edge, |_, _, _| ());
        self.set_alarm(&self.inside.lock());
    }

    /// With the world locked, so that the last one to change a world's timers is the last one to set its alarm.
    fn set_alarm(&self, inside: &Inside) {
        self.alarms.set(self.number, inside.next_wake());
    }

    /// Takes down what came of an attempt, and sends what its address was waiting for.
    pub fn record(self: &Arc<Self>, edge: EdgeTime, job: &Job, attempt: Attempt) {
        let mut inside = self.inside.lock();
        if inside.epoch == job.epoch {
            inside.busy.remove(&job.delivery.address.id);
            let World { callbacks, timers, .. } = &mut inside.world;
            callbacks.record(job.number, attempt, timers);
        }
        let now = inside.catch_up(edge);
        let jobs = inside.take_jobs(self, now);
        self.set_alarm(&inside);
        drop(inside);
        self.hand_over(jobs);
        self.settled.notify_waiters();
        self.changed.notify_waiters();
    }

    /// Says that a handler panicked in this world.
    pub fn mark_damaged(&self, why: String) {
        self.inside.lock().damaged = Some(why);
    }

    /// Changes the clock; `change` gets the clock in force and the world's time.
    pub fn set_clock(&self, edge: EdgeTime, change: impl FnOnce(Clock, Timestamp) -> Clock) {
        let mut inside = self.inside.lock();
        let now = inside.clock.at(edge).max(inside.world.now);
        inside.world.now = now;
        inside.clock = change(inside.clock, now);
        self.set_alarm(&inside);
    }

    /// Pins the clock where it stands for an advance; answers the time and the epoch.
    pub(super) fn pin(&self, edge: EdgeTime) -> (Timestamp, u64) {
        let mut inside = self.inside.lock();
        let now = inside.clock.at(edge).max(inside.world.now);
        inside.resumes = Some(inside.clock);
        inside.clock = Clock::Frozen(now);
        self.set_alarm(&inside);
        (now, inside.epoch)
    }

    /// Moves the pinned clock; says no, and leaves it, when a reset came between.
    pub(super) fn step(&self, to: Timestamp, epoch: u64) -> bool {
        let mut inside = self.inside.lock();
        let same = inside.epoch == epoch;
        if same {
            inside.clock = Clock::Frozen(to);
        }
        same
    }

    /// Ends an advance: the clock goes on in its former mode from where it was pinned.
    pub(super) fn unpin(&self, edge: EdgeTime) {
        let mut inside = self.inside.lock();
        let pinned = inside.clock.at(edge).max(inside.world.now);
        if let Some(former) = inside.resumes.take() {
            inside.clock = former.continuing_from(pinned, edge);
        }
        self.set_alarm(&inside);
    }

    /// Runs one due timer at a pinned clock; says whether there was one. Sends what it caused.
    pub(super) fn fire_one(self: &Arc<Self>, edge: EdgeTime) -> bool {
        let mut inside = self.inside.lock();
        let now = inside.clock.at(edge).max(inside.world.now);
        let mut outbox = Outbox::new();
        let fired = inside.world.fire_next(now, &mut outbox);
        inside.world.tell(outbox);
        let jobs = inside.take_jobs(self, now);
        drop(inside);
        self.hand_over(jobs);
        if fired {
            self.changed.notify_waiters();
        }
        fired
    }

    /// How many deliveries have reached their end so far.
    pub(super) fn attempts_recorded(&self) -> u64 {
        let inside = self.inside.lock();
        inside.world.callbacks.attempts_recorded()
    }

    /// The callback addresses that lost messages because too many were unfinished, and how many.
    #[must_use]
    pub fn dropped_callbacks(&self) -> Vec<(String, u64)> {
        let inside = self.inside.lock();
        let callbacks = &inside.world.callbacks;
        let lossy = callbacks.addresses().map(|one| (one.id.clone(), callbacks.dropped(&one.id)));
        lossy.filter(|(_, dropped)| *dropped > 0).collect()
    }

    fn hand_over(&self, jobs: Vec<Job>) {
        for job in jobs {
            // The courier lives as long as the server; without it there is nobody left to send to.
            if self.outgoing.send(job).is_err() {
                tracing::debug!("the courier has gone: a callback stays unsent");
            }
        }
    }
}

/// Does in an open world what may be refused; in debug builds a refusal is held to having changed nothing.
///
/// # Errors
/// What the closure refuses.
pub fn attempt<R, E>(
    world: &mut World,
    outbox: &mut Outbox,
    visit: impl FnOnce(&mut World, &mut Outbox) -> Result<R, E>,
) -> Result<R, E> {
    let before = cfg!(debug_assertions).then(|| (world.clone(), outbox.len()));
    let result = visit(world, outbox);
    if let (Some((before, told)), Err(_)) = (before, &result) {
        debug_assert!(*world == before && outbox.len() == told, "a refused call must leave no trace");
    }
    result
}

impl Inside {
    /// When, by the machine's clock, the next timer is due; `None` while the world stands still.
    fn next_wake(&self) -> Option<EdgeTime> {
        let next = self.world.timers.next_at()?;
        match self.clock {
            Clock::Real => Some(EdgeTime::from_millis(next.millis())),
            Clock::Shifted(by) => Some(EdgeTime::from_millis(next.millis().saturating_sub(by))),
            Clock::Frozen(_) => None,
        }
    }

    /// The world's time at this reading, after running what became due on the way there, each timer at its own moment.
    fn catch_up(&mut self, edge: EdgeTime) -> Timestamp {
        let now = self.clock.at(edge).max(self.world.now);
        let mut outbox = Outbox::new();
        while self.world.fire_next(now, &mut outbox) {
            self.world.tell(std::mem::take(&mut outbox));
        }
        self.world.now = now;
        now
    }

    fn take_jobs(&mut self, account: &Arc<Account>, now: Timestamp) -> Vec<Job> {
        if !self.world.callbacks.has_due(&self.busy) {
            return Vec::new();
        }
        let settings = Arc::new(self.world.settings.clone());
        let frozen = self.clock.is_frozen() && self.resumes.is_none_or(Clock::is_frozen);
        let World { callbacks, timers, .. } = &mut self.world;
        let due = callbacks.take_due(&self.busy, now, timers);
        self.busy.extend(due.iter().map(|due| due.delivery.address.id.clone()));
        due.into_iter()
            .map(|due| Job {
                account: account.clone(),
                epoch: self.epoch,
                number: due.number,
                delivery: due.delivery,
                at: now,
                frozen,
                settings: settings.clone(),
            })
            .collect()
    }
}
