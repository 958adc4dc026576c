//! The world's callback desk: addresses, deliveries, and one lane per address.
//!
//! A lane holds the deliveries that are due at an address, in order. One attempt at a time leaves it; a retry re-enters it
//! when it is due and holds nobody back. Order and ids are fixed here, while the world is locked.

mod snapshots;

use std::collections::BTreeSet;
use std::sync::Arc;

use imbl::{OrdMap, OrdSet, Vector};

use super::address::{Address, Standing};
use super::delivery::{Attempt, Delivery, DeliveryState};
use super::hostile::Hostile;
use super::message::{Message, told_of};
use super::named_url::{Secrets, named_by};
use crate::domain::event::Event;
use crate::domain::ids::OrganizationId;
use crate::domain::time::Timestamp;
use crate::engine::ids::{Ids, Kind};
use crate::engine::settings::Settings;
use crate::engine::timers::{Timer, Timers};

/// How much is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bounds {
    /// Finished deliveries in the log; the oldest go first.
    finished: usize,
    /// Unfinished deliveries of one address; the oldest is given up when one more comes.
    unfinished: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { finished: 10_000, unfinished: 100_000 }
    }
}

/// All callbacks of a world.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Desk {
    #[serde(skip)]
    bounds: Bounds,
    addresses: OrdMap<u64, Arc<Address>>,
    next_address: u64,
    deliveries: OrdMap<u64, Arc<Delivery>>,
    next_delivery: u64,
    /// Finished deliveries in the order they finished, so that the oldest can go.
    finished: Vector<u64>,
    /// Due deliveries by the address's id. One that was given up meanwhile is passed over when its turn comes.
    lanes: OrdMap<String, Vector<u64>>,
    /// Deliveries with lower numbers that were not received are kept back: another world made them.
    kept_back_below: u64,
    /// The unfinished deliveries of each address, oldest first.
    #[serde(skip)]
    unfinished: OrdMap<String, OrdSet<u64>>,
    /// How many deliveries were given up because their address had too many.
    overflowed: u64,
    /// How many attempts have an outcome.
    attempts: u64,
    /// What messages to URLs that are no registered address are encrypted and signed with, where their company has nothing.
    pub secrets: Secrets,
}

/// An attempt that may go out now.
#[derive(Clone, Debug)]
pub struct Due {
    /// The delivery's number.
    pub number: u64,
    /// The delivery as it is.
    pub delivery: Arc<Delivery>,
}

impl Desk {
    /// Every address, in order of arrival.
    pub fn addresses(&self) -> impl Iterator<Item = &Arc<Address>> {
        self.addresses.values()
    }

    /// Adds an address; it hears of everything from now on.
    pub fn add_address(&mut self, address: Address) {
        self.addresses.insert(self.next_address, Arc::new(address));
        self.next_address += 1;
    }

    /// Takes an address away and gives up what was on its way there. Says whether there was one.
    pub fn remove_address(&mut self, id: &str, timers: &mut Timers) -> bool {
        let Some(number) = self.addresses.iter().find(|(_, one)| one.id == id).map(|(number, _)| *number) else {
            return false;
        };
        self.addresses.remove(&number);
        self.lanes.remove(id);
        let unfinished = self.unfinished.remove(id).unwrap_or_default();
        let open: Vec<(u64, Timestamp)> =
            unfinished.iter().filter_map(|number| Some((*number, self.waiting_until(*number)?))).collect();
        for (number, at) in open {
            timers.cancel(at, Timer::Attempt(number));
            self.give_up(number);
        }
        true
    }

    /// Every delivery the log still has, oldest first.
    pub fn deliveries(&self) -> impl DoubleEndedIterator<Item = (u64, &Arc<Delivery>)> {
        self.deliveries.iter().map(|(number, one)| (*number, one))
    }

    /// The delivery with this id.
    #[must_use]
    pub fn delivery(&self, id: &str) -> Option<&Arc<Delivery>> {
        self.deliveries.values().find(|one| one.id == id)
    }

    /// How many deliveries were given up because their address had too many.
    #[must_use]
    pub fn overflowed(&self) -> u64 {
        self.overflowed
    }

    /// How many attempts have an outcome so far.
    #[must_use]
    pub fn attempts_recorded(&self) -> u64 {
        self.attempts
    }

