//! Evidence reports of a world file: ordered before the world begins, or as it begins.

use serde::Deserialize;

use super::span::{AN_HOUR, Span};
use crate::domain::evidence::EvidenceReport;
use crate::engine::world::World;

/// A report on a signed contract.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `EvidenceReport`")]
pub struct ReportRow {
    pub id: String,
    pub contract: String,
    /// How long before the world's beginning; `1h` when left out.
    #[serde(default)]
    pub ordered: Option<Span>,
}

impl ReportRow {
    /// Puts the report into the world; the company that launched the contract ordered it.
    ///
    /// # Errors
    /// A contract that is not there, or that not everybody has signed.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let flow = world.flows.get(self.contract.as_str()).cloned();
        let flow = flow.ok_or_else(|| format!("contract: there is no `{}`", self.contract))?;
        flow.ensure_evidenced().map_err(|refusal| format!("a rule refuses it: {refusal:?}"))?;
        world.evidence.insert(EvidenceReport {
            id: self.id.as_str().into(),
            owner: flow.initiator.organization.clone(),
            ordered_at: self.ordered.unwrap_or(AN_HOUR).before(world.now),
            flow,
        });
        Ok(())
    }
}
