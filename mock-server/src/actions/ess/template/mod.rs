//! Templates, and contracts made from them: `DescribeFlowTemplates`, `CreateFlow`, `CreateDocument`, `StartFlow`.

pub mod create_document;
pub mod create_flow;
pub mod describe_flow_templates;
pub mod describe_user_flow_type;
mod filtering;
pub mod operate_template;
pub mod start_flow;
mod wording;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(create_document::create_document),
        quick(create_flow::create_flow),
        quick(describe_flow_templates::describe_flow_templates),
        quick(describe_user_flow_type::describe_user_flow_type),
        quick(operate_template::operate_template),
        quick(start_flow::start_flow),
    ]
}
