//! Contracts prepared here and launched by a person on a page.

pub mod create_mini_app_prepare_flow;
pub mod create_prepare_flow;
pub mod create_prepare_flow_group;

use crate::actions::{Handler, prepared, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(create_mini_app_prepare_flow::create_mini_app_prepare_flow),
        prepared(create_prepare_flow::prepare, create_prepare_flow::create_prepare_flow),
        prepared(create_prepare_flow_group::prepare, create_prepare_flow_group::create_prepare_flow_group),
    ]
}
