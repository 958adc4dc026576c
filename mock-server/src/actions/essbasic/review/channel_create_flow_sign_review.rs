//! `ChannelCreateFlowSignReview` brings the verdict of a company's own approval: on a signature (`SignReview`), or on starting the
//! contract (`CreateReview`).
//!
//! Without `RecipientId` it is about the signers of the initiator's company, whose gate the contract as a whole asked for
//! (`NeedSignReview`). A person, or a signer with a gate of their own (`ApproverNeedSignReview`), must be named
//! (`api ChannelCreateFlowSignReview`). The last verdict before the signature counts.

use ess_schemas::essbasic::{ChannelCreateFlowSignReviewRequest, ChannelCreateFlowSignReviewResponse};

use crate::actions::essbasic::dialect::given;
use crate::actions::reviews::{About, review, ruling};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract of the customer's, it has ended, nothing is to be approved, or a negative verdict gives no reason.
pub fn channel_create_flow_sign_review(
    call: &mut Call<'_>,
    request: ChannelCreateFlowSignReviewRequest,
) -> Result<ChannelCreateFlowSignReviewResponse, Refusal> {
    let about = About::of(request.operate_type.as_deref(), given(&request.recipient_id));
    review(call, &request.flow_id, about, || ruling(&request.review_type, given(&request.review_message)))?;
    Ok(ChannelCreateFlowSignReviewResponse {})
}
