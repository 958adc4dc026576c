//! Which policy a message goes by: its contract's, else its address's, else the world's.

use std::sync::Arc;

use super::Desk;
use crate::callbacks::address::Address;
use crate::callbacks::disorder::Disorder;
use crate::callbacks::disorder::plan::{Fate, plan};
use crate::callbacks::message::MessageKind;
use crate::domain::ids::FlowId;
use crate::engine::ids::Draw;

impl Desk {
    /// How messages come to addresses that say nothing about it themselves.
    #[must_use]
    pub fn disorder(&self) -> &Arc<Disorder> {
        &self.disorder
    }

    /// The contracts whose messages come in a way of their own.
    pub fn disorder_by_flow(&self) -> impl Iterator<Item = (&FlowId, &Arc<Disorder>)> {
        self.disorder_by_flow.iter()
    }

    /// How messages come from now on, unless their address or contract has a policy of its own.
    pub fn set_disorder(&mut self, policy: Disorder) {
        self.disorder = Arc::new(policy);
    }

    /// How messages of this contract come from now on, wherever they go; as others do with `None`.
    pub fn set_disorder_of_flow(&mut self, flow: FlowId, policy: Option<Disorder>) {
        match policy {
            Some(policy) => self.disorder_by_flow.insert(flow, Arc::new(policy)),
            None => self.disorder_by_flow.remove(&flow),
        };
    }

    /// The policy of messages to this address whose contract has none.
    #[must_use]
    pub fn disorder_of<'a>(&'a self, address: &'a Address) -> &'a Arc<Disorder> {
        address.disorder.as_ref().unwrap_or(&self.disorder)
    }

    /// What becomes of a message on its way to this address.
    pub(super) fn fates(&self, message: &MessageKind, address: &Address, chances: impl FnOnce() -> Draw) -> Vec<Fate> {
        let of_contract = message.flow_id().and_then(|flow| self.disorder_by_flow.get(flow));
        let policy = of_contract.unwrap_or_else(|| self.disorder_of(address));
        if policy.is_none() {
            return vec![Fate::default()];
        }
        plan(policy, of_contract.is_some(), message, &mut chances())
    }
}
