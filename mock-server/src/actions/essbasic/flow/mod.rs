//! Contracts: launch, look at, end.

pub mod archive_dynamic_flow;
pub mod channel_cancel_flow;
pub mod channel_create_flow_by_files;
pub mod channel_create_flow_group_by_files;
pub mod channel_create_flow_group_by_templates;
pub mod channel_create_release_flow;
pub mod channel_describe_flow_components;
pub mod create_flows_by_templates;
pub mod describe_flow_detail_info;
mod grouping;
pub mod modify_flow_deadline;
pub(super) mod planned;

use crate::actions::{Handler, prepared, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(archive_dynamic_flow::archive_dynamic_flow),
        quick(channel_cancel_flow::channel_cancel_flow),
        prepared(channel_create_flow_by_files::prepare, channel_create_flow_by_files::channel_create_flow_by_files),
        prepared(
            channel_create_flow_group_by_files::prepare,
            channel_create_flow_group_by_files::channel_create_flow_group_by_files,
        ),
        quick(channel_create_flow_group_by_templates::channel_create_flow_group_by_templates),
        prepared(channel_create_release_flow::prepare, channel_create_release_flow::channel_create_release_flow),
        quick(channel_describe_flow_components::channel_describe_flow_components),
        quick(create_flows_by_templates::create_flows_by_templates),
        quick(describe_flow_detail_info::describe_flow_detail_info),
        quick(modify_flow_deadline::modify_flow_deadline),
    ]
}
