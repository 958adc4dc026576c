//! Withdrawing many contracts at once.

pub mod cancel_organization_flows;
pub mod channel_batch_cancel_flows;
pub mod channel_create_batch_cancel_flow_url;
pub mod describe_cancel_flows_task;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(cancel_organization_flows::cancel_organization_flows),
        quick(channel_batch_cancel_flows::channel_batch_cancel_flows),
        quick(channel_create_batch_cancel_flow_url::channel_create_batch_cancel_flow_url),
        quick(describe_cancel_flows_task::describe_cancel_flows_task),
    ]
}
