//! `CreatePrepareFlowGroup` makes an embedded page on which somebody launches several contracts together.
//!
//! The page lives five minutes; all contracts are launched or none. The group's id in the answer is called temporary; that
//! it becomes the group's is ASSUMED, as a contract's does. Made of files only, although a template's number is listed
//! (`api CreatePrepareFlowGroup.ResourceType`). One contract is enough (`ex CreatePrepareFlowGroup`).

use std::sync::Arc;

use ess_schemas::ess::{
    CreatePrepareFlowGroupRequest, CreatePrepareFlowGroupResponse, FlowGroupInfo, FlowGroupOptions,
};

use crate::actions::ess::dialect::{self, given};
use crate::actions::preparing::{Reached, file, page_for};
use crate::actions::reading::read_ahead;
use crate::domain::approver::Notify;
use crate::domain::flow::Wishes;
use crate::domain::launch::{NewApprover, NewFlow};
use crate::domain::preparation::{EMBEDDED_LIFETIME, PreparedFlow};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// `ResourceType` of files.
const FILE: i64 = 2;

/// Reads the files' text before the world is opened, where a component asks for it.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut CreatePrepareFlowGroupRequest) {
    for info in &request.flow_group_infos {
        let signers = info.approvers.iter().flat_map(|one| [&one.sign_components, &one.components]);
        read_ahead(account, edge, info.file_ids.iter().flatten().next(), signers.chain([&info.components]));
    }
}

/// See the module's comment.
///
/// # Errors
/// No contract, or what is wrong with one of them; or the quota is used up.
pub fn create_prepare_flow_group(
    call: &mut Call<'_>,
    request: CreatePrepareFlowGroupRequest,
    (): (),
) -> Result<CreatePrepareFlowGroupResponse, Refusal> {
    if request.resource_type != FILE {
        let detail = "groups are made of files (2)".to_owned();
        return Err(Refusal::ValueNotAllowed { field: "ResourceType".into(), detail });
    }
    if request.flow_group_infos.is_empty() {
        return Err(Refusal::ParameterMissing { field: "FlowGroupInfos" });
    }
    let options = request.flow_group_options.clone().unwrap_or_default();
    let flows = request.flow_group_infos.iter().map(|info| prepared_flow(call, &request, &options, info));
    let flows = flows.collect::<Result<Vec<_>, _>>()?;

    let expires_at = call.now.plus(EMBEDDED_LIFETIME);
    let (id, link) = page_for(call, Some(request.flow_group_name.clone()), flows, None, Reached::until(expires_at))?;
    let mut url = call.urls.prepare(&link, id.as_str(), "byFileGroup", call.caller.organization());
    if options.flow_group_need_workflow == Some(true) {
        url.push_str("&isGroupWorkflow=true");
    }
    Ok(CreatePrepareFlowGroupResponse { flow_group_id: id.to_string(), prepare_url: Some(url) })
}

fn prepared_flow(
    call: &Call<'_>,
    request: &CreatePrepareFlowGroupRequest,
    options: &FlowGroupOptions,
    info: &FlowGroupInfo,
) -> Result<PreparedFlow, Refusal> {
    let resource = match info.file_ids.as_deref().unwrap_or_default() {
        [] => return Err(Refusal::FileIdsEmpty),
        [one] => file(call, one)?,
        [..] => return Err(Refusal::TooManyFileIds),
    };
    let deadline = request.flow_group_deadline.or(info.deadline).filter(|deadline| *deadline != 0);
    let mut approvers: Vec<NewApprover> = info.approvers.iter().map(dialect::new_approver).collect();
    for approver in &mut approvers {
        let own = approver.organization_name.as_deref() == Some(call.caller.organization.name.as_str());
        let told =
            if own { &options.self_organization_approver_notify_type } else { &options.other_approver_notify_type };
        if let Some(told) = given(told) {
            approver.notify = if told.eq_ignore_ascii_case("none") { Notify::Nothing } else { Notify::Sms };
        }
    }
    Ok(PreparedFlow {
        id: "".into(),
        resource: Some(resource),
        new: NewFlow {
            name: info.flow_name.clone(),
            description: info.flow_description.clone().unwrap_or_default(),
            kind: given(&request.flow_group_type).or(given(&info.flow_type)).cloned().unwrap_or_default(),
            user_data: info.user_data.clone().unwrap_or_default(),
            deadline: deadline.map(Timestamp::from_seconds),
            unordered: info.unordered.unwrap_or(false),
            needs_sign_review: info.need_sign_review.unwrap_or(false),
            auto_sign_scene: info.auto_sign_scene.clone(),
            signers_place_components: true,
            fills: info.components.iter().flatten().map(dialect::new_component).collect(),
            approvers,
            copies: info.cc_infos.iter().flatten().map(dialect::copy_recipient).collect(),
            wishes: Wishes { noun: dialect::noun(info.flow_display_type), ..Wishes::default() },
            ..NewFlow::default()
        },
        values: Vec::new(),
        lasts: None,
    })
}
