//! `DescribeContractReviewMarkedRiskExportTask` tells how far a table of marked risks is, and where it is fetched once it is there
//! (`api DescribeContractReviewMarkedRiskExportTask`). None fails or is stopped here (ASSUMED: nothing in it can).

use ess_schemas::ess::{
    DescribeContractReviewMarkedRiskExportTaskRequest, DescribeContractReviewMarkedRiskExportTaskResponse,
};

use super::export_contract_review_result::LIFETIME;
use crate::domain::intelligence::timing::Progress;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::ResourceKind;

/// See the module's comment.
///
/// # Errors
/// The company has no such task.
pub fn describe_contract_review_marked_risk_export_task(
    call: &mut Call<'_>,
    request: DescribeContractReviewMarkedRiskExportTaskRequest,
) -> Result<DescribeContractReviewMarkedRiskExportTaskResponse, Refusal> {
    let task = request.task_id.as_str();
    let export = call.world.intelligence.risk_exports.get(task);
    let export = export.filter(|one| &one.organization == call.caller.organization());
    let export = export.ok_or_else(|| Refusal::ReviewUnknown { task: task.to_owned() })?;
    let kind = ResourceKind::MarkedRisks.wire();
    let (status, url) = match export.timing.progress(call.now) {
        Progress::Created => (1, String::new()),
        Progress::Queued => (2, String::new()),
        Progress::Running => (3, String::new()),
        Progress::Ended => {
            let key = download::key(&call.world.ids, kind, task, call.now.plus(LIFETIME));
            (4, call.urls.file(kind, task, 0, "XLSX", &key))
        }
    };
    Ok(DescribeContractReviewMarkedRiskExportTaskResponse { url: Some(url), status: Some(status) })
}
