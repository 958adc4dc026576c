//! `CreateRiskIdentificationTaskFeedback` takes down what somebody says of a risk, or of a point that holds; what was said before is
//! replaced (ASSUMED).

use ess_schemas::ess::{CreateRiskIdentificationTaskFeedbackRequest, CreateRiskIdentificationTaskFeedbackResponse};

use crate::actions::ess::dialect::given;
use crate::domain::intelligence::review::task::{Feedback, Opinion};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No risk named, one no review of the company found, or an opinion that is none.
pub fn create_risk_identification_task_feedback(
    call: &mut Call<'_>,
    request: CreateRiskIdentificationTaskFeedbackRequest,
) -> Result<CreateRiskIdentificationTaskFeedbackResponse, Refusal> {
    let risk = given(&request.risk_id).ok_or(Refusal::ParameterMissing { field: "RiskId" })?;
    let number = request.feedback_result.ok_or(Refusal::ParameterMissing { field: "FeedbackResult" })?;
    let opinion = Opinion::from_wire(number).ok_or_else(|| Refusal::ParameterInvalid {
        field: "FeedbackResult",
        detail: format!("{number} is none of 1, 2 and 3"),
    })?;
    let now = call.now;
    let review = call.world.review_that_found(risk, call.caller.organization(), call.now)?;
    let feedback = Feedback { opinion, reason: request.reason.unwrap_or_default(), at: call.now };
    call.world.change_review(review.as_str(), |review| review.hear(risk, feedback, now))?;
    Ok(CreateRiskIdentificationTaskFeedbackResponse {})
}
