//! What both ways to launch a group share.

use ess_schemas::essbasic::FlowGroupApprovers;

use crate::actions::essbasic::dialect::approver_item;
use crate::actions::signers::flows_of;
use crate::domain::group::FlowGroup;
use crate::engine::call::Call;

/// The slots of every contract.
pub(super) fn slots_of(call: &Call<'_>, group: &FlowGroup) -> Vec<FlowGroupApprovers> {
    let flows = flows_of(call, group);
    let slots = flows.iter().map(|flow| FlowGroupApprovers {
        flow_id: Some(flow.id.to_string()),
        approvers: Some(flow.approvers.iter().map(approver_item).collect()),
    });
    slots.collect()
}
