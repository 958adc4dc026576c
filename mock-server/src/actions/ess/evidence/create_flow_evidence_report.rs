//! `CreateFlowEvidenceReport` orders a report on how a contract was signed.
//!
//! Super admin or legal person of a company that takes part (`api CreateFlowEvidenceReport`). It takes one report from what
//! the company bought; asking again answers the same report (ASSUMED). `ReportUrl` is retired and always empty.

use ess_schemas::ess::{CreateFlowEvidenceReportRequest, CreateFlowEvidenceReportResponse};

use super::status;
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
    let flow = call.flow(&request.flow_id)?;
    if !flow.involves(call.caller.organization()) {
        return Err(Refusal::FlowOfAnotherOrganization { flow: request.flow_id });
    }
    call.caller.administrator()?;
    flow.ensure_evidenced()?;
    let report = call.world.order_evidence(&flow, call.caller.organization(), call.now)?;
    Ok(CreateFlowEvidenceReportResponse {
        report_id: report.id.to_string(),
        status: status(call, &report).to_owned(),
        report_url: String::new(),
    })
}