    /// Turns an event into messages and puts them into the lanes of the addresses of those who hear of it.
    pub fn tell(&mut self, event: Event, hearing: &[OrganizationId], settings: &Settings, ids: &mut Ids) {
        let organization = event.about.organization().clone();
        let mut listeners: Vec<Arc<Address>> =
            self.addresses.values().filter(|one| hearing.contains(&one.organization)).cloned().collect();
        if settings.qr_callback_url.is_on() {
            listeners.extend(named_by(&event, &listeners, &self.secrets));
        }
        if listeners.is_empty() {
            return;
        }
        for kind in told_of(&event, settings) {
            let id = ids.next(Kind::Message).into();
            let message = Arc::new(Message { id, organization: organization.clone(), at: event.at, kind });
            for address in &listeners {
                if message.kind.is_known_to(address.generation) {
                    self.post(message.clone(), address.clone(), event.at, ids);
                }
            }
        }
    }

    /// Whether this address is still to be called: a registered one until it is taken away.
    #[must_use]
    pub fn reaches(&self, address: &Address) -> bool {
        match address.standing {
            Standing::Registered => self.addresses.values().any(|one| one.id == address.id),
            Standing::Named => true,
        }
    }

    /// Sends a delivery's message once more, as a delivery of its own. Says whether there was one.
    pub fn resend(&mut self, id: &str, now: Timestamp, ids: &mut Ids) -> Option<Arc<Delivery>> {
        let original = self.delivery(id)?.clone();
        let number = self.post(original.message.clone(), original.address.clone(), now, ids);
        self.deliveries.get(&number).cloned()
    }

    /// Puts a message that nothing in the world caused into an address's lane, spoiled if that is wanted.
    pub fn send(
        &mut self,
        message: Arc<Message>,
        address: Arc<Address>,
        hostile: Option<Hostile>,
        now: Timestamp,
        ids: &mut Ids,
    ) -> Option<Arc<Delivery>> {
        let older = hostile.and_then(|_| self.first_about_the_same(&message, &address));
        let number = self.post(message, address, now, ids);
        let delivery = self.deliveries.get_mut(&number)?;
        let posted = Arc::make_mut(delivery);
        posted.hostile = hostile;
        posted.older = older;
        Some(delivery.clone())
    }

    /// The first message about the same contract that this address was sent, of those the log still has.
    fn first_about_the_same(&self, message: &Message, address: &Address) -> Option<Arc<Message>> {
        let flow = message.kind.flow_id()?;
        let about_it = |one: &&Arc<Delivery>| {
            one.address.id == address.id && one.hostile.is_none() && one.message.kind.flow_id() == Some(flow)
        };
        self.deliveries.values().find(about_it).map(|one| one.message.clone())
    }

    fn post(&mut self, message: Arc<Message>, address: Arc<Address>, now: Timestamp, ids: &mut Ids) -> u64 {
        let number = self.next_delivery;
        self.next_delivery += 1;
        let lane = address.id.clone();
        let delivery = Delivery {
            id: ids.next(Kind::Delivery),
            message,
            address,
            hostile: None,
            older: None,
            created_at: now,
            attempts: Vec::new(),
            state: DeliveryState::Waiting(now),
        };
        self.deliveries.insert(number, Arc::new(delivery));
        let unfinished = self.unfinished.entry(lane.clone()).or_default();
        unfinished.insert(number);
        if unfinished.len() > self.bounds.unfinished {
            self.drop_oldest(&lane);
        }
        self.queue(number);
        number
    }

