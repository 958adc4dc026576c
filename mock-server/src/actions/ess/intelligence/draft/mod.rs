//! Contracts are drafted (智能合同起草).

pub mod create_draft_contract_by_prompts_task;
pub mod describe_draft_contract_by_prompts_task;

use crate::actions::{Handler, heavy, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        heavy(
            create_draft_contract_by_prompts_task::prepare,
            create_draft_contract_by_prompts_task::create_draft_contract_by_prompts_task,
        ),
        quick(describe_draft_contract_by_prompts_task::describe_draft_contract_by_prompts_task),
    ]
}
