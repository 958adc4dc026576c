//! Signers who act by themselves, by the same rules as everybody.

use super::world::{Outbox, World};
use crate::domain::autopilot::Deed;
use crate::domain::time::Timestamp;

impl World {
    /// The signer at this place does what the first fitting rule says.
    pub(super) fn act_by_itself(&mut self, number: u64, place: usize, at: Timestamp, outbox: &mut Outbox) {
        let Some(flow) = self.flows.at(number).cloned() else { return };
        let Some(one) = flow.approvers.get(place) else { return };
        let Some(rule) = self.settings.autopilot_rules().find(|rule| rule.applies_to(&flow, one)).cloned() else {
            return;
        };
        let done = match rule.act {
            Deed::Sign => self.sign_flow(&flow.id, &one.recipient, at, outbox),
            Deed::Fill => {
                let values = rule.values_for(one, at);
                self.change_flow(&flow.id, at, outbox, |flow| flow.fill(&one.recipient, &values, at))
            }
            Deed::Reject => {
                self.change_flow(&flow.id, at, outbox, |flow| flow.reject(&one.recipient, &rule.reason, at))
            }
        };
        if let Err(refusal) = done {
            tracing::warn!(flow = %flow.id, recipient = %one.recipient, ?refusal, "the autopilot was refused");
        }
    }
}
