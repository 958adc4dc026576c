//! Signers of running contracts: they become known, join, hand their task on, are reminded.

pub mod channel_create_bound_flows;
pub mod channel_create_dynamic_flow_approver;
pub mod channel_create_flow_approvers;
pub mod channel_create_flow_reminds;
pub mod create_flow_forwards;

use self::channel_create_dynamic_flow_approver as dynamic;
use crate::actions::{Handler, prepared, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(channel_create_bound_flows::channel_create_bound_flows),
        prepared(dynamic::prepare, dynamic::channel_create_dynamic_flow_approver),
        quick(channel_create_flow_approvers::channel_create_flow_approvers),
        quick(channel_create_flow_reminds::channel_create_flow_reminds),
        quick(create_flow_forwards::create_flow_forwards),
    ]
}
