//! The world's callback desk: addresses, policies, deliveries, and one lane per address.
//!
//! A lane holds the deliveries that are due at an address, in order. One attempt at a time leaves it; a retry re-enters it
//! when it is due and holds nobody back. Order, ids and every disorder are fixed here, while the world is locked.

mod book;
mod holding;
mod lanes;
mod policies;
#[cfg(test)]
mod properties;
mod snapshots;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use imbl::{OrdMap, OrdSet, Vector};
use serde::{Deserialize, Serialize};

pub use self::book::ADDRESSES_KEPT;
pub use self::lanes::Due;
use super::address::{Address, Standing};
use super::delivery::{Delivery, DeliveryState};
use super::disorder::Disorder;
use super::disorder::plan::Fate;
use super::hearing::Hearing;
use super::hostile::Hostile;
use super::message::{Message, told_of};
use super::named_url::{Secrets, named_by};
use crate::domain::event::{About, Event};
use crate::domain::ids::FlowId;
use crate::domain::time::Timestamp;
use crate::engine::ids::{Ids, Kind};
use crate::engine::settings::Settings;
use crate::engine::timers::Timers;

/// How much is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bounds {
    /// Finished deliveries in the log; the oldest go first.
    finished: usize,
    /// Unfinished deliveries of one address; the oldest is dropped when one more comes.
    unfinished: usize,
}

impl From<&Settings> for Bounds {
    fn from(settings: &Settings) -> Self {
        let count = |number: std::num::NonZeroU32| usize::try_from(number.get()).unwrap_or(usize::MAX);
        Self { finished: count(settings.callback_log), unfinished: count(settings.callback_backlog) }
    }
}

impl Default for Bounds {
    fn default() -> Self {
        Self::from(&Settings::default())
    }
}

/// All callbacks of a world.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Desk {
    /// As the world's settings say.
    #[serde(skip)]
    bounds: Bounds,
    addresses: OrdMap<u64, Arc<Address>>,
    /// The addresses' numbers by id.
    #[serde(skip)]
    address_numbers: OrdMap<String, u64>,
    next_address: u64,
    /// How messages come to addresses that say nothing about it themselves.
    disorder: Arc<Disorder>,
    /// How messages of single contracts come, wherever they go.
    disorder_by_flow: OrdMap<FlowId, Arc<Disorder>>,
    /// How many messages were made.
    next_message: u64,
    deliveries: OrdMap<u64, Arc<Delivery>>,
    next_delivery: u64,
    /// Finished deliveries in the order they finished, so that the oldest can go.
    finished: Vector<u64>,
    /// Due deliveries by the address's id. One that has ended meanwhile is passed over when its turn comes.
    lanes: OrdMap<String, Vector<u64>>,
    /// Deliveries with lower numbers that were not received are kept back: another world made them.
    kept_back_below: u64,
    /// The unfinished deliveries of each address, oldest first.
    #[serde(skip)]
    unfinished: OrdMap<String, OrdSet<u64>>,
    /// Deliveries that wait for something in common; see [`holding`].
    #[serde(skip)]
    pens: OrdMap<String, OrdSet<u64>>,
    /// What other messages wait for and has gone out.
    gone_out: holding::GoneOut,
    /// How many deliveries of an address were dropped because it had too many.
    dropped: OrdMap<String, u64>,
    /// How many attempts at each address have an outcome.
    turns: OrdMap<String, u64>,
    /// How many attempts have an outcome.
    attempts: u64,
    /// What messages to URLs that are no registered address are encrypted and signed with, where their company has nothing.
    pub secrets: Secrets,
}

/// A delivery as it sets out.
struct Departure {
    message: Arc<Message>,
    address: Arc<Address>,
    hostile: Option<Hostile>,
    older: Option<Arc<Message>>,
    fate: Fate,
}

impl Desk {
    /// Every delivery the log still has, oldest first.
    pub fn deliveries(&self) -> impl DoubleEndedIterator<Item = (u64, &Arc<Delivery>)> {
        self.deliveries.iter().map(|(number, one)| (*number, one))
    }

    /// Those made after the one with this number.
    pub fn deliveries_after(&self, number: u64) -> impl Iterator<Item = (u64, &Arc<Delivery>)> {
        self.deliveries.range(number.saturating_add(1)..).map(|(number, one)| (*number, one))
    }

    /// The delivery with this id, and its number.
    #[must_use]
    pub fn delivery(&self, id: &str) -> Option<(u64, &Arc<Delivery>)> {
        self.deliveries().find(|(_, one)| one.id == id)
    }

    /// How many attempts have an outcome so far.
    #[must_use]
    pub fn attempts_recorded(&self) -> u64 {
        self.attempts
    }

