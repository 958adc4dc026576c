//! `DescribeContractReviewTask` tells how far a review is, and what it has found once it has ended. Everybody of the company may ask.
//!
//! Lists and roles nobody named are told once the review has chosen them, and `Role` is null until then
//! (`api DescribeContractReviewTask`).

use ess_schemas::ess::{DescribeContractReviewTaskRequest, DescribeContractReviewTaskResponse};

use super::dialect;
use crate::domain::intelligence::review::checklist::Level;
use crate::domain::intelligence::review::task::Report;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The company has no such review.
pub fn describe_contract_review_task(
    call: &mut Call<'_>,
    request: DescribeContractReviewTaskRequest,
) -> Result<DescribeContractReviewTaskResponse, Refusal> {
    let review = call.world.review(&request.task_id, call.caller.organization())?;
    let report = review.report(call.now).ok();
    let (task, wanted) = (&review.task, &review.wanted);
    let checklists = report.map_or(&wanted.checklists, |report| &report.checklists);
    let roles = report.map_or(&wanted.roles, |report| &report.roles);
    let ended_at = task.timing.ends_at;
    let has_ended = call.now >= ended_at;
    let count = |wanted: fn(Level) -> bool| {
        let risks = report.iter().flat_map(|report| &report.risks);
        i64::try_from(risks.filter(|risk| wanted(risk.what.level)).count()).unwrap_or(i64::MAX)
    };
    let of = |report: &Report| {
        (
            report.risks.iter().map(|item| dialect::risk(item, ended_at, call.world)).collect(),
            report.passed.iter().map(dialect::passed).collect(),
            dialect::summaries(report, call.world),
        )
    };
    let (risks, passed, summaries) = report.map(of).unwrap_or_default();
    Ok(DescribeContractReviewTaskResponse {
        checklist_id: Some(checklists.first().map(ToString::to_string).unwrap_or_default()),
        checklist_ids: Some(checklists.iter().map(ToString::to_string).collect()),
        created_on: Some(task.timing.created_at.seconds()),
        finished_on: Some(if has_ended { ended_at.seconds() } else { 0 }),
        policy_type: Some(wanted.policy.wire()),
        resource_id: Some(review.file.id.to_string()),
        risks: Some(risks),
        role: roles.first().map(dialect::told_role),
        roles: Some(roles.iter().map(dialect::told_role).collect()),
        status: Some(dialect::status(&review, call.now)),
        task_id: Some(task.id.to_string()),
        comment: Some(wanted.comment.clone()),
        user_data: Some(task.user_data.clone()),
        high_risk_count: Some(count(|level| level == Level::High)),
        total_risk_count: Some(count(|_| true)),
        approved_lists: Some(passed),
        summaries: Some(summaries),
    })
}
