//! Signers of running contracts: they become known, join, hand their task on, are reminded.

pub mod archive_dynamic_flow;
pub mod create_dynamic_flow_approver;
pub mod create_flow_approvers;
pub mod create_flow_forwards;
pub mod create_flow_group_reminds;
pub mod create_flow_reminds;

use crate::actions::{Handler, prepared, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(archive_dynamic_flow::archive_dynamic_flow),
        prepared(create_dynamic_flow_approver::prepare, create_dynamic_flow_approver::create_dynamic_flow_approver),
        quick(create_flow_approvers::create_flow_approvers),
        quick(create_flow_forwards::create_flow_forwards),
        quick(create_flow_group_reminds::create_flow_group_reminds),
        quick(create_flow_reminds::create_flow_reminds),
    ]
}
