//! `ArchiveDynamicFlow` ends a contract that was open to more signers, once everybody who joined has signed, as its namesake of
//! `ess` does.

use ess_schemas::essbasic::{ArchiveDynamicFlowRequest, ArchiveDynamicFlowResponse, ChannelArchiveDynamicApproverData};

use crate::domain::approver::Approver;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract of the caller's, it has ended, was never open, or somebody has not signed (`ex ArchiveDynamicFlow`).
pub fn archive_dynamic_flow(
    call: &mut Call<'_>,
    request: ArchiveDynamicFlowRequest,
) -> Result<ArchiveDynamicFlowResponse, Refusal> {
    let (flow, now) = (call.own_flow(&request.flow_id)?, call.now);
    call.change_flow(&flow.id, |flow| flow.archive(now))?;
    let ids = |one: &Approver| ChannelArchiveDynamicApproverData {
        sign_id: Some(one.sign.to_string()),
        recipient_id: Some(one.recipient.to_string()),
    };
    let approvers = flow.approvers.iter().map(ids).collect();
    Ok(ArchiveDynamicFlowResponse { flow_id: Some(request.flow_id), approvers: Some(approvers) })
}
