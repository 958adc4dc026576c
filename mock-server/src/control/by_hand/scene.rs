//! What a message by hand is about and who is sent it, taken out of the world so that the rest is done outside.

use std::sync::Arc;

use super::super::errors::Failure;
use super::Wanted;
use crate::callbacks::address::Address;
use crate::callbacks::behalf::Behalf;
use crate::callbacks::delivery::{Delivery, DeliveryState};
use crate::callbacks::disorder::plan::Fate;
use crate::callbacks::fields::Fields;
use crate::callbacks::handmade::known::Known;
use crate::callbacks::handmade::real::{self, Things};
use crate::callbacks::handmade::{self, HandMade, Wish};
use crate::callbacks::hostile::Hostile;
use crate::callbacks::message::{Message, MessageKind};
use crate::callbacks::transmission::Transmission;
use crate::domain::group::GroupStatus;
use crate::domain::ids::OrganizationId;
use crate::domain::time::Timestamp;
use crate::engine::settings::Settings;
use crate::engine::world::World;

/// All that is taken out of the world to put the messages together outside of it.
pub(super) struct Scene {
    now: Timestamp,
    pub(super) settings: Settings,
    pub(super) organization: OrganizationId,
    things: Things,
    known: Known,
    pub(super) addresses: Vec<Arc<Address>>,
}

impl Scene {
    /// Finds what is named.
    pub(super) fn of(world: &World, now: Timestamp, wanted: &Wanted) -> Result<Self, Failure> {
        let directory = &world.directory;
        let number = world.callbacks.deliveries().next_back().map_or(0, |(number, _)| number + 1);
        let mut known = Known::at(now, number);
        let mut things = Things::default();
        let mut owner = None;
        if let Some(id) = &wanted.seal {
            let seal = directory.seals.get(id.as_str()).ok_or_else(|| unknown("seal", id))?;
            known.seal(seal);
            owner = Some(seal.organization.clone());
        }
        if let Some(id) = &wanted.template {
            let template = directory.templates.get(id.as_str()).ok_or_else(|| unknown("template", id))?;
            known.template(template);
            owner = Some(template.organization.clone());
        }
        if let Some(id) = &wanted.flow {
            let flow = world.flows.get(id.as_str()).ok_or_else(|| unknown("flow", id))?;
            known.flow(flow);
            owner = Some(flow.initiator.organization.clone());
            let group = flow.group.as_ref().and_then(|group| world.groups.get(&group.id));
            things.group = group.map(|group| {
                let flows = group.flows.iter().filter_map(|id| world.flows.get(id)).map(AsRef::as_ref);
                (group.clone(), GroupStatus::of(flows))
            });
            things.flow = Some(flow.clone());
        }
        let named = wanted.organization.as_deref().map(OrganizationId::from).or(owner);
        let organization = match &named {
            Some(id) => directory.organizations.get(id).ok_or_else(|| unknown("organization", id.as_str()))?,
            None => directory
                .organizations
                .iter()
                .next()
                .ok_or_else(|| Failure::conflict("This world has no organization."))?,
        };
        known.organization(organization);
        let operator = directory.employees.iter().find(|one| one.organization == organization.id);
        if let Some(operator) = operator {
            known.operator(operator);
        }
        if let (Some(id), Some(operator)) = (&wanted.template, operator) {
            things.template = directory.templates.get(id.as_str()).map(|one| (one.clone(), operator.id.clone()));
        }
        let hearing = directory.listeners(&organization.id, None);
        let addresses = addresses(world, wanted, &hearing)?;
        let (organization, settings) = (organization.id.clone(), world.settings.clone());
        Ok(Self { now, settings, organization, things, known, addresses })
    }

    /// The message each address is sent; one for all of a generation.
    pub(super) fn messages(&self, wanted: &Wanted) -> Result<Vec<Arc<HandMade>>, Failure> {
        let nothing = Fields::default();
        let mut made: Vec<Arc<HandMade>> = Vec::new();
        self.addresses
            .iter()
            .map(|address| {
                let generation = wanted.generation.unwrap_or(address.generation);
                if let Some(same) = made.iter().find(|one| one.generation == generation) {
                    return Ok(same.clone());
                }
                let told = real::data(&wanted.msg_type, generation, &self.things, self.now, &self.settings);
                let known = self.known.clone().with_told(told.unwrap_or_default());
                let data = wanted.data.as_ref().unwrap_or(&nothing);
                let wish = Wish { msg_type: &wanted.msg_type, generation, data, unchecked: wanted.unchecked };
                let message = HandMade::make(&wish, &known).map_err(Failure::bad_request)?;
                let message = Arc::new(message);
                made.push(message.clone());
                Ok(message)
            })
            .collect()
    }

    /// Spoils every message once, so that what cannot be spoiled this way is said now and not in the log.
    pub(super) fn try_out(&self, hostile: Hostile, messages: &[Arc<HandMade>]) -> Result<(), Failure> {
        for (index, (address, made)) in self.addresses.iter().zip(messages).enumerate() {
            let alike = |one: &&Arc<Address>| {
                one.key.is_some() == address.key.is_some()
                    && one.token.is_some() == address.token.is_some()
                    && one.generation == address.generation
            };
            if self.addresses.iter().take(index).any(|one| alike(&one)) {
                continue;
            }
            let kind = MessageKind::ByHand(made.clone());
            let message = Message {
                id: "".into(),
                organization: self.organization.clone(),
                behalf: Behalf::default(),
                at: self.now,
                kind,
            };
            let delivery = Delivery {
                id: String::new(),
                message: Arc::new(message),
                address: address.clone(),
                hostile: Some(hostile),
                older: None,
                created_at: self.now,
                attempts: Vec::new(),
                state: DeliveryState::Waiting(self.now),
                fate: Fate::default(),
            };
            Transmission::of(&delivery, &self.settings)
                .map_err(|why| Failure::conflict(format!("To {}, address {}: {why}.", address.url, address.id)))?;
        }
        Ok(())
    }
}

/// Who is sent it: the one that is named, else all who listen and know such a message.
fn addresses(world: &World, wanted: &Wanted, hearing: &[OrganizationId]) -> Result<Vec<Arc<Address>>, Failure> {
    if let Some(id) = &wanted.address {
        let named = world.callbacks.addresses().find(|one| one.id == *id).cloned();
        return named.map(|one| vec![one]).ok_or_else(|| {
            Failure::not_found(format!(
                "address: this world has no callback address {id}. GET /_mock/callbacks/addresses lists those it has."
            ))
        });
    }
    let listening: Vec<Arc<Address>> =
        world.callbacks.addresses().filter(|one| hearing.contains(&one.organization)).cloned().collect();
    if listening.is_empty() {
        return Err(Failure::conflict(
            "Nobody listens to this organization. POST /_mock/callbacks/addresses adds an address.",
        ));
    }
    let knows = |one: &Arc<Address>| {
        wanted.unchecked || handmade::contract(wanted.generation.unwrap_or(one.generation), &wanted.msg_type).is_some()
    };
    let knowing: Vec<Arc<Address>> = listening.iter().filter(|one| knows(one)).cloned().collect();
    // A type that nobody here knows is refused by name where the message is made.
    Ok(if knowing.is_empty() { listening } else { knowing })
}

fn unknown(what: &str, id: &str) -> Failure {
    let list = match what {
        "flow" => "GET /_mock/flows lists its contracts.",
        _ => "GET /_mock/world names some.",
    };
    Failure::not_found(format!("{what}: this world has no `{id}`. {list}"))
}
