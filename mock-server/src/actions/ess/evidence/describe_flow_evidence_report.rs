//! `DescribeFlowEvidenceReport` tells how far a report is, and where it is fetched for five minutes
//! (`api DescribeFlowEvidenceReport`). While it is being written there is no address (`ex DescribeFlowEvidenceReport`).

use ess_schemas::ess::{DescribeFlowEvidenceReportRequest, DescribeFlowEvidenceReportResponse};

use super::status;
use crate::domain::evidence::EvidenceProgress;
use crate::domain::refusal::Refusal;
use crate::domain::time::MINUTE;
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::ResourceKind;

/// See the module's comment.
///
/// # Errors
/// No right to, or the company ordered no such report.
pub fn describe_flow_evidence_report(
    call: &mut Call<'_>,
    request: DescribeFlowEvidenceReportRequest,
) -> Result<DescribeFlowEvidenceReportResponse, Refusal> {
    call.caller.administrator()?;
    let report = call.world.evidence.get(&request.report_id).filter(|one| &one.owner == call.caller.organization());
    let report = report.cloned().ok_or_else(|| Refusal::ReportUnknown { report: request.report_id.clone() })?;
    let report_url = match report.progress(call.world.settings.evidence_delay(), call.now) {
        EvidenceProgress::Executing => String::new(),
        EvidenceProgress::Done => {
            let (kind, id) = (ResourceKind::EvidenceReport.wire(), report.id.as_str());
            let key = download::key(&call.world.ids, kind, id, call.now.plus(5 * MINUTE));
            call.urls.file(kind, id, 0, "PDF", &key)
        }
    };
    Ok(DescribeFlowEvidenceReportResponse { report_url, status: status(call, &report).to_owned() })
}
