//! `CreateFlowEvidenceReport` orders a report on how a contract was signed ([`crate::actions::evidence`]).
//!
//! `ReportUrl` is retired and always empty.

use ess_schemas::ess::{CreateFlowEvidenceReportRequest, CreateFlowEvidenceReportResponse};

use crate::actions::evidence;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract, one the company takes no part in, no right to, not everybody has signed, or no reports left.
pub fn create_flow_evidence_report(
    call: &mut Call<'_>,
    request: CreateFlowEvidenceReportRequest,
) -> Result<CreateFlowEvidenceReportResponse, Refusal> {
    let report = evidence::order(call, &request.flow_id)?;
    Ok(CreateFlowEvidenceReportResponse {
        report_id: report.id.to_string(),
        status: evidence::status(call, &report),
        report_url: String::new(),
    })
}
