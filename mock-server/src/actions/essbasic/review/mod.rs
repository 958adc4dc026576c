//! Approvals inside of a company: before somebody signs for it, before a contract starts.

pub mod channel_create_flow_sign_review;
pub mod create_flow_group_sign_review;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(channel_create_flow_sign_review::channel_create_flow_sign_review),
        quick(create_flow_group_sign_review::create_flow_group_sign_review),
    ]
}
