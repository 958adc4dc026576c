//! Contracts prepared here and launched by a person on a page.

mod base_flow;
pub mod channel_create_prepare_flow;
pub mod channel_create_prepare_flow_group;
pub mod prepare_flows;

use crate::actions::{Handler, prepared, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        prepared(channel_create_prepare_flow::prepare, channel_create_prepare_flow::channel_create_prepare_flow),
        prepared(
            channel_create_prepare_flow_group::prepare,
            channel_create_prepare_flow_group::channel_create_prepare_flow_group,
        ),
        quick(prepare_flows::prepare_flows),
    ]
}
