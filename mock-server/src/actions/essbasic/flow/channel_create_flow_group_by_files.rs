//! `ChannelCreateFlowGroupByFiles` launches several contracts from uploaded PDFs for a customer, to be signed together: all of
//! them, or none.

use std::sync::Arc;

use ess_schemas::essbasic::{
    ChannelCreateFlowGroupByFilesRequest, ChannelCreateFlowGroupByFilesResponse, FlowFileInfo,
};

use super::grouping::slots_of;
use crate::actions::essbasic::dialect;
use crate::actions::reading::read_ahead;
use crate::domain::flow::Wishes;
use crate::domain::launch::NewFlow;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Reads the documents before the world is opened, where a component asks for it.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut ChannelCreateFlowGroupByFilesRequest) {
    for info in &request.flow_file_infos {
        let signers = info.flow_approvers.iter().flat_map(|one| [&one.sign_components, &one.components]);
        read_ahead(account, edge, info.file_ids.first(), signers.chain([&info.components]));
    }
}

/// See the module's comment.
///
/// # Errors
/// What is wrong with the first bad contract, as for `ChannelCreateFlowByFiles`; or the quota does not suffice for all.
pub fn channel_create_flow_group_by_files(
    call: &mut Call<'_>,
    request: ChannelCreateFlowGroupByFilesRequest,
    (): (),
) -> Result<ChannelCreateFlowGroupByFilesResponse, Refusal> {
    let mut ids = call.world.ids.clone();
    let mut flows = Vec::with_capacity(request.flow_file_infos.len());
    for info in request.flow_file_infos {
        flows.push(call.draft(new_flow(call, info)?, &mut ids)?);
    }
    let group = call.launch_group(request.flow_group_name, flows, ids)?;
    Ok(ChannelCreateFlowGroupByFilesResponse {
        flow_group_id: group.id.to_string(),
        flow_ids: group.flows.iter().map(ToString::to_string).collect(),
        approvers: Some(slots_of(call, &group)),
    })
}

fn new_flow(call: &Call<'_>, info: FlowFileInfo) -> Result<NewFlow, Refusal> {
    if info.flow_name.is_empty() {
        return Err(Refusal::ParameterMissing { field: "FlowName" });
    }
    let file = call.file_to_sign(&info.file_ids)?;
    Ok(NewFlow {
        content: Some(file.content.clone()),
        wishes: Wishes {
            noun: dialect::noun(info.flow_display_type),
            listed_as: info.custom_show_map.unwrap_or_default(),
            ..Wishes::default()
        },
        approvers: dialect::new_approvers(call, Some(&info.flow_approvers))?,
        fills: info.components.iter().flatten().map(Into::into).collect(),
        name: info.flow_name,
        description: info.flow_description.unwrap_or_default(),
        kind: info.flow_type.unwrap_or_default(),
        user_data: info.customer_data.unwrap_or_default(),
        deadline: dialect::moment(info.deadline),
        unordered: info.unordered.unwrap_or(false),
        needs_sign_review: info.need_sign_review.unwrap_or(false),
        ..NewFlow::default()
    })
}
