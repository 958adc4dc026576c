//! Withdrawing many contracts at once.

pub mod cancel_organization_flows;
pub mod create_batch_cancel_flow_url;
pub mod describe_cancel_flows_task;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(cancel_organization_flows::cancel_organization_flows),
        quick(create_batch_cancel_flow_url::create_batch_cancel_flow_url),
        quick(describe_cancel_flows_task::describe_cancel_flows_task),
    ]
}
