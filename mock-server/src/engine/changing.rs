//! Contracts inside a world: kept, changed by the domain's rules, and what follows from a change (timers, notices, events,
//! the group's status, the contract an agreement releases).

use std::sync::Arc;

use super::timetable::timers_of;
use super::world::{Outbox, World};
use crate::domain::approver::Approver;
use crate::domain::event::{About, Event, Happening};
use crate::domain::flow::{Ended, Flow, FlowState};
use crate::domain::group::GroupStatus;
use crate::domain::ids::{FlowId, OrganizationId, RecipientId};
use crate::domain::intention::Recording;
use crate::domain::notice::told_of_change;
use crate::domain::organization::Quota;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

impl World {
    /// Adds a freshly launched contract and takes one from its company's quota.
    ///
    /// # Errors
    /// A value names a file that is not there, or the quota is used up.
    pub fn add_flow(&mut self, mut flow: Flow, happened: Vec<Happening>, outbox: &mut Outbox) -> Result<(), Refusal> {
        self.keep_files(&mut flow)?;
        self.charge(&flow, &happened)?;
        let now = flow.updated_at;
        let id = flow.id.clone();
        let number = self.put_flow(flow);
        self.after_change(number, None, happened, now, outbox);
        tracing::debug!(flow = %id, "launched");
        Ok(())
    }

    /// Keeps a contract that has not started: it costs nothing yet, and nobody hears of it.
    pub fn add_draft(&mut self, flow: Flow) {
        self.put_flow(flow);
    }

    /// Keeps a contract, or what became of it, and finds it by its document from now on.
    fn put_flow(&mut self, flow: Flow) -> u64 {
        let document = flow.document.as_ref().map(|document| document.id.clone());
        let former = self.flows.get(flow.id.as_str()).and_then(|flow| flow.document.as_ref());
        if let Some(former) = former.map(|document| document.id.clone()).filter(|id| Some(id) != document.as_ref()) {
            self.documents.remove(&former);
        }
        let number = self.flows.insert(flow);
        if let Some(flow) = self.flows.at(number) {
            self.open_flows.follow(number, flow);
        }
        if let Some(document) = document {
            self.documents.insert(document, number);
        }
        number
    }

    /// The contract with this document.
    #[must_use]
    pub fn flow_of_document(&self, id: &str) -> Option<&Arc<Flow>> {
        self.flows.at(*self.documents.get(id)?)
    }

    /// Changes a contract by one of the domain's rules, then sets its timers and collects its events.
    ///
    /// # Errors
    /// There is no such contract, or what the rule refuses; nothing has changed then.
    pub fn change_flow(
        &mut self,
        id: &FlowId,
        now: Timestamp,
        outbox: &mut Outbox,
        rule: impl FnOnce(&mut Flow) -> Result<Vec<Happening>, Refusal>,
    ) -> Result<(), Refusal> {
        let number = self.flows.number(id.as_str()).ok_or_else(|| Refusal::FlowUnknown { flow: id.to_string() })?;
        let before = self.flows.at(number).cloned();
        // The rule works on a copy, so that a refusal needs no undoing.
        let mut flow = before.as_deref().cloned().ok_or_else(|| Refusal::FlowUnknown { flow: id.to_string() })?;
        let happened = rule(&mut flow)?;
        if happened.is_empty() {
            return Ok(());
        }
        self.keep_files(&mut flow)?;
        self.charge(&flow, &happened)?;
        self.put_flow(flow);
        self.after_change(number, before.as_deref(), happened, now, outbox);
        Ok(())
    }

    /// Signs for the signer in this slot, a company with the seal its component names or else its first usable one.
    ///
    /// # Errors
    /// As [`Flow::sign`], or the signer may not use the company's seal.
    pub fn sign_flow(
        &mut self,
        id: &FlowId,
        recipient: &RecipientId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        self.sign_recorded(id, recipient, None, now, outbox)
    }

    /// The same before a camera, where something was recorded.
    ///
    /// # Errors
    /// As [`Flow::sign`].
    pub fn sign_recorded(
        &mut self,
        id: &FlowId,
        recipient: &RecipientId,
        recording: Option<Recording>,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let flow = self.flows.get(id.as_str()).cloned();
        // Whose turn it is not is told so first, whatever they would sign with.
        let due = flow.filter(|flow| flow.approver(recipient.as_str()).is_some_and(Approver::is_due));
        let seal = due.map_or(Ok(None), |flow| self.seal_for(&flow, recipient, now))?;
        self.change_flow(id, now, outbox, |flow| {
            let happened = flow.sign(recipient, seal, now)?;
            if let Some(recording) = recording {
                flow.keep_recording(recipient, recording);
            }
            Ok(happened)
        })?;
        self.seal_was_used(id, recipient, now, outbox);
        Ok(())
    }

