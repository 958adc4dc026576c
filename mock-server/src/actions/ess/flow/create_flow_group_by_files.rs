//! `CreateFlowGroupByFiles` launches several contracts from uploaded PDFs, to be signed together: all of them, or none.

use std::sync::Arc;

use ess_schemas::ess::{CreateFlowGroupByFilesRequest, CreateFlowGroupByFilesResponse};

use super::grouping::{self, Shared};
use crate::actions::ess::dialect;
use crate::actions::reading::read_ahead;
use crate::domain::launch::NewFlow;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Reads the documents before the world is opened, where a component asks for it.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut CreateFlowGroupByFilesRequest) {
    for info in &request.flow_group_infos {
        let signers = info.approvers.iter().flat_map(|one| [&one.sign_components, &one.components]);
        read_ahead(account, edge, info.file_ids.iter().flatten().next(), signers.chain([&info.components]));
    }
}

/// See the module's comment.
///
/// # Errors
/// What is wrong with the first bad contract, as for `CreateFlowByFiles`; or the quota does not suffice for all.
pub fn create_flow_group_by_files(
    call: &mut Call<'_>,
    request: CreateFlowGroupByFilesRequest,
    (): (),
) -> Result<CreateFlowGroupByFilesResponse, Refusal> {
    let shared = Shared::of(call, request.flow_group_options, request.user_flow_type);
    let mut ids = call.world.ids.clone();
    let mut flows = Vec::with_capacity(request.flow_group_infos.len());
    for info in request.flow_group_infos {
        let file = call.file_to_sign(info.file_ids.as_deref().unwrap_or_default())?;
        let fills = info.components.iter().flatten().map(dialect::new_component).collect();
        let new = NewFlow { content: Some(file.content.clone()), fills, ..shared.new_flow(info) };
        flows.push(call.draft(new, &mut ids)?);
    }
    let group = call.launch_group(request.flow_group_name, flows, ids)?;
    Ok(CreateFlowGroupByFilesResponse {
        flow_group_id: group.id.to_string(),
        flow_ids: group.flows.iter().map(ToString::to_string).collect(),
        approvers: Some(grouping::approvers(call, &group)),
        workflow_instance_id: shared.workflow.then(|| call.new_workflow()),
    })
}