    /// A delivery's retry is due: it goes back into its lane.
    pub fn queue(&mut self, number: u64) {
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

    /// Takes what may go out now: the first of every lane that is not in `busy`.
    pub fn take_due(&mut self, busy: &BTreeSet<String>) -> Vec<Due> {
        let free: Vec<String> = self.lanes.keys().filter(|lane| !busy.contains(*lane)).cloned().collect();
        free.iter().filter_map(|lane| self.take_first(lane)).collect()
    }

    fn take_first(&mut self, lane: &str) -> Option<Due> {
        loop {
            let waiting = self.lanes.get_mut(lane)?;
            let first = waiting.pop_front();
            if waiting.is_empty() {
                self.lanes.remove(lane);
            }
            let number = first?;
            if self.waiting_until(number).is_some() {
                Arc::make_mut(self.deliveries.get_mut(&number)?).state = DeliveryState::Sending;
                return Some(Due { number, delivery: self.deliveries.get(&number)?.clone() });
            }
        }
    }

    /// When a delivery's next attempt is due, if it waits for one.
    fn waiting_until(&self, number: u64) -> Option<Timestamp> {
        match self.deliveries.get(&number)?.state {
            DeliveryState::Waiting(at) => Some(at),
            DeliveryState::Sending | DeliveryState::Delivered | DeliveryState::GivenUp => None,
        }
    }

    /// Takes down what came of an attempt and sets the timer for the next one.
    pub fn record(&mut self, number: u64, attempt: Attempt, timers: &mut Timers) {
        self.attempts += 1;
        let Some(delivery) = self.deliveries.get_mut(&number).map(Arc::make_mut) else { return };
        let (address, next) = (delivery.address.clone(), delivery.record(attempt));
        match next {
            Some(at) if self.reaches(&address) => timers.set(at, Timer::Attempt(number)),
            Some(_) => self.give_up(number),
            None => self.finish(number),
        }
    }

    fn give_up(&mut self, number: u64) {
        if let Some(delivery) = self.deliveries.get_mut(&number) {
            Arc::make_mut(delivery).state = DeliveryState::GivenUp;
        }
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
        while self.finished.len() > self.bounds.finished {
            if let Some(oldest) = self.finished.pop_front() {
                self.deliveries.remove(&oldest);
            }
        }
    }

    /// Nothing is lost silently: what does not fit is counted and stays in the log as given up.
    fn drop_oldest(&mut self, lane: &str) {
        let unfinished = self.unfinished.get(lane).into_iter().flatten();
        // All but the one attempt under way are waiting, so this looks at two at most.
        let oldest = unfinished.copied().find(|number| self.waiting_until(*number).is_some());
        if let Some(number) = oldest {
            self.overflowed += 1;
            let kept = self.bounds.unfinished;
            tracing::warn!(address = lane, "more than {kept} unfinished callbacks: the oldest is given up");
            self.give_up(number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callbacks::delivery::Outcome;
    use crate::domain::event::{About, Happening};
    use crate::domain::samples::NOW;
    use crate::engine::samples::{address, message};

    fn desk(bounds: Bounds) -> (Desk, Ids) {
        let mut desk = Desk { bounds, ..Desk::default() };
        desk.add_address(address());
        (desk, Ids::new(1))
    }

    fn tell(desk: &mut Desk, ids: &mut Ids) {
        let settings = Settings { billing_callbacks: crate::engine::settings::Switch::Off, ..Settings::default() };
        let about = About::Flow(Happening::Started, message().kind.flow().unwrap().clone());
        desk.tell(Event { at: NOW, about }, &["own".into()], &settings, ids);
    }

    fn states(desk: &Desk) -> Vec<DeliveryState> {
        desk.deliveries().map(|(_, one)| one.state).collect()
    }

    #[test]
    fn one_attempt_at_a_time_leaves_a_lane_in_order() {
        let (mut desk, mut ids) = desk(Bounds::default());
        for _ in 0..3 {
            tell(&mut desk, &mut ids);
        }

        let first = desk.take_due(&BTreeSet::new());

        assert_eq!(first.iter().map(|due| due.number).collect::<Vec<_>>(), [0]);
        let busy = BTreeSet::from(["address".to_owned()]);
        assert!(desk.take_due(&busy).is_empty() && !desk.has_due(&busy));
        assert_eq!(desk.take_due(&BTreeSet::new())[0].number, 1);
    }

    #[test]
    fn what_does_not_fit_is_given_up_and_counted_the_oldest_first() {
        let (mut desk, mut ids) = desk(Bounds { finished: 10, unfinished: 2 });
        tell(&mut desk, &mut ids);
        desk.take_due(&BTreeSet::new());
        for _ in 0..3 {
            tell(&mut desk, &mut ids);
        }

        assert_eq!(desk.overflowed(), 2);
        let [sending, second, third, last] = states(&desk)[..] else { panic!("four deliveries: {:?}", states(&desk)) };
        assert_eq!((sending, second, third), (DeliveryState::Sending, DeliveryState::GivenUp, DeliveryState::GivenUp));
        assert!(!last.is_final());
        assert_eq!(desk.take_due(&BTreeSet::new())[0].number, 3, "what was given up is passed over");
    }

    #[test]
    fn the_log_forgets_the_oldest_finished_delivery() {
        let (mut desk, mut ids) = desk(Bounds { finished: 2, unfinished: 10 });
        let mut timers = Timers::default();
        for number in 0..4 {
            tell(&mut desk, &mut ids);
            desk.take_due(&BTreeSet::new());
            let (at, took) = (Timestamp::default(), std::time::Duration::ZERO);
            desk.record(number, Attempt { at, outcome: Outcome::Answered(200), took }, &mut timers);
        }

        assert_eq!(desk.deliveries().map(|(number, _)| number).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(desk.attempts_recorded(), 4);
    }
}
