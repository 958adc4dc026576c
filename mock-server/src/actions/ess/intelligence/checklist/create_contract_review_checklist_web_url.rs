//! `CreateContractReviewChecklistWebUrl` makes the address of the page where a checklist is made.

use ess_schemas::ess::{CreateContractReviewChecklistWebUrlRequest, CreateContractReviewChecklistWebUrlResponse};

use crate::actions::ess::intelligence::pages::address;
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody acts.
pub fn create_contract_review_checklist_web_url(
    call: &mut Call<'_>,
    _: CreateContractReviewChecklistWebUrlRequest,
) -> Result<CreateContractReviewChecklistWebUrlResponse, Refusal> {
    Ok(CreateContractReviewChecklistWebUrlResponse { web_url: address(call, IntelligencePage::NewChecklist)? })
}
