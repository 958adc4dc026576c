//! Reviews of contracts (合同智能审查).

pub mod create_batch_contract_review_task;
pub mod create_contract_review_web_url;
pub mod create_risk_identification_task_feedback;
pub mod describe_contract_review_marked_risk_export_task;
pub mod describe_contract_review_task;
pub mod describe_contract_review_task_list_web_url;
pub mod describe_contract_review_web_url;
pub mod describe_risk_identification_task_feedback;
mod dialect;
pub mod export_contract_review_marked_risk;
pub mod export_contract_review_result;

use crate::actions::{Handler, heavy, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        heavy(
            create_batch_contract_review_task::prepare,
            create_batch_contract_review_task::create_batch_contract_review_task,
        ),
        quick(describe_contract_review_task::describe_contract_review_task),
        heavy(create_contract_review_web_url::prepare, create_contract_review_web_url::create_contract_review_web_url),
        quick(describe_contract_review_web_url::describe_contract_review_web_url),
        quick(describe_contract_review_task_list_web_url::describe_contract_review_task_list_web_url),
        quick(export_contract_review_result::export_contract_review_result),
        quick(export_contract_review_marked_risk::export_contract_review_marked_risk),
        quick(describe_contract_review_marked_risk_export_task::describe_contract_review_marked_risk_export_task),
        quick(create_risk_identification_task_feedback::create_risk_identification_task_feedback),
        quick(describe_risk_identification_task_feedback::describe_risk_identification_task_feedback),
    ]
}
