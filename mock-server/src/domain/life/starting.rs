//! A contract starts (T3): signers are asked to fill in, or to sign. One made from a template waits until its document is
//! composed.

use std::time::Duration;

use crate::domain::component::ComponentKind;
use crate::domain::event::Happening;
use crate::domain::flow::{Flow, FlowState};
use crate::domain::refusal::Refusal;
use crate::domain::time::{MINUTE, Timestamp};

/// How long a document waits to be started (`api StartFlow`).
const START_WINDOW: Duration = Duration::from_secs(5 * MINUTE.as_secs());

impl Flow {
    /// Asks whether the contract can start at `now`.
    ///
    /// # Errors
    /// It has started or ended, has no document, the document is still being composed or was made more than five minutes
    /// ago (`api StartFlow`; the code is ASSUMED), or its creation was not reviewed.
    pub fn ensure_startable(&self, now: Timestamp) -> Result<(), Refusal> {
        self.ensure_startable_later(now)?;
        if self.document.as_ref().is_some_and(|document| !document.composed) {
            return Err(Refusal::DocumentNotComposed);
        }
        if self.creation_review.is_some_and(|review| !review.is_open()) {
            return Err(Refusal::ReviewNotPassed);
        }
        Ok(())
    }

    /// Asks whether the contract can be told at `now` to start as soon as nothing stands in its way.
    ///
    /// # Errors
    /// It has started or ended, was told so before, has no document, or one made more than five minutes ago.
    pub fn ensure_startable_later(&self, now: Timestamp) -> Result<(), Refusal> {
        self.ensure_open()?;
        if self.state != FlowState::Draft || self.wishes.starts_when_composed {
            return Err(Refusal::FlowAlreadyStarted { flow: self.id.to_string() });
        }
        let document = self.document.as_ref().ok_or(Refusal::FlowHasNoDocument { flow: self.id.to_string() })?;
        if now > document.made_at.plus(START_WINDOW) {
            return Err(Refusal::FlowStatusWrong);
        }
        Ok(())
    }

    /// Starts at `now`: first filling in, where anybody must, then signing (`seed scenario-guide`: fill first, then sign;
    /// that all fill in before anybody signs is ASSUMED).
    pub fn start(&mut self, now: Timestamp) -> Vec<Happening> {
        let paid = self.is_paid_for();
        self.state = if self.has_fill_step() { FlowState::Filling } else { FlowState::Signing };
        self.wishes.starts_when_composed = false;
        // Whoever launches at once does not wait for the document.
        if let Some(document) = &mut self.document {
            document.composed = true;
        }
        self.updated_at = now;
        let mut happened = Vec::from_iter((!paid).then_some(Happening::Charged));
        happened.push(Happening::Started);
        happened.extend(self.call_next(now));
        happened
    }

    /// Launches a contract that has its document at `now`, without waiting until that is composed; except where that takes
    /// long (`api TaskInfo`), then it starts by itself once it is; or where its creation is reviewed, then by that.
    pub fn launch(&mut self, now: Timestamp) -> Vec<Happening> {
        if self.composes_slowly() {
            return self.start_when_composed(now);
        }
        let mut happened = self.compose(now);
        if self.creation_review.is_some_and(|review| !review.is_open()) {
            happened.push(Happening::CreationReviewDue);
        } else {
            happened.extend(self.start(now));
        }
        happened
    }

    /// Whether its document waits to be composed, which takes long: dynamic tables do (`api StartFlow`).
    #[must_use]
    pub fn composes_slowly(&self) -> bool {
        self.has_dynamic_table() && self.document.as_ref().is_some_and(|document| !document.composed)
    }

    /// Whether the initiator filled in a dynamic table.
    #[must_use]
    pub fn has_dynamic_table(&self) -> bool {
        let mut fills = self.document.iter().flat_map(|document| &document.fills);
        fills.any(|one| one.kind == ComponentKind::DynamicTable)
    }

