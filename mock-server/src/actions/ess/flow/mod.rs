//! Contracts: launch, look at, end.

pub mod cancel_flow;
pub mod create_flow_by_files;
pub mod create_flow_group_by_files;
pub mod create_flow_group_by_templates;
pub mod create_release_flow;
pub mod describe_flow_briefs;
pub mod describe_flow_components;
pub mod describe_flow_info;
mod grouping;
pub mod modify_flow_deadline;
pub mod operate_flow_remarks;

use crate::actions::{Handler, prepared, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(cancel_flow::cancel_flow),
        prepared(create_flow_by_files::prepare, create_flow_by_files::create_flow_by_files),
        prepared(create_flow_group_by_files::prepare, create_flow_group_by_files::create_flow_group_by_files),
        quick(create_flow_group_by_templates::create_flow_group_by_templates),
        prepared(create_release_flow::prepare, create_release_flow::create_release_flow),
        quick(describe_flow_briefs::describe_flow_briefs),
        quick(describe_flow_components::describe_flow_components),
        quick(describe_flow_info::describe_flow_info),
        quick(modify_flow_deadline::modify_flow_deadline),
        quick(operate_flow_remarks::operate_flow_remarks),
    ]
}
