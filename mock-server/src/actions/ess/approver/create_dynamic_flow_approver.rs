//! `CreateDynamicFlowApprover` adds signers to a running contract that was launched open to that
//! (`OpenDynamicSignFlow`); such a contract ends with `ArchiveDynamicFlow`.
//!
//! Where the new signers stand is answered as it is: in an unordered contract it is their turn at once.

use std::sync::Arc;

use ess_schemas::ess::{
    CreateDynamicFlowApproverRequest, CreateDynamicFlowApproverResponse, DynamicFlowApproverResult,
};

use crate::actions::components::Placed;
use crate::actions::ess::dialect::new_approver;
use crate::domain::flow::Flow;
use crate::domain::launch::joining;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::ids::Kind;

/// Reads the document's text and form fields before the world is opened, when a component asks for them.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut CreateDynamicFlowApproverRequest) {
    if request.approvers.iter().flat_map(|one| one.sign_components.iter().flatten()).any(Placed::searches) {
        let flow = account.enter(edge, |world, _, _| world.flows.get(request.flow_id.as_str()).cloned());
        if let Some(content) = flow.as_deref().and_then(Flow::content) {
            content.layout();
        }
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
    let flow = call.own_flow(&request.flow_id)?;
    flow.ensure_takes_approvers()?;
    if request.approvers.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Approvers" });
    }
    let operator = call.caller.operator()?;
    let initiator = call.caller.initiator()?;
    let wanted: Vec<_> = request.approvers.iter().map(new_approver).collect();
    let (count, world) = (wanted.len(), &mut *call.world);
    let ids = &mut world.ids;
    let fresh = || (0..count).map(|_| (ids.next(Kind::Recipient).into(), ids.next(Kind::Sign).into())).collect();
    let scene = request.auto_sign_scene;
    let approvers = joining(&flow, wanted, scene, (&initiator, operator), &world.directory, fresh, call.now)?;
    let now = call.now;
    call.change_flow(&flow.id, |flow| flow.add_approvers(approvers, now))?;
    let after = call.flow(flow.id.as_str())?;
    let joined = after.approvers[after.approvers.len() - count..].iter().map(|one| DynamicFlowApproverResult {
        recipient_id: Some(one.recipient.to_string()),
        sign_id: Some(one.sign.to_string()),
        approver_status: Some(one.status.code()),
    });
    Ok(CreateDynamicFlowApproverResponse {
        flow_id: Some(request.flow_id),
        dynamic_flow_approver_list: Some(joined.collect()),
    })
}
