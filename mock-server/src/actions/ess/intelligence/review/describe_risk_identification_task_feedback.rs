//! `DescribeRiskIdentificationTaskFeedback` tells what was said of everything a review found: of what nobody spoke of, 0 and nothing
//! (`ex DescribeRiskIdentificationTaskFeedback`).

use ess_schemas::ess::{
    DescribeRiskIdentificationTaskFeedbackRequest, DescribeRiskIdentificationTaskFeedbackResponse,
    RiskIdentificationFeedbackInfo,
};

use crate::actions::ess::dialect::given;
use crate::domain::intelligence::review::task::Feedback;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No review named, or none of the company's.
pub fn describe_risk_identification_task_feedback(
    call: &mut Call<'_>,
    request: DescribeRiskIdentificationTaskFeedbackRequest,
) -> Result<DescribeRiskIdentificationTaskFeedbackResponse, Refusal> {
    let task = given(&request.task_id).ok_or(Refusal::ParameterMissing { field: "TaskId" })?;
    let review = call.world.review(task, call.caller.organization())?;
    let report = review.report(call.now).ok();
    let risks = report.iter().flat_map(|report| &report.risks).map(|item| told(&item.id, item.feedback.as_ref()));
    let passed = report.iter().flat_map(|report| &report.passed).map(|item| told(&item.id, item.feedback.as_ref()));
    Ok(DescribeRiskIdentificationTaskFeedbackResponse { feedback_list: Some(risks.chain(passed).collect()) })
}

fn told(item: &str, feedback: Option<&Feedback>) -> RiskIdentificationFeedbackInfo {
    RiskIdentificationFeedbackInfo {
        risk_id: Some(item.to_owned()),
        feedback_result: Some(feedback.map_or(0, |feedback| feedback.opinion.wire())),
        reason: Some(feedback.map(|feedback| feedback.reason.clone()).unwrap_or_default()),
    }
}
