//! Addresses of the pages of contract intelligence.

use super::Urls;
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::link::Link;

/// The pages of reviews and checklists (`ex DescribeContractReviewWebUrl`, `ex CreateContractReviewChecklistWebUrl`).
const REVIEW: &str = "ai-contract-review";

impl Urls {
    /// A page of contract intelligence (`ex CreateContractDiffTaskWebUrl`, `ex DescribeContractDiffTaskWebUrl`).
    #[must_use]
    pub fn intelligence(&self, link: &Link, page: &IntelligencePage) -> String {
        let review = |rest: String| (REVIEW, format!("embedType=CONTRACT_REVIEW{rest}"));
        let key = &link.short_key;
        let (name, rest) = match page {
            IntelligencePage::NewReview { .. } => review(format!("&shortKey={key}")),
            IntelligencePage::Review(task, _) => review(format!("&taskId={task}")),
            IntelligencePage::Reviews => review(format!("&action=DescribeTaskList&shortKey={key}")),
            IntelligencePage::NewChecklist => review(format!("&action=CreateChecklist&shortKey={key}")),
            IntelligencePage::Checklist(list) => {
                review(format!("&action=DescribeChecklist&shortKey={key}&checklistId={list}"))
            }
            IntelligencePage::Checklists(_) => review(format!("&action=DescribeChecklists&shortKey={key}")),
            IntelligencePage::Comparison(task) => {
                ("contract-compare", format!("embedType=CONTRACT_DIFF&businessType=TASK_ID&businessId={task}"))
            }
        };
        format!("{}/embed/{}/{name}?embed=1&code={}&channel=TENCENTCLOUD&{rest}", self.base, self.alias, link.code)
    }
}
