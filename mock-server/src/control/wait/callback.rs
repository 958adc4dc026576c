//! Which callbacks are waited for, and what there was instead.

use std::sync::Arc;

use serde::Deserialize;

use crate::callbacks::delivery::{Delivery, DeliveryState};
use crate::callbacks::message::MessageKind;
use crate::control::errors::Failure;
use crate::engine::world::World;

/// How many callbacks a failure lists.
const LISTED: usize = 20;

/// Which callbacks, and how many of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Callback {
    #[serde(rename = "MsgType")]
    kind: Option<String>,
    #[serde(rename = "Operate")]
    operate: Option<String>,
    flow: Option<String>,
    address: Option<String>,
    count: Option<usize>,
}

impl Callback {
    /// How many.
    pub(super) fn wanted(&self) -> usize {
        self.count.unwrap_or(1)
    }

    /// Whether there can be any such.
    ///
    /// # Errors
    /// Why there cannot.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if self.wanted() == 0 {
            return Err(Failure::bad_request("callback.count: nothing is waited for; expected 1 or more."));
        }
        if self.operate.is_some() && self.kind.as_deref().is_some_and(|kind| kind != "FlowStatusChange") {
            return Err(Failure::bad_request("callback.Operate: only FlowStatusChange has one."));
        }
        Ok(())
    }

    fn fits(&self, delivery: &Delivery) -> bool {
        let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|wanted| wanted == value);
        let kind = &delivery.message.kind;
        is(&self.kind, kind.name())
            && is(&self.operate, operate(kind))
            && is(&self.flow, kind.flow().map_or("", |flow| flow.id.as_str()))
            && is(&self.address, &delivery.address.id)
    }

    /// Those that were delivered, oldest first.
    pub(super) fn delivered(&self, world: &World) -> Vec<Arc<Delivery>> {
        let fitting = world.callbacks.deliveries().map(|(_, one)| one).filter(|one| self.fits(one));
        fitting.filter(|one| one.state == DeliveryState::Delivered).cloned().collect()
    }

    /// What there was instead: the newest callbacks about the same contract, or about any.
    pub(super) fn late(&self, world: &World, span: &str) -> Failure {
        let said = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!(" {name} {value}"));
        let wanted: String =
            [("MsgType", &self.kind), ("Operate", &self.operate), ("flow", &self.flow), ("address", &self.address)]
                .into_iter()
                .filter_map(|(name, value)| said(name, value))
                .collect();
        let about = |one: &&Arc<Delivery>| {
            self.flow.as_ref().is_none_or(|id| one.message.kind.flow().is_some_and(|flow| flow.id.as_str() == id))
        };
        let mut there: Vec<String> = world
            .callbacks
            .deliveries()
            .rev()
            .map(|(_, one)| one)
            .filter(about)
            .take(LISTED)
            .map(|one| line(one))
            .collect();
        there.reverse();
        let there = match (there.is_empty(), world.callbacks.addresses().next()) {
            (false, _) => format!("There are: {}.", there.join(", ")),
            (true, Some(_)) => "There are none at all.".to_owned(),
            (true, None) => "Nobody listens: POST /_mock/callbacks/addresses adds an address.".to_owned(),
        };
        let (count, came) = (self.wanted(), self.delivered(world).len());
        Failure::timed_out(format!(
            "Waited {span} for {count} delivered callback(s) with{}: {came} came. {there}",
            if wanted.is_empty() { " anything" } else { &wanted }
        ))
    }
}

/// `Operate`, where there is one.
fn operate(kind: &MessageKind) -> &'static str {
    if let MessageKind::FlowStatusChange(change) = kind { change.operate.wire() } else { "" }
}

fn line(delivery: &Delivery) -> String {
    let kind = &delivery.message.kind;
    let state = match delivery.state {
        DeliveryState::Held(_) => "held back",
        DeliveryState::Waiting(_) => "waiting",
        DeliveryState::Sending => "sending",
        DeliveryState::Delivered => "delivered",
        DeliveryState::GivenUp => "given up",
        DeliveryState::Lost => "lost by policy",
        DeliveryState::Dropped => "dropped",
    };
    format!("{} {} ({state}, {} attempts)", kind.name(), operate(kind), delivery.attempts.len())
}
