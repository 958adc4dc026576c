//! QR codes that strangers sign by.

pub mod channel_cancel_multi_flow_sign_qr_code;
pub mod channel_create_multi_flow_sign_qr_code;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(channel_cancel_multi_flow_sign_qr_code::channel_cancel_multi_flow_sign_qr_code),
        quick(channel_create_multi_flow_sign_qr_code::channel_create_multi_flow_sign_qr_code),
    ]
}
