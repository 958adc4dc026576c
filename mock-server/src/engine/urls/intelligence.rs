//! Addresses of the pages of contract intelligence.

use super::Urls;
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::link::Link;

/// The pages of reviews and checklists (`ex DescribeContractReviewWebUrl`, `ex CreateContractReviewChecklistWebUrl`).
const REVIEW: &str = "ai-contract-review";
/// The pages of comparisons (`ex CreateContractDiffTaskWebUrl`).
const COMPARISON: &str = "contract-compare";
/// The pages of searches for fields (`ex CreateInformationExtractionWebUrl`).
const EXTRACTION: &str = "ai-contract-info-extract-embed";

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
            IntelligencePage::NewComparison { .. } => (COMPARISON, "embedType=CONTRACT_DIFF".to_owned()),
            IntelligencePage::Comparison(task) => {
                (COMPARISON, format!("embedType=CONTRACT_DIFF&businessType=TASK_ID&businessId={task}"))
            }
            IntelligencePage::NewExtraction { .. }
            | IntelligencePage::Extraction(_)
            | IntelligencePage::Extractions => {
                (EXTRACTION, format!("embedType=CONTRACT_EXTRACTION&shortKey={}", link.short_key))
            }
        };
        format!("{}/embed/{}/{name}?embed=1&code={}&channel=TENCENTCLOUD&{rest}", self.base, self.alias, link.code)
    }
}