    /// Keeps as much as these settings say, from now on and of what there is.
    pub fn resize(&mut self, settings: &Settings, timers: &mut Timers) {
        self.bounds = Bounds::from(settings);
        let addresses: Vec<String> = self.unfinished.keys().cloned().collect();
        for address in addresses {
            self.drop_oldest(&address, timers);
        }
        self.forget_oldest();
    }

    /// Turns an event into messages and plans their way to the addresses of those who hear of it.
    pub fn tell(&mut self, event: Event, hearing: &Hearing, settings: &Settings, ids: &mut Ids, timers: &mut Timers) {
        if let About::Flow(_, flow) = &event.about {
            self.move_on(flow, event.at, timers);
        }
        let organization = event.about.organization().clone();
        let mut listeners: Vec<(u64, Arc<Address>)> = (self.addresses.iter())
            .filter(|(_, one)| hearing.includes(one))
            .map(|(number, one)| (*number, one.clone()))
            .collect();
        if settings.qr_callback_url.is_on() {
            let registered: Vec<Arc<Address>> = listeners.iter().map(|(_, one)| one.clone()).collect();
            let named = named_by(&event, &registered, &self.secrets);
            listeners.extend(named.into_iter().map(|one| (self.next_address, one)));
        }
        if listeners.is_empty() {
            return;
        }
        for kind in told_of(&event, settings) {
            let id = ids.next(Kind::Message).into();
            let message = Arc::new(Message {
                id,
                organization: organization.clone(),
                behalf: hearing.behalf(),
                at: event.at,
                kind,
            });
            let number = self.next_message;
            self.next_message += 1;
            for (address_number, address) in &listeners {
                if message.kind.is_known_to(address.generation) && address.wants(&message.kind) {
                    for fate in self.fates(&message.kind, address, || ids.chances(*address_number, number)) {
                        let (message, address) = (message.clone(), address.clone());
                        let departure = Departure { message, address, hostile: None, older: None, fate };
                        self.post(departure, event.at, ids, timers);
                    }
                }
            }
        }
    }

    /// Sends the message of the delivery with this number once more: at once, whatever filter and policy say, and as a
    /// delivery of its own. `None` if there is no such delivery or its address has been taken away.
    pub fn resend(&mut self, number: u64, now: Timestamp, ids: &mut Ids, timers: &mut Timers) -> Option<Arc<Delivery>> {
        let original = self.deliveries.get(&number)?.clone();
        if !self.reaches(&original.address) {
            return None;
        }
        let address = self.address(&original.address.id).unwrap_or(&original.address).clone();
        let Delivery { message, hostile, older, .. } = Delivery::clone(&original);
        let number = self.post(Departure { message, address, hostile, older, fate: Fate::default() }, now, ids, timers);
        self.deliveries.get(&number).cloned()
    }

    /// Puts a message that nothing in the world caused into an address's lane, at once and spoiled if that is wanted.
    pub fn send(
        &mut self,
        message: Arc<Message>,
        address: Arc<Address>,
        hostile: Option<Hostile>,
        now: Timestamp,
        ids: &mut Ids,
        timers: &mut Timers,
    ) -> Option<Arc<Delivery>> {
        let older = hostile.and_then(|_| self.first_about_the_same(&message, &address));
        let number = self.post(Departure { message, address, hostile, older, fate: Fate::default() }, now, ids, timers);
        self.deliveries.get(&number).cloned()
    }

    /// The first message about the same contract that this address was sent, of those the log still has.
    fn first_about_the_same(&self, message: &Message, address: &Address) -> Option<Arc<Message>> {
        let flow = message.kind.flow_id()?;
        let about_it = |one: &&Arc<Delivery>| {
            one.address.id == address.id && one.hostile.is_none() && one.message.kind.flow_id() == Some(flow)
        };
        self.deliveries.values().find(about_it).map(|one| one.message.clone())
    }

    /// Whether this address is still to be called: a registered one until it is taken away.
    #[must_use]
    pub fn reaches(&self, address: &Address) -> bool {
        match address.standing {
            Standing::Registered => self.address_numbers.contains_key(&address.id),
            Standing::Named => true,
        }
    }

    fn post(&mut self, departure: Departure, now: Timestamp, ids: &mut Ids, timers: &mut Timers) -> u64 {
        let number = self.next_delivery;
        self.next_delivery += 1;
        let Departure { message, address, hostile, older, fate } = departure;
        let (lane, lost) = (address.id.clone(), fate.lost.is_some());
        let delivery = Delivery {
            id: ids.next(Kind::Delivery),
            message,
            address,
            hostile,
            older,
            created_at: now,
            attempts: Vec::new(),
            state: DeliveryState::Waiting(now),
            fate,
        };
        self.deliveries.insert(number, Arc::new(delivery));
        if lost {
            self.end(number, DeliveryState::Lost, timers);
            return number;
        }
        self.unfinished.entry(lane.clone()).or_default().insert(number);
        self.drop_oldest(&lane, timers);
        self.proceed(number, now, timers);
        number
    }
}
