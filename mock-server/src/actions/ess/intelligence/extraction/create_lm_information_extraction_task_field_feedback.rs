//! `CreateLMInformationExtractionTaskFieldFeedback` keeps what somebody says of a field's result: nothing (0), right (1), wrong (2), and
//! then why (`api FeedbackInfo`). Saying it again replaces it (ASSUMED).

use ess_schemas::ess::{
    CreateLMInformationExtractionTaskFieldFeedbackRequest, CreateLMInformationExtractionTaskFieldFeedbackResponse,
};

use crate::domain::intelligence::extraction::Feedback;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// `Result` of a result that is wrong.
const WRONG: i64 = 2;

/// See the module's comment.
///
/// # Errors
/// No result is named or there is no such, nothing is said of it, or it is wrong without a reason.
pub fn create_lm_information_extraction_task_field_feedback(
    call: &mut Call<'_>,
    request: CreateLMInformationExtractionTaskFieldFeedbackRequest,
) -> Result<CreateLMInformationExtractionTaskFieldFeedbackResponse, Refusal> {
    let missing = |field| Refusal::ParameterMissing { field };
    let id = request.id.filter(|id| !id.is_empty()).ok_or_else(|| missing("Id"))?;
    let said = request.feedback.ok_or_else(|| missing("Feedback"))?;
    let result = said.result.ok_or_else(|| missing("Feedback.Result"))?;
    // Why something is wrong that is not, nobody asks.
    let reason = said.reason.filter(|_| result == WRONG);
    let kind = reason.as_ref().and_then(|reason| reason.reason_type);
    if result == WRONG && kind.is_none() {
        return Err(missing("Feedback.Reason"));
    }
    let words = reason.and_then(|reason| reason.reason_content).unwrap_or_default();
    let feedback = Feedback { result, reason: kind.unwrap_or(0), words };
    call.world.give_feedback(call.caller.organization(), &id, feedback)?;
    Ok(CreateLMInformationExtractionTaskFieldFeedbackResponse {})
}
