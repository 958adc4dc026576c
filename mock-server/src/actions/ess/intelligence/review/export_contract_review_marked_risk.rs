//! `ExportContractReviewMarkedRisk` has a table made of the risks that were ignored, called wrong or added by hand on these days
//! (`api ExportContractReviewMarkedRisk`).

use ess_schemas::ess::{ExportContractReviewMarkedRiskRequest, ExportContractReviewMarkedRiskResponse};

use crate::domain::intelligence::review::export::Days;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No days, or in the wrong order.
pub fn export_contract_review_marked_risk(
    call: &mut Call<'_>,
    request: ExportContractReviewMarkedRiskRequest,
) -> Result<ExportContractReviewMarkedRiskResponse, Refusal> {
    let days = Days::read(&request.from_date, &request.to_date)?;
    let task = call.world.export_marked_risks(call.caller.organization(), days, call.now);
    Ok(ExportContractReviewMarkedRiskResponse { task_id: Some(task.to_string()) })
}
