//! `CreateFlowGroupSignReview` brings the verdict of a company's own approval on one signer of a group, for all contracts of
//! it that they sign. The last verdict before the signature counts (`api CreateFlowGroupSignReview`).

use ess_schemas::ess::{CreateFlowGroupSignReviewRequest, CreateFlowGroupSignReviewResponse, NeedReviewApproverInfo};

use super::ruling;
use crate::actions::ess::dialect::{card, given};
use crate::domain::life::reviewing::Reviewed;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such group of the caller's, nothing about this signer is to be approved, or a negative verdict gives no reason.
pub fn create_flow_group_sign_review(
    call: &mut Call<'_>,
    request: CreateFlowGroupSignReviewRequest,
) -> Result<CreateFlowGroupSignReviewResponse, Refusal> {
    let (group, now) = (call.own_group(&request.flow_group_id)?, call.now);
    let ruling = ruling(&request.review_type, given(&request.review_message))?;
    let who = who(&request.approver_info)?;
    let flows = group.flows.iter().filter_map(|id| call.world.flows.get(id.as_str()));
    let meant: Vec<_> = flows.filter_map(|flow| Some((flow.clone(), flow.reviewed(&who)?.recipient.clone()))).collect();
    if meant.is_empty() {
        return Err(Refusal::ReviewNotAvailable);
    }
    for (flow, recipient) in &meant {
        // Tried on a copy first: either the whole group hears the verdict or none of it.
        (**flow).clone().review(Some(recipient), &ruling, now)?;
    }
    for (flow, recipient) in &meant {
        call.change_flow(&flow.id, |flow| flow.review(Some(recipient), &ruling, now))?;
    }
    Ok(CreateFlowGroupSignReviewResponse {})
}

/// A company's signer is told apart by the company too; a number or a card must say who is meant
/// (`api NeedReviewApproverInfo`).
fn who(info: &NeedReviewApproverInfo) -> Result<Reviewed, Refusal> {
    let of_company = info.approver_type == "ORGANIZATION";
    let organization_name = given(&info.organization_name).filter(|_| of_company).cloned();
    let mobile = given(&info.approver_mobile).cloned();
    let card = card(info.approver_id_card_type.as_deref(), info.approver_id_card_number.as_ref());
    if of_company && organization_name.is_none() {
        return Err(Refusal::ParameterMissing { field: "ApproverInfo.OrganizationName" });
    }
    if mobile.is_none() && card.is_none() {
        return Err(Refusal::ParameterMissing { field: "ApproverInfo.ApproverMobile" });
    }
    Ok(Reviewed { organization_name, name: info.approver_name.clone(), mobile, card })
}
