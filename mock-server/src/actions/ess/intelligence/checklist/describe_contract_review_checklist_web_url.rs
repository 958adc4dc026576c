//! `DescribeContractReviewChecklistWebUrl` makes the address of the page that shows a checklist.

use ess_schemas::ess::{DescribeContractReviewChecklistWebUrlRequest, DescribeContractReviewChecklistWebUrlResponse};

use crate::actions::ess::intelligence::pages::address;
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No list is named, or there is no such list.
pub fn describe_contract_review_checklist_web_url(
    call: &mut Call<'_>,
    request: DescribeContractReviewChecklistWebUrlRequest,
) -> Result<DescribeContractReviewChecklistWebUrlResponse, Refusal> {
    if request.id.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Id" });
    }
    let list = call.world.checklist(&request.id, call.caller.organization())?;
    Ok(DescribeContractReviewChecklistWebUrlResponse {
        web_url: address(call, IntelligencePage::Checklist(list.id.clone()))?,
        id: Some(request.id),
    })
}
