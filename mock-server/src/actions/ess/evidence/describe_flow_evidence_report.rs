//! `DescribeFlowEvidenceReport` tells how far a report is, and where it is fetched ([`crate::actions::evidence`]).

use ess_schemas::ess::{DescribeFlowEvidenceReportRequest, DescribeFlowEvidenceReportResponse};

use crate::actions::evidence;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No right to, or the company ordered no such report.
pub fn describe_flow_evidence_report(
    call: &mut Call<'_>,
    request: DescribeFlowEvidenceReportRequest,
) -> Result<DescribeFlowEvidenceReportResponse, Refusal> {
    let report = evidence::find(call, &request.report_id)?;
    Ok(DescribeFlowEvidenceReportResponse {
        report_url: evidence::url(call, &report),
        status: evidence::status(call, &report),
    })
}
