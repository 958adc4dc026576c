//! Evidence about signed contracts.

pub mod channel_describe_sign_face_video;
pub mod channel_verify_pdf;
pub mod create_channel_flow_evidence_report;
pub mod create_flow_blockchain_evidence_url;
pub mod describe_channel_flow_evidence_report;

use crate::actions::{Handler, heavy, prepared, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        prepared(
            channel_describe_sign_face_video::prepare,
            channel_describe_sign_face_video::channel_describe_sign_face_video,
        ),
        heavy(channel_verify_pdf::prepare, channel_verify_pdf::channel_verify_pdf),
        quick(create_channel_flow_evidence_report::create_channel_flow_evidence_report),
        quick(create_flow_blockchain_evidence_url::create_flow_blockchain_evidence_url),
        quick(describe_channel_flow_evidence_report::describe_channel_flow_evidence_report),
    ]
}
