//! `ChannelCreateDynamicFlowApprover` adds signers to running contracts that were launched open to that
//! ([`crate::actions::joining`]); such a contract ends with `ArchiveDynamicFlow`. All of them join, or nobody (ASSUMED: the answer
//! has no place for one that failed). Their status is the number of `ess` (`ex ChannelCreateDynamicFlowApprover`).

use std::sync::Arc;

use ess_schemas::essbasic::{
    ChannelCreateDynamicFlowApproverRequest, ChannelCreateDynamicFlowApproverResponse, DynamicFlowApproverResult,
    DynamicFlowInfo, DynamicFlowResult,
};

use crate::actions::components::Placed;
use crate::actions::essbasic::dialect::new_approvers;
use crate::actions::joining::{self, Joined, Wanted};
use crate::domain::approver::Approver;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Reads documents' text and form fields before the world is opened, when a component asks for them.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut ChannelCreateDynamicFlowApproverRequest) {
    let components = |info: &DynamicFlowInfo| {
        info.flow_approvers.iter().flat_map(|one| one.sign_components.iter().flatten()).any(Placed::searches)
    };
    for info in request.fill_dynamic_flow_list.iter().filter(|info| components(info)) {
        joining::read_document(account, edge, &info.flow_id);
    }
}

/// See the module's comment.
///
/// # Errors
/// No contracts, no such contract of the customer's, one that never took more signers or has ended, or signers who cannot be.
pub fn channel_create_dynamic_flow_approver(
    call: &mut Call<'_>,
    request: ChannelCreateDynamicFlowApproverRequest,
    (): (),
) -> Result<ChannelCreateDynamicFlowApproverResponse, Refusal> {
    if request.fill_dynamic_flow_list.is_empty() {
        return Err(Refusal::ParameterMissing { field: "FillDynamicFlowList" });
    }
    let wanted = request.fill_dynamic_flow_list.into_iter().map(|info| {
        let approvers = new_approvers(call, Some(&info.flow_approvers))?;
        Ok(Wanted { flow: info.flow_id, approvers, scene: info.auto_sign_scene })
    });
    let wanted = wanted.collect::<Result<_, Refusal>>()?;
    let joined = joining::join(call, wanted)?;
    Ok(ChannelCreateDynamicFlowApproverResponse {
        dynamic_flow_result_list: Some(joined.iter().map(flow_result).collect()),
    })
}

fn flow_result(joined: &Joined) -> DynamicFlowResult {
    DynamicFlowResult {
        flow_id: Some(joined.flow.to_string()),
        dynamic_flow_approver_list: Some(joined.approvers.iter().map(result).collect()),
    }
}

fn result(approver: &Approver) -> DynamicFlowApproverResult {
    DynamicFlowApproverResult {
        recipient_id: approver.recipient.to_string(),
        sign_id: approver.sign.to_string(),
        approver_status: approver.status.code(),
    }
}
