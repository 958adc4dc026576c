//! Checklists contracts are reviewed by (合同审查清单).

pub mod create_contract_review_checklist_web_url;
pub mod describe_contract_review_checklist;
pub mod describe_contract_review_checklist_web_url;
pub mod describe_contract_review_checklists_web_url;
pub mod describe_enterprise_contract_review_checklists;
mod dialect;
pub mod import_contract_review_checklist;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(import_contract_review_checklist::import_contract_review_checklist),
        quick(describe_contract_review_checklist::describe_contract_review_checklist),
        quick(describe_enterprise_contract_review_checklists::describe_enterprise_contract_review_checklists),
        quick(create_contract_review_checklist_web_url::create_contract_review_checklist_web_url),
        quick(describe_contract_review_checklist_web_url::describe_contract_review_checklist_web_url),
        quick(describe_contract_review_checklists_web_url::describe_contract_review_checklists_web_url),
    ]
}
