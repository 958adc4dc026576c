//! `DescribeInformationExtractionWebUrl` makes the address of the page that shows a search, or without `TaskId` all of the company's: five
//! minutes, once.

use ess_schemas::ess::{DescribeInformationExtractionWebUrlRequest, DescribeInformationExtractionWebUrlResponse};

use super::super::pages::address;
use super::own;
use crate::actions::ess::dialect::given;
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The company has no such search.
pub fn describe_information_extraction_web_url(
    call: &mut Call<'_>,
    request: DescribeInformationExtractionWebUrlRequest,
) -> Result<DescribeInformationExtractionWebUrlResponse, Refusal> {
    let page = match given(&request.task_id) {
        Some(task) => IntelligencePage::Extraction(own(call, task)?.task.id.clone()),
        None => IntelligencePage::Extractions,
    };
    Ok(DescribeInformationExtractionWebUrlResponse { url: address(call, page)? })
}
