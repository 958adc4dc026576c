//! QR codes that strangers sign by.

pub mod cancel_multi_flow_sign_qr_code;
pub mod create_multi_flow_sign_qr_code;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(cancel_multi_flow_sign_qr_code::cancel_multi_flow_sign_qr_code),
        quick(create_multi_flow_sign_qr_code::create_multi_flow_sign_qr_code),
    ]
}
