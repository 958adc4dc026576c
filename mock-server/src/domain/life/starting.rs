//! A contract starts (T3): signers are asked to fill in, or to sign.

use std::time::Duration;

use crate::domain::event::Happening;
use crate::domain::flow::{Flow, FlowState};
use crate::domain::refusal::Refusal;
use crate::domain::time::{MINUTE, Timestamp};

/// How long a document waits to be started (`api StartFlow`).
const START_WINDOW: Duration = Duration::from_secs(5 * MINUTE.as_secs());

impl Flow {
    /// Asks whether the contract can start at `now`; its document is composed `composing` after it was made.
    ///
    /// # Errors
    /// It has started or ended, has no document, the document is still being composed or was made more than five minutes
    /// ago (`api StartFlow`; the code is ASSUMED), or its creation was not reviewed.
    pub fn ensure_startable(&self, composing: Duration, now: Timestamp) -> Result<(), Refusal> {
        self.ensure_open()?;
        if self.state != FlowState::Draft {
            return Err(Refusal::FlowAlreadyStarted { flow: self.id.to_string() });
        }
        let document = self.document.as_ref().ok_or(Refusal::FlowHasNoDocument { flow: self.id.to_string() })?;
        if now < document.made_at.plus(composing) {
            return Err(Refusal::DocumentNotComposed);
        }
        if now > document.made_at.plus(START_WINDOW) {
            return Err(Refusal::FlowStatusWrong);
        }
        if self.creation_review.is_some_and(|review| !review.is_open()) {
            return Err(Refusal::ReviewNotPassed);
        }
        Ok(())
    }

    /// Starts at `now`: first filling in, where anybody must, then signing (`seed scenario-guide`: fill first, then sign;
    /// that all fill in before anybody signs is ASSUMED).
    pub fn start(&mut self, now: Timestamp) -> Vec<Happening> {
        self.state = if self.has_fill_step() { FlowState::Filling } else { FlowState::Signing };
        self.updated_at = now;
        let mut happened = vec![Happening::Charged, Happening::Started];
        happened.extend(self.call_next(now));
        happened
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{NOW, at, draft_of_three};

    const COMPOSING: Duration = Duration::from_secs(2);

    #[test]
    fn a_draft_starts_between_composition_and_five_minutes() {
        let flow = draft_of_three();
        assert_eq!(flow.ensure_startable(COMPOSING, at(1)), Err(Refusal::DocumentNotComposed));
        assert_eq!(flow.ensure_startable(COMPOSING, at(2)), Ok(()));
        assert_eq!(flow.ensure_startable(COMPOSING, at(300)), Ok(()));
        assert_eq!(flow.ensure_startable(COMPOSING, at(301)), Err(Refusal::FlowStatusWrong));
    }

    #[test]
    fn nothing_starts_without_a_document_or_twice() {
        let mut flow = draft_of_three();
        let document = flow.document.take();
        assert_eq!(flow.ensure_startable(COMPOSING, at(2)), Err(Refusal::FlowHasNoDocument { flow: "flow".into() }));
        flow.document = document;
        assert_eq!(flow.start(at(2)), [Happening::Charged, Happening::Started]);
        assert_eq!(flow.ensure_startable(COMPOSING, at(3)), Err(Refusal::FlowAlreadyStarted { flow: "flow".into() }));
        assert_eq!(flow.created_at, NOW);
    }
}
