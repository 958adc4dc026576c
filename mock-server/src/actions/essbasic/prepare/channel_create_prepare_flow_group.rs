//! `ChannelCreatePrepareFlowGroup` makes an embedded page on which a customer's employee launches several contracts together, as
//! `CreatePrepareFlowGroup` does: made of files only, although a template's number is listed; one contract is enough
//! (`ex ChannelCreatePrepareFlowGroup`).

use std::sync::Arc;

use ess_schemas::essbasic::{
    BaseFlowInfo, ChannelCreatePrepareFlowGroupRequest, ChannelCreatePrepareFlowGroupResponse,
};

use super::base_flow::prepared_flow;
use crate::actions::essbasic::dialect::{given, moment};
use crate::actions::preparing::{Reached, file, page_for};
use crate::actions::reading::read_ahead;
use crate::domain::preparation::{EMBEDDED_LIFETIME, PreparedFlow};
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// `ResourceType` of files.
const FILE: i64 = 2;

/// Reads the files' text before the world is opened, where a component asks for it.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut ChannelCreatePrepareFlowGroupRequest) {
    for info in &request.base_flow_infos {
        let signers = info.approvers.iter().flatten().map(|one| &one.sign_components);
        read_ahead(account, edge, info.file_ids.iter().flatten().next(), signers.chain([&info.components]));
    }
}

/// See the module's comment.
///
/// # Errors
/// No contract, or what is wrong with one of them; or the quota is used up.
pub fn channel_create_prepare_flow_group(
    call: &mut Call<'_>,
    request: ChannelCreatePrepareFlowGroupRequest,
    (): (),
) -> Result<ChannelCreatePrepareFlowGroupResponse, Refusal> {
    if request.resource_type != FILE {
        let detail = "groups are made of files (2)".to_owned();
        return Err(Refusal::ValueNotAllowed { field: "ResourceType".into(), detail });
    }
    if request.base_flow_infos.is_empty() {
        return Err(Refusal::ParameterMissing { field: "BaseFlowInfos" });
    }
    let flows = request.base_flow_infos.iter().map(|info| member(call, &request, info));
    let flows = flows.collect::<Result<Vec<_>, _>>()?;
    let reached = Reached::until(call.now.plus(EMBEDDED_LIFETIME));
    let (id, link) = page_for(call, Some(request.flow_group_name.clone()), flows, None, reached)?;
    let application = &call.caller.agent()?.application.id;
    let prepare_url = call.urls.channel_prepare(&link, id.as_str(), "byFileGroup", application);
    Ok(ChannelCreatePrepareFlowGroupResponse { flow_group_id: id.to_string(), prepare_url })
}

/// Kind and deadline of the group are all its contracts' (`api ChannelCreatePrepareFlowGroup`).
fn member(
    call: &Call<'_>,
    request: &ChannelCreatePrepareFlowGroupRequest,
    info: &BaseFlowInfo,
) -> Result<PreparedFlow, Refusal> {
    let resource = match info.file_ids.as_deref().unwrap_or_default() {
        [] => return Err(Refusal::FileIdsEmpty),
        [one] => file(call, one)?,
        [..] => return Err(Refusal::TooManyFileIds),
    };
    let mut prepared = prepared_flow(call, info, Some(resource))?;
    prepared.new.deadline = moment(request.flow_group_deadline).or(prepared.new.deadline);
    if let Some(kind) = given(&request.flow_group_type) {
        prepared.new.kind.clone_from(kind);
    }
    Ok(prepared)
}
