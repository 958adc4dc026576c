//! Evidence about signed contracts: reports a company orders (出证), and recordings of signers' faces.
//!
//! A report is written some time after it was ordered; nothing wakes for that, whoever looks compares times.

use std::sync::Arc;
use std::time::Duration;

use imbl::OrdMap;

use super::approver::Approver;
use super::flow::{Ended, Flow, FlowState};
use super::h5::FACE;
use super::ids::{FlowId, OrganizationId, ReportId};
use super::intention::Recording;
use super::refusal::Refusal;
use super::register::{Register, Registered};
use super::time::{HOUR, Timestamp};

/// A report on how a contract was signed.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct EvidenceReport {
    /// Its id.
    pub id: ReportId,
    /// The company that ordered it.
    pub owner: OrganizationId,
    /// The contract, as it was then.
    pub flow: Arc<Flow>,
    /// When it was ordered.
    pub ordered_at: Timestamp,
}

impl Registered for EvidenceReport {
    type Id = ReportId;
    fn id(&self) -> &ReportId {
        &self.id
    }
}

/// How far a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceProgress {
    /// It is being written.
    Executing,
    /// It can be fetched.
    Done,
}

impl EvidenceReport {
    /// How far it is at `now`; writing it takes `writing`.
    #[must_use]
    pub fn progress(&self, writing: Duration, now: Timestamp) -> EvidenceProgress {
        if now < self.ordered_at.plus(writing) { EvidenceProgress::Executing } else { EvidenceProgress::Done }
    }
}

/// The reports of a world: one per contract and company, however often it is ordered (ASSUMED, so that a repeated call is
/// not paid for twice).
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(from = "Register<EvidenceReport>", into = "Register<EvidenceReport>")]
pub struct EvidenceReports {
    reports: Register<EvidenceReport>,
    ordered: OrdMap<(FlowId, OrganizationId), ReportId>,
}

impl From<Register<EvidenceReport>> for EvidenceReports {
    fn from(reports: Register<EvidenceReport>) -> Self {
        let order = |one: &EvidenceReport| ((one.flow.id.clone(), one.owner.clone()), one.id.clone());
        Self { ordered: reports.iter().map(|one| order(one)).collect(), reports }
    }
}

impl From<EvidenceReports> for Register<EvidenceReport> {
    fn from(reports: EvidenceReports) -> Self {
        reports.reports
    }
}

impl EvidenceReports {
    /// The report with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Arc<EvidenceReport>> {
        self.reports.get(id)
    }

    /// Every report this company ordered.
    pub fn of<'a>(&'a self, owner: &'a OrganizationId) -> impl Iterator<Item = &'a EvidenceReport> {
        self.reports.iter().map(AsRef::as_ref).filter(move |one| &one.owner == owner)
    }

    /// The report this company ordered about this contract.
    #[must_use]
    pub fn about(&self, flow: &FlowId, owner: &OrganizationId) -> Option<&Arc<EvidenceReport>> {
        self.get(self.ordered.get(&(flow.clone(), owner.clone()))?.as_str())
    }

    /// Keeps a report.
    pub fn insert(&mut self, report: EvidenceReport) {
        self.ordered.insert((report.flow.id.clone(), report.owner.clone()), report.id.clone());
        self.reports.insert(report);
    }
}

impl Flow {
    /// Asks whether a report can be written: everybody has signed, and nothing came after (`ex CreateFlowEvidenceReport`).
    ///
    /// # Errors
    /// Not everybody has, or it was released.
    pub fn ensure_evidenced(&self) -> Result<(), Refusal> {
        if self.state == FlowState::Ended(Ended::Signed) { Ok(()) } else { Err(Refusal::FlowStatusWrong) }
    }

    /// Asks whether it stands in the chain: everybody has signed, released or not
    /// (`api CreateFlowBlockchainEvidenceUrl`).
    ///
    /// # Errors
    /// Not everybody has signed.
    pub fn ensure_on_chain(&self) -> Result<(), Refusal> {
        if matches!(self.state, FlowState::Ended(Ended::Signed | Ended::Released)) {
            Ok(())
        } else {
            Err(Refusal::FlowStatusWrong)
        }
    }
}

/// How long a recording can be fetched (`api DescribeSignFaceVideo`).
const RECORDING_KEPT: Duration = Duration::from_secs(24 * HOUR.as_secs());

impl Approver {
    /// What there is recorded of this signer at `now`: of who had to show their face, for a day.
    ///
    /// # Errors
    /// They have not signed, did not have to show their face, or too long ago.
    pub fn recording(&self, now: Timestamp) -> Result<Recording, Refusal> {
        let asked = self.sign_checks.contains(&FACE).then_some(&Recording::Face);
        let unavailable = |detail| Err(Refusal::FaceVideoUnavailable { detail });
        let Some(signature) = &self.signature else { return unavailable("the signer has not signed") };
        match signature.recording.as_ref().or(asked) {
            None => unavailable("the signer did not show their face"),
            Some(_) if now >= signature.at.plus(RECORDING_KEPT) => unavailable("it was kept for 24 hours"),
            Some(recording) => Ok(recording.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, flow_of_three};

    fn signed() -> Flow {
        let mut flow = flow_of_three(true);
        for index in 0..3 {
            let slot = flow.approvers[index].recipient.clone();
            flow.sign(&slot, None, at(1)).unwrap();
        }
        flow
    }

    #[test]
    fn only_a_signed_contract_is_evidenced() {
        assert_eq!(flow_of_three(true).ensure_evidenced(), Err(Refusal::FlowStatusWrong));
        let mut flow = signed();
        assert_eq!((flow.ensure_evidenced(), flow.ensure_on_chain()), (Ok(()), Ok(())));
        flow.release(at(2)).unwrap();
        assert_eq!((flow.ensure_evidenced(), flow.ensure_on_chain()), (Err(Refusal::FlowStatusWrong), Ok(())));
    }

    #[test]
    fn a_report_is_written_after_a_while_and_found_again() {
        let (flow, own) = (Arc::new(signed()), OrganizationId::from("own"));
        let mut reports = EvidenceReports::default();
        assert!(reports.about(&flow.id, &own).is_none());
        reports.insert(EvidenceReport {
            id: "report".into(),
            owner: own.clone(),
            flow: flow.clone(),
            ordered_at: at(0),
        });
        let report = reports.about(&flow.id, &own).unwrap();
        let progress = |seconds| report.progress(Duration::from_secs(10), at(seconds));
        assert_eq!((progress(9), progress(10)), (EvidenceProgress::Executing, EvidenceProgress::Done));
        assert!(reports.about(&flow.id, &"other".into()).is_none(), "everybody orders their own");
    }

    #[test]
    fn a_face_is_kept_for_a_day_of_who_showed_it() {
        let mut flow = signed();
        assert!(flow.approvers[1].recording(at(1)).is_err(), "nobody asked for their face");
        flow.approvers[1].sign_checks = vec![1];
        assert_eq!(flow.approvers[1].recording(at(86_400)), Ok(Recording::Face));
        assert!(flow.approvers[1].recording(at(86_401)).is_err());
        flow.approvers[1].signature = None;
        assert!(flow.approvers[1].recording(at(1)).is_err());

        let slot = flow.approvers[0].recipient.clone();
        flow.keep_recording(&slot, Recording::Spoken(vec!["同意".into()]));
        assert_eq!(flow.approvers[0].recording(at(2)), Ok(Recording::Spoken(vec!["同意".into()])));
    }
}
