//! Templates: the customer's own, and what the platform offers it.

pub mod describe_templates;
pub mod describe_user_flow_type;
pub mod operate_channel_template;
pub mod operate_template;
mod wording;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(describe_templates::describe_templates),
        quick(describe_user_flow_type::describe_user_flow_type),
        quick(operate_channel_template::operate_channel_template),
        quick(operate_template::operate_template),
    ]
}
