//! Reports on signed contracts are ordered and paid for.

use std::sync::Arc;

use super::ids::Kind;
use super::world::World;
use crate::domain::evidence::EvidenceReport;
use crate::domain::flow::Flow;
use crate::domain::ids::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

impl World {
    /// The company's report about this contract; the first time it takes one from those the company bought.
    ///
    /// # Errors
    /// None is left.
    pub fn order_evidence(
        &mut self,
        flow: &Arc<Flow>,
        owner: &OrganizationId,
        now: Timestamp,
    ) -> Result<Arc<EvidenceReport>, Refusal> {
        if let Some(report) = self.evidence.about(&flow.id, owner) {
            return Ok(report.clone());
        }
        let company = self.directory.organizations.number(owner.as_str());
        let company = company.and_then(|number| self.directory.organizations.at_mut(number));
        let company = company.filter(|company| company.evidence_reports > 0).ok_or(Refusal::EvidenceQuotaExhausted)?;
        company.evidence_reports -= 1;
        let report = EvidenceReport {
            id: self.ids.next(Kind::EvidenceReport).into(),
            owner: owner.clone(),
            flow: flow.clone(),
            ordered_at: now,
        };
        self.evidence.insert(report.clone());
        Ok(Arc::new(report))
    }
}
