//! `CreateDynamicFlowApprover` adds signers to a running contract that was launched open to that ([`crate::actions::joining`]);
//! such a contract ends with `ArchiveDynamicFlow`.

use std::sync::Arc;

use ess_schemas::ess::{
    CreateDynamicFlowApproverRequest, CreateDynamicFlowApproverResponse, DynamicFlowApproverResult,
};

use crate::actions::components::Placed;
use crate::actions::ess::dialect::new_approver;
use crate::actions::joining::{self, Wanted};
use crate::domain::approver::Approver;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Reads the document's text and form fields before the world is opened, when a component asks for them.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut CreateDynamicFlowApproverRequest) {
    if request.approvers.iter().flat_map(|one| one.sign_components.iter().flatten()).any(Placed::searches) {
        joining::read_document(account, edge, &request.flow_id);
    }
}

/// See the module's comment.
///
/// # Errors
/// No such contract of the caller's, one that never took more signers or has ended, or signers who cannot be.
pub fn create_dynamic_flow_approver(
    call: &mut Call<'_>,
    request: CreateDynamicFlowApproverRequest,
    (): (),
) -> Result<CreateDynamicFlowApproverResponse, Refusal> {
    let wanted = Wanted {
        flow: request.flow_id.clone(),
        approvers: request.approvers.iter().map(new_approver).collect(),
        scene: request.auto_sign_scene,
    };
    let joined = joining::join(call, vec![wanted])?;
    let joined = joined.iter().flat_map(|one| &one.approvers);
    Ok(CreateDynamicFlowApproverResponse {
        flow_id: Some(request.flow_id),
        dynamic_flow_approver_list: Some(joined.map(result).collect()),
    })
}

fn result(approver: &Approver) -> DynamicFlowApproverResult {
    DynamicFlowApproverResult {
        recipient_id: Some(approver.recipient.to_string()),
        sign_id: Some(approver.sign.to_string()),
        approver_status: Some(approver.status.code()),
    }
}
