//! `CreateFlowGroupSignReview` brings the verdict of a company's own approval on one signer of a group, for all contracts of
//! it that they sign.

use ess_schemas::essbasic::{CreateFlowGroupSignReviewRequest, CreateFlowGroupSignReviewResponse};

use crate::actions::essbasic::dialect::given;
use crate::actions::reviews::{Meant, review_group, ruling};
use crate::actions::words::card;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such group of the customer's, nothing about this signer is to be approved, or a negative verdict gives no reason.
pub fn create_flow_group_sign_review(
    call: &mut Call<'_>,
    request: CreateFlowGroupSignReviewRequest,
) -> Result<CreateFlowGroupSignReviewResponse, Refusal> {
    let info = &request.approver_info;
    let meant = Meant {
        of_company: info.approver_type == "ORGANIZATION",
        organization_name: given(&info.organization_name),
        name: &info.approver_name,
        mobile: given(&info.approver_mobile),
        card: card(info.approver_id_card_type.as_deref(), info.approver_id_card_number.as_ref()),
    };
    let ruling = || ruling(&request.review_type, given(&request.review_message));
    review_group(call, &request.flow_group_id, &meant, ruling)?;
    Ok(CreateFlowGroupSignReviewResponse {})
}
