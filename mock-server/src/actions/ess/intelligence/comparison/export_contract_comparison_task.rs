//! `ExportContractComparisonTask` makes a file of what a comparison found: the newer file with every difference marked (PDF), or a table
//! of them (XLSX).
//!
//! Five minutes (`ex ExportContractComparisonTask`). A PDF is asked for when nothing is said (ASSUMED). A Word file, which nobody lays out
//! here, becomes a list of its differences (ASSUMED). `Ignore` leaves out what somebody said they do not mind; nobody can say so here,
//! so that it changes nothing. Before its end, or when it failed, there is nothing to export (ASSUMED).

use ess_schemas::ess::{ExportContractComparisonTaskRequest, ExportContractComparisonTaskResponse};

use super::own;
use crate::domain::intelligence::timing::Progress;
use crate::domain::refusal::Refusal;
use crate::domain::time::MINUTE;
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::ResourceKind;

/// `ExportType` of a table.
const TABLE: i64 = 1;

/// See the module's comment.
///
/// # Errors
/// The company has no such comparison, or it has not come to a good end.
pub fn export_contract_comparison_task(
    call: &mut Call<'_>,
    request: ExportContractComparisonTaskRequest,
) -> Result<ExportContractComparisonTaskResponse, Refusal> {
    let comparison = own(call, &request.task_id)?;
    if comparison.task.progress(call.now) != Progress::Ended || comparison.outcome.is_err() {
        return Err(Refusal::IntelligenceTaskNotDone { task: request.task_id });
    }
    let (kind, extension) = match request.export_type {
        Some(TABLE) => (ResourceKind::ComparisonTable, "XLSX"),
        Some(_) | None => (ResourceKind::ComparisonReport, "PDF"),
    };
    let expires_at = call.now.plus(5 * MINUTE);
    let key = download::key(&call.world.ids, kind.wire(), &request.task_id, expires_at);
    Ok(ExportContractComparisonTaskResponse {
        resource_url: Some(call.urls.file(kind.wire(), &request.task_id, 0, extension, &key)),
        expire_time: Some(expires_at.seconds()),
    })
}
