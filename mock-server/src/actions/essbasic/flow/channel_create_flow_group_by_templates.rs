//! `ChannelCreateFlowGroupByTemplates` launches several contracts from templates for a customer, to be signed together: all of
//! them, or none.

use ess_schemas::essbasic::{ChannelCreateFlowGroupByTemplatesRequest, ChannelCreateFlowGroupByTemplatesResponse};

use super::grouping::slots_of;
use super::planned::{Planned, task_info};
use crate::actions::signers::flows_of;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// What is wrong with the first bad contract, as for `CreateFlowsByTemplates`; or the quota does not suffice for all.
pub fn channel_create_flow_group_by_templates(
    call: &mut Call<'_>,
    request: ChannelCreateFlowGroupByTemplatesRequest,
) -> Result<ChannelCreateFlowGroupByTemplatesResponse, Refusal> {
    if request.flow_infos.is_empty() {
        return Err(Refusal::FlowInfosInvalid);
    }
    let mut ids = call.world.ids.clone();
    let mut flows = Vec::with_capacity(request.flow_infos.len());
    for info in request.flow_infos {
        let Planned { template, new, values } = Planned::read(call, info)?;
        flows.push(call.draft_from(&template, new, &values, &mut ids)?);
    }
    let group = call.launch_group(request.flow_group_name, flows, ids)?;
    Ok(ChannelCreateFlowGroupByTemplatesResponse {
        flow_group_id: group.id.to_string(),
        flow_ids: group.flows.iter().map(ToString::to_string).collect(),
        task_infos: flows_of(call, &group).iter().map(|flow| task_info(flow)).collect(),
        approvers: Some(slots_of(call, &group)),
    })
}
