//! `DescribeContractReviewTaskListWebUrl` makes the address of the page that lists the company's reviews.

use ess_schemas::ess::{DescribeContractReviewTaskListWebUrlRequest, DescribeContractReviewTaskListWebUrlResponse};

use crate::actions::ess::intelligence::pages::address;
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody acts.
pub fn describe_contract_review_task_list_web_url(
    call: &mut Call<'_>,
    _: DescribeContractReviewTaskListWebUrlRequest,
) -> Result<DescribeContractReviewTaskListWebUrlResponse, Refusal> {
    Ok(DescribeContractReviewTaskListWebUrlResponse { web_url: address(call, IntelligencePage::Reviews)? })
}
