//! Evidence about signed contracts.

pub mod create_flow_blockchain_evidence_url;
pub mod create_flow_evidence_report;
pub mod describe_flow_evidence_report;
pub mod describe_sign_face_video;

use crate::actions::{Handler, prepared, quick};
use crate::domain::evidence::{EvidenceProgress, EvidenceReport};
use crate::engine::call::Call;

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(create_flow_blockchain_evidence_url::create_flow_blockchain_evidence_url),
        quick(create_flow_evidence_report::create_flow_evidence_report),
        quick(describe_flow_evidence_report::describe_flow_evidence_report),
        prepared(describe_sign_face_video::prepare, describe_sign_face_video::describe_sign_face_video),
    ]
}

/// How far a report is, in the words of `ess` (`api CreateFlowEvidenceReport`). None fails here.
fn status(call: &Call<'_>, report: &EvidenceReport) -> &'static str {
    match report.progress(call.world.settings.evidence_delay(), call.now) {
        EvidenceProgress::Executing => "EvidenceStatusExecuting",
        EvidenceProgress::Done => "EvidenceStatusSuccess",
    }
}
