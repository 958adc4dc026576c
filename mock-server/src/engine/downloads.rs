//! Which contracts a platform may hand out, once [`super::call::Caller::ensure_downloads_allowed`] lets it.
//!
//! The document must have been composed, which takes seconds after a launch or a signature (`seed DescribeResourceUrlsByFlows`).

use std::sync::Arc;

use super::call::Call;
use crate::domain::flow::{Ended, Flow, FlowState};
use crate::domain::refusal::Refusal;

impl Call<'_> {
    /// A contract whose document can be fetched.
    ///
    /// # Errors
    /// As [`Call::own_flow`]; it has not started or ended without signatures, or its document is not composed yet.
    pub fn downloadable_flow(&self, id: &str) -> Result<Arc<Flow>, Refusal> {
        let flow = self.own_flow(id)?;
        ensure_downloadable(&flow)?;
        self.ensure_composed(&flow)?;
        Ok(flow)
    }
}

/// In signing, or signed (`seed DescribeResourceUrlsByFlows`); one that was released was signed once (ASSUMED).
fn ensure_downloadable(flow: &Flow) -> Result<(), Refusal> {
    match flow.state {
        FlowState::Filling | FlowState::Signing | FlowState::Ended(Ended::Signed | Ended::Released) => Ok(()),
        FlowState::Draft => Err(Refusal::FlowStatusWrong),
        FlowState::Ended(
            how @ (Ended::Rejected | Ended::FillRejected | Ended::Expired | Ended::Cancelled | Ended::Invalidated),
        ) => Err(Refusal::FlowEnded { state: how }),
    }
}