    /// Withdraws a contract; it is given back to the company when only machines have signed (`api CancelFlow`).
    ///
    /// # Errors
    /// As [`Flow::cancel`].
    pub fn cancel_flow(
        &mut self,
        id: &FlowId,
        reason: &str,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let flow = self.flows.get(id.as_str()).ok_or_else(|| Refusal::FlowUnknown { flow: id.to_string() })?;
        flow.ensure_open()?;
        let refunded = flow.is_paid_for() && flow.signed_by_machines_only() && {
            let company = self.directory.payer(&flow.initiator).clone();
            self.quota_mut(&company).is_some_and(Quota::refund)
        };
        self.change_flow(id, now, outbox, |flow| {
            let mut happened = flow.cancel(reason, now)?;
            happened.extend(refunded.then_some(Happening::Refunded));
            Ok(happened)
        })
    }

    fn after_change(
        &mut self,
        number: u64,
        before: Option<&Flow>,
        happened: Vec<Happening>,
        now: Timestamp,
        outbox: &mut Outbox,
    ) {
        let Some(flow) = self.flows.at(number).cloned() else { return };
        for (at, timer) in before.into_iter().flat_map(|flow| timers_of(number, flow, &self.settings, now)) {
            self.timers.cancel(at, timer);
        }
        for (at, timer) in timers_of(number, &flow, &self.settings, now) {
            self.timers.set(at, timer);
        }
        self.bill(&flow, &happened, now);
        self.announce(told_of_change(before, &flow, &happened), now);
        outbox.extend(happened.into_iter().map(|what| Event { at: now, about: About::Flow(what, flow.clone()) }));
        if let Some(before) = before {
            self.tell_of_group(before, &flow, now, outbox);
        }
        self.settle_release(&flow, now, outbox);
    }

    /// A group is told of when it stands differently after one of its contracts changed (`callback docs`).
    fn tell_of_group(&self, before: &Flow, flow: &Flow, now: Timestamp, outbox: &mut Outbox) {
        let group = flow.group.as_ref().and_then(|group| self.groups.get(group.id.as_str()));
        let Some(group) = group.filter(|_| before.state != flow.state) else { return };
        let flows = || group.flows.iter().filter_map(|id| self.flows.get(id.as_str())).map(AsRef::as_ref);
        let stands = GroupStatus::of(flows());
        if stands != GroupStatus::of(flows().map(|one| if one.id == flow.id { before } else { one })) {
            outbox.push(Event { at: now, about: About::Group(stands, group.clone()) });
        }
    }

    /// An agreement that releases another contract does so once all have signed it; one that came to nothing frees that
    /// contract for the next.
    fn settle_release(&mut self, agreement: &Flow, now: Timestamp, outbox: &mut Outbox) {
        let (Some(original), FlowState::Ended(how)) = (agreement.releases.clone(), agreement.state) else { return };
        let settled = match how {
            Ended::Signed => self
                .change_flow(&original, now, outbox, |flow| flow.release(now))
                .and_then(|()| self.change_flow(&agreement.id, now, outbox, |flow| flow.release(now))),
            Ended::Released => Ok(()),
            Ended::Rejected | Ended::FillRejected | Ended::Expired | Ended::Cancelled | Ended::Invalidated => {
                self.change_flow(&original, now, outbox, |flow| flow.promise_release(None, now))
            }
        };
        if let Err(refusal) = settled {
            tracing::error!(agreement = %agreement.id, %original, ?refusal, "an agreement could not be carried out");
        }
    }

    /// Takes one from the company's quota where a contract starts.
    fn charge(&mut self, flow: &Flow, happened: &[Happening]) -> Result<(), Refusal> {
        if !happened.contains(&Happening::Charged) {
            return Ok(());
        }
        let payer = self.directory.payer(&flow.initiator).clone();
        let charged = self.quota_mut(&payer).is_some_and(Quota::charge);
        if charged { Ok(()) } else { Err(Refusal::QuotaExhausted) }
    }

    /// What this company may still use.
    pub fn quota_mut(&mut self, organization: &OrganizationId) -> Option<&mut Quota> {
        let number = self.directory.organizations.number(organization.as_str())?;
        self.directory.organizations.at_mut(number).map(|company| &mut company.quota)
    }
}
