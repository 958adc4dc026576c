//! `DescribeContractReviewChecklistsWebUrl` makes the address of the page that lists the company's checklists; the way to make one may be
//! hidden there.

use ess_schemas::ess::{DescribeContractReviewChecklistsWebUrlRequest, DescribeContractReviewChecklistsWebUrlResponse};

use crate::actions::ess::intelligence::pages::address;
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody acts.
pub fn describe_contract_review_checklists_web_url(
    call: &mut Call<'_>,
    request: DescribeContractReviewChecklistsWebUrlRequest,
) -> Result<DescribeContractReviewChecklistsWebUrlResponse, Refusal> {
    let hidden = request.option.and_then(|option| option.disable_create_checklist).unwrap_or(false);
    Ok(DescribeContractReviewChecklistsWebUrlResponse { web_url: address(call, IntelligencePage::Checklists(hidden))? })
}
