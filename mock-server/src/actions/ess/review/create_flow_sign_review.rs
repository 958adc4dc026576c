//! `CreateFlowSignReview` brings the verdict of a company's own approval: on a signature (`SignReview`), or on starting the
//! contract (`CreateReview`).
//!
//! Without `RecipientId` it is about the signers of the initiator's company, whose gate the contract as a whole asked for
//! (`NeedSignReview`). A person, or a signer with a gate of their own (`ApproverNeedSignReview`), must be named
//! (`api CreateFlowSignReview`). The last verdict before the signature counts.

use ess_schemas::ess::{CreateFlowSignReviewRequest, CreateFlowSignReviewResponse};

use super::ruling;
use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract of the caller's, it has ended, nothing is to be approved, or a negative verdict gives no reason.
pub fn create_flow_sign_review(
    call: &mut Call<'_>,
    request: CreateFlowSignReviewRequest,
) -> Result<CreateFlowSignReviewResponse, Refusal> {
    let (flow, now) = (call.own_flow(&request.flow_id)?, call.now);
    let ruling = ruling(&request.review_type, given(&request.review_message))?;
    if request.operate_type.as_deref() == Some("CreateReview") {
        call.change_flow(&flow.id, |flow| flow.review_creation(&ruling, now))?;
    } else {
        let recipient = given(&request.recipient_id).map(|id| id.as_str().into());
        call.change_flow(&flow.id, |flow| flow.review(recipient.as_ref(), &ruling, now))?;
    }
    Ok(CreateFlowSignReviewResponse {})
}
