//! Messages about tasks of contract intelligence, to a company's own application. Those of comparisons were recorded (`callback
//! samples`); those of the others are ASSUMED to be like them.

use ess_schemas::callbacks::{
    AIContractReview, AIInformationExtraction, BillingUse, ContractDiffTaskCreate, ContractDiffTaskFinish, FlowCost,
};

use super::envelope;
use crate::callbacks::message::Message;
use crate::domain::intelligence::comparison::Comparison;
use crate::domain::intelligence::difference::Change;
use crate::domain::intelligence::news::{News, TaskNews};
use crate::domain::intelligence::{Outcome, Task};
use crate::domain::time::Timestamp;

/// What a package of tasks is called. ASSUMED: samples show only that there is a name.
const QUOTA_NAME: &str = "合同智能份额";

pub(super) fn news(message: &Message, version: Option<&str>, news: &TaskNews) -> Vec<u8> {
    match &news.what {
        News::ComparisonCreated => envelope(message, version, &created(&news.task)),
        News::ComparisonEnded(comparison) => envelope(message, version, &finished(comparison)),
        News::ExtractionEnded(outcome) => envelope(message, version, &extracted(&news.task, outcome)),
        News::ReviewEnded(outcome) => envelope(message, version, &reviewed(&news.task, outcome)),
        News::Paid => envelope(message, version, &billing_use(news, message.at)),
    }
}

fn created(task: &Task) -> ContractDiffTaskCreate {
    ContractDiffTaskCreate {
        task_id: task.id.to_string(),
        resource_name: task.name.clone(),
        user_data: task.user_data.clone(),
        create_time: task.timing.created_at.seconds(),
        operator_user_id: task.operator.to_string(),
    }
}

fn finished(comparison: &Comparison) -> ContractDiffTaskFinish {
    let (task, (status, message)) = (&comparison.task, told(&comparison.outcome));
    ContractDiffTaskFinish {
        task_id: task.id.to_string(),
        status,
        message,
        original_file_resource_id: comparison.original.to_string(),
        diff_file_resource_id: comparison.newer.to_string(),
        total_diff_count: i64::try_from(comparison.differences().len()).unwrap_or(i64::MAX),
        add_diff_count: comparison.count(Change::Added),
        change_diff_count: comparison.count(Change::Changed),
        delete_diff_count: comparison.count(Change::Deleted),
        user_data: task.user_data.clone(),
        create_time: task.timing.created_at.seconds(),
        operator_user_id: task.operator.to_string(),
    }
}

fn extracted(task: &Task, outcome: &Outcome<()>) -> AIInformationExtraction {
    let (status, message) = told(outcome);
    AIInformationExtraction {
        task_id: task.id.to_string(),
        status,
        message,
        user_data: task.user_data.clone(),
        create_time: task.timing.created_at.seconds(),
        operator_user_id: task.operator.to_string(),
    }
}

fn reviewed(task: &Task, outcome: &Outcome<()>) -> AIContractReview {
    let (status, message) = told(outcome);
    AIContractReview {
        task_id: task.id.to_string(),
        status,
        message,
        user_data: task.user_data.clone(),
        create_time: task.timing.created_at.seconds(),
        operator_user_id: task.operator.to_string(),
    }
}

/// `Status` and `Message`: of a success as recorded (`callback samples`), of a failure ASSUMED.
fn told<Found>(outcome: &Outcome<Found>) -> (String, String) {
    match outcome {
        Ok(_) => ("SUCCEED".to_owned(), "执行成功".to_owned()),
        Err(failed) => ("FAILED".to_owned(), failed.message.clone()),
    }
}

/// Of a task, `FlowId` is its id; whatever names a contract, its company or a kind of quota is empty (`callback samples`).
fn billing_use(news: &TaskNews, at: Timestamp) -> BillingUse {
    BillingUse {
        flow_id: news.task.id.to_string(),
        flow_name: String::new(),
        create_organization_name: String::new(),
        quota_type: String::new(),
        use_count: 1,
        cost_time: at.seconds(),
        quota_name: QUOTA_NAME.to_owned(),
        cost_type: 1,
        remark: String::new(),
    }
}

pub(super) fn cost(news: &TaskNews) -> FlowCost {
    FlowCost {
        flow_id: news.task.id.to_string(),
        cost_channel: String::new(),
        is_resell: false,
        cost: 1,
        organization_id: news.task.organization.to_string(),
    }
}
