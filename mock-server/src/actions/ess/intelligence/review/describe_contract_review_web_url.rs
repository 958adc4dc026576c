//! `DescribeContractReviewWebUrl` makes the address of a review's page, whichever way it was asked for, and tells how far the review is. One
//! that failed has no page (`api DescribeContractReviewWebUrl`).

use ess_schemas::ess::{DescribeContractReviewWebUrlRequest, DescribeContractReviewWebUrlResponse};

use super::dialect;
use crate::actions::ess::intelligence::pages::address;
use crate::domain::intelligence::page::{IntelligencePage, ReviewHides};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// `Status` of a review that failed.
const FAILED: i64 = 5;

/// See the module's comment.
///
/// # Errors
/// The company has no such review.
pub fn describe_contract_review_web_url(
    call: &mut Call<'_>,
    request: DescribeContractReviewWebUrlRequest,
) -> Result<DescribeContractReviewWebUrlResponse, Refusal> {
    let review = call.world.review(&request.task_id, call.caller.organization())?;
    let status = dialect::status(&review, call.now);
    let page = IntelligencePage::Review(review.task.id.clone(), ReviewHides::default());
    let web_url = if status == FAILED { String::new() } else { address(call, page)? };
    Ok(DescribeContractReviewWebUrlResponse { web_url, status })
}
