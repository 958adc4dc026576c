//! Addresses of the pages of contract intelligence.

use super::Urls;
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::link::Link;

impl Urls {
    /// A page of contract intelligence (`ex CreateContractDiffTaskWebUrl`, `ex DescribeContractDiffTaskWebUrl`).
    #[must_use]
    pub fn intelligence(&self, link: &Link, page: &IntelligencePage) -> String {
        let (name, rest) = match page {
            IntelligencePage::Comparison(task) => {
                ("contract-compare", format!("embedType=CONTRACT_DIFF&businessType=TASK_ID&businessId={task}"))
            }
        };
        format!("{}/embed/{}/{name}?embed=1&code={}&channel=TENCENTCLOUD&{rest}", self.base, self.alias, link.code)
    }
}
