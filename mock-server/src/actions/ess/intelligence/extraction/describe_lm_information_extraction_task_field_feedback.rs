//! `DescribeLMInformationExtractionTaskFieldFeedback` tells what was said of a search's results, field by field; of most, nothing (0, `ex
//! DescribeLMInformationExtractionTaskFieldFeedback`). A search has one part, since it is of one file. Before its end, and when it
//! failed, there is no result anything could be said of (ASSUMED).

use ess_schemas::ess::{
    DescribeLMInformationExtractionTaskFieldFeedbackRequest, DescribeLMInformationExtractionTaskFieldFeedbackResponse,
    FeedbackInfo, FeedbackInfoReason, FeedbackList, SubTaskFeedback,
};

use super::own;
use crate::domain::intelligence::extraction::FieldResult;
use crate::domain::intelligence::timing::Progress;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The company has no such search.
pub fn describe_lm_information_extraction_task_field_feedback(
    call: &mut Call<'_>,
    request: DescribeLMInformationExtractionTaskFieldFeedbackRequest,
) -> Result<DescribeLMInformationExtractionTaskFieldFeedbackResponse, Refusal> {
    let extraction = own(call, request.task_id.as_deref().unwrap_or_default())?;
    let ended = extraction.task.progress(call.now) == Progress::Ended;
    let results = call.world.intelligence.results_of(&extraction).filter(|_| ended);
    let part = SubTaskFeedback {
        sub_task_id: Some(extraction.part.clone()),
        feedback_list: Some(results.map(said).collect()),
    };
    Ok(DescribeLMInformationExtractionTaskFieldFeedbackResponse {
        sub_task_feedback_list: Some(vec![part]),
        task_id: Some(extraction.task.id.to_string()),
    })
}

fn said(result: &FieldResult) -> FeedbackList {
    let feedback = &result.feedback;
    let reason =
        FeedbackInfoReason { reason_type: Some(feedback.reason), reason_content: Some(feedback.words.clone()) };
    let info = FeedbackInfo { result: Some(feedback.result), reason: Some(reason) };
    FeedbackList { id: Some(result.id.clone()), info: Some(info) }
}