    /// Will start once its document is composed; it is paid for at `now` (`api StartFlow`, `EXECUTING`).
    pub fn start_when_composed(&mut self, now: Timestamp) -> Vec<Happening> {
        self.wishes.starts_when_composed = true;
        self.updated_at = now;
        vec![Happening::Charged]
    }

    /// Its document is composed at `now`: what the initiator filled in stands in it, which is told when there was anything
    /// (`api CreateDocument`). Nothing happens when it is already, or the contract ended meanwhile.
    pub fn compose(&mut self, now: Timestamp) -> Vec<Happening> {
        let waits = self.state == FlowState::Draft;
        let Some(document) = self.document.as_mut().filter(|document| waits && !document.composed) else {
            return Vec::new();
        };
        document.composed = true;
        let told = if document.fills.is_empty() { Happening::Revised } else { Happening::DocumentFilled };
        let mut happened = vec![told];
        self.updated_at = now;
        if self.wishes.starts_when_composed {
            happened.extend(self.start(now));
        }
        happened
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{NOW, at, draft_of_three};

    fn uncomposed() -> Flow {
        let mut flow = draft_of_three();
        flow.document.as_mut().unwrap().composed = false;
        flow
    }

    #[test]
    fn a_draft_starts_between_composition_and_five_minutes() {
        let mut flow = uncomposed();
        assert_eq!(flow.ensure_startable(at(1)), Err(Refusal::DocumentNotComposed));
        assert_eq!(flow.compose(at(2)), [Happening::Revised], "nothing was filled in");
        assert_eq!(flow.ensure_startable(at(2)), Ok(()));
        assert_eq!(flow.ensure_startable(at(300)), Ok(()));
        assert_eq!(flow.ensure_startable(at(301)), Err(Refusal::FlowStatusWrong));
    }

    #[test]
    fn nothing_starts_without_a_document_or_twice() {
        let mut flow = draft_of_three();
        let document = flow.document.take();
        assert_eq!(flow.ensure_startable(at(2)), Err(Refusal::FlowHasNoDocument { flow: "flow".into() }));
        flow.document = document;
        assert_eq!(flow.start(at(2)), [Happening::Charged, Happening::Started]);
        assert_eq!(flow.ensure_startable(at(3)), Err(Refusal::FlowAlreadyStarted { flow: "flow".into() }));
        assert_eq!(flow.created_at, NOW);
    }

    #[test]
    fn one_told_early_is_paid_for_at_once_and_starts_with_its_document() {
        let mut flow = uncomposed();
        flow.ensure_startable_later(at(1)).unwrap();
        assert_eq!(flow.start_when_composed(at(1)), [Happening::Charged]);
        assert!(flow.ensure_startable_later(at(1)).is_err(), "not twice");
        assert_eq!(flow.state, FlowState::Draft);
        assert_eq!(flow.compose(at(2)), [Happening::Revised, Happening::Started]);
        assert_eq!(flow.compose(at(3)), [], "it is composed once");
    }

    #[test]
    fn a_launch_waits_for_its_document_only_where_that_takes_long() {
        let mut flow = uncomposed();
        assert_eq!(flow.launch(at(1)), [Happening::Revised, Happening::Charged, Happening::Started]);
        let mut slow = uncomposed();
        let mut table = slow.approvers[0].components[0].clone();
        table.kind = ComponentKind::DynamicTable;
        slow.document.as_mut().unwrap().fills.push(table);
        assert_eq!(slow.launch(at(1)), [Happening::Charged]);
        assert_eq!(slow.state, FlowState::Draft);
        assert_eq!(slow.compose(at(2)), [Happening::DocumentFilled, Happening::Started]);
    }

    #[test]
    fn a_withdrawn_draft_is_never_composed() {
        let mut flow = uncomposed();
        flow.cancel("写错了", at(1)).unwrap();
        assert_eq!(flow.compose(at(2)), []);
    }
}
