//! Contracts: launch, look at, end.

pub mod channel_cancel_flow;
pub mod channel_create_flow_by_files;
pub mod describe_flow_detail_info;

use crate::actions::{Handler, prepared, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(channel_cancel_flow::channel_cancel_flow),
        prepared(channel_create_flow_by_files::prepare, channel_create_flow_by_files::channel_create_flow_by_files),
        quick(describe_flow_detail_info::describe_flow_detail_info),
    ]
}
