//! Contracts that wait to be launched on a page, inside a world.

use std::sync::Arc;

use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::event::Happening;
use crate::domain::file::Content;
use crate::domain::flow::{Flow, FlowState};
use crate::domain::group::FlowGroup;
use crate::domain::ids::FlowId;
use crate::domain::launch::FlowIds;
use crate::domain::preparation::{NamedSigner, Preparation};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

/// How many are remembered; the oldest go first.
const PREPARATIONS_KEPT: usize = 10_000;

impl World {
    /// Remembers contracts that somebody will launch on a page.
    pub fn add_preparation(&mut self, preparation: Preparation) {
        self.preparations.insert(preparation);
        if self.preparations.len() > PREPARATIONS_KEPT {
            self.preparations.remove_first();
        }
    }

    /// Launches them at `now`, all or none, with what the page added.
    ///
    /// # Errors
    /// They were launched before, something is wrong with one of them, or the company has too few contracts left.
    pub fn launch_preparation(
        &mut self,
        preparation: &Preparation,
        file: Option<&Arc<Content>>,
        people: &[NamedSigner],
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<Vec<FlowId>, Refusal> {
        let launched = self.launch_together(preparation, file, people, now, outbox)?;
        self.preparations.insert(Preparation { launched: true, ..preparation.clone() });
        Ok(launched)
    }

    /// Launches contracts that belong together at `now`, all or none.
    ///
    /// # Errors
    /// Something is wrong with one of them, or the company has too few contracts left.
    pub(super) fn launch_together(
        &mut self,
        preparation: &Preparation,
        file: Option<&Arc<Content>>,
        people: &[NamedSigner],
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<Vec<FlowId>, Refusal> {
        // A copy of a world costs next to nothing: what was done for the first contract of a group is undone by taking it.
        let (before, told) = (self.clone(), outbox.len());
        let launched = self.try_launch(preparation, file, people, now, outbox);
        if launched.is_err() {
            *self = before;
            outbox.truncate(told);
        }
        launched
    }

    fn try_launch(
        &mut self,
        preparation: &Preparation,
        file: Option<&Arc<Content>>,
        people: &[NamedSigner],
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<Vec<FlowId>, Refusal> {
        let Self { ids, directory, .. } = self;
        let fresh = |flow: &FlowId, signers: usize| FlowIds {
            flow: flow.clone(),
            document: ids.next(Kind::Document).into(),
            approvers: (0..signers).map(|_| (ids.next(Kind::Recipient).into(), ids.next(Kind::Sign).into())).collect(),
        };
        let flows = preparation.make(file, people, directory, fresh, now)?;
        let launched: Vec<FlowId> = flows.iter().map(|flow| flow.id.clone()).collect();
        self.group_prepared(preparation, &flows, now);
        for mut flow in flows {
            self.ensure_replaceable(&flow.id)?;
            let waits = flow.creation_review.is_some();
            let happened = if waits { vec![Happening::CreationReviewDue] } else { flow.start(now) };
            self.add_flow(flow, happened, outbox)?;
        }
        Ok(launched)
    }

    /// A contract that waits for its company's agreement may be prepared again; any other has gone too far.
    fn ensure_replaceable(&self, id: &FlowId) -> Result<(), Refusal> {
        match self.flows.get(id.as_str()) {
            Some(flow) if flow.state != FlowState::Draft => Err(Refusal::FlowAlreadyStarted { flow: id.to_string() }),
            _ => Ok(()),
        }
    }

    fn group_prepared(&mut self, preparation: &Preparation, flows: &[Flow], now: Timestamp) {
        let Some(group) = preparation.membership() else { return };
        self.groups.insert(FlowGroup {
            id: group.id,
            name: group.name,
            initiator: preparation.initiator.clone(),
            flows: flows.iter().map(|flow| flow.id.clone()).collect(),
            copies: Vec::new(),
            remarks: Vec::new(),
            created_at: now,
        });
    }
}
