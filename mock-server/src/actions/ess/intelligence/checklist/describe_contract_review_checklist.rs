//! `DescribeContractReviewChecklist` tells a checklist: one of the company's, or the vendor's own, whose id reviews name
//! (`api DescribeContractReviewChecklist`).

use ess_schemas::ess::{DescribeContractReviewChecklistRequest, DescribeContractReviewChecklistResponse};

use super::dialect;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// There is no such list.
pub fn describe_contract_review_checklist(
    call: &mut Call<'_>,
    request: DescribeContractReviewChecklistRequest,
) -> Result<DescribeContractReviewChecklistResponse, Refusal> {
    if request.checklist_id.is_empty() {
        return Err(Refusal::ParameterMissing { field: "ChecklistId" });
    }
    let list = call.world.checklist(&request.checklist_id, call.caller.organization())?;
    Ok(DescribeContractReviewChecklistResponse {
        checklist_id: list.id.to_string(),
        name: list.name.clone(),
        enabled: Some(list.enabled),
        categories: Some(list.categories.iter().map(dialect::told).collect()),
    })
}
