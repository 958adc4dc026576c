//! Evidence about signed contracts.

pub mod create_flow_blockchain_evidence_url;
pub mod create_flow_evidence_report;
pub mod describe_flow_evidence_report;
pub mod describe_sign_face_video;

use crate::actions::{Handler, prepared, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(create_flow_blockchain_evidence_url::create_flow_blockchain_evidence_url),
        quick(create_flow_evidence_report::create_flow_evidence_report),
        quick(describe_flow_evidence_report::describe_flow_evidence_report),
        prepared(describe_sign_face_video::prepare, describe_sign_face_video::describe_sign_face_video),
    ]
}
