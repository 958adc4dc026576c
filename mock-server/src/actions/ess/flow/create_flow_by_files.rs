//! `CreateFlowByFiles` launches a contract from an uploaded PDF, at once; or shows what it would look like (`NeedPreview`).

use std::sync::Arc;

use ess_schemas::ess::{CreateFlowByFilesRequest, CreateFlowByFilesResponse};

use crate::actions::ess::dialect;
use crate::actions::reading::read_ahead;
use crate::domain::flow::Wishes;
use crate::domain::launch::NewFlow;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::launching::{Launched, Wish};

/// Reads the document before the world is opened, when a component asks for it.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut CreateFlowByFilesRequest) {
    let signers = request.approvers.iter().flatten().flat_map(|one| [&one.sign_components, &one.components]);
    read_ahead(account, edge, request.file_ids.first(), signers.chain([&request.components]));
}

/// See the module's comment.
///
/// # Errors
/// What is wrong with the file, the signers, their components or the deadline; or the quota is used up.
pub fn create_flow_by_files(
    call: &mut Call<'_>,
    request: CreateFlowByFilesRequest,
    (): (),
) -> Result<CreateFlowByFilesResponse, Refusal> {
    let file = call.file_to_sign(&request.file_ids)?;
    let new = NewFlow {
        content: Some(file.content.clone()),
        wishes: Wishes {
            noun: dialect::noun(request.flow_display_type),
            listed_as: request.custom_show_map.unwrap_or_default(),
            reminded_on: dialect::moment(request.reminded_on),
            copies_told: dialect::copies_told(request.cc_notify_type),
            workflow: request.workflow.unwrap_or(false),
            starts_when_composed: false,
        },
        name: request.flow_name,
        description: request.flow_description.unwrap_or_default(),
        kind: request.flow_type.unwrap_or_default(),
        user_data: request.user_data.unwrap_or_default(),
        deadline: dialect::moment(request.deadline),
        unordered: request.unordered.unwrap_or(false),
        open_ended: request.open_dynamic_sign_flow.unwrap_or(false),
        no_release: request.flow_operate_limit.and_then(|limit| limit.no_release).unwrap_or(false),
        needs_sign_review: request.need_sign_review.unwrap_or(false),
        auto_sign_scene: request.auto_sign_scene,
        signers_place_components: request.sign_bean_tag == Some(1),
        fills: request.components.iter().flatten().map(dialect::new_component).collect(),
        approvers: request.approvers.iter().flatten().map(dialect::new_approver).collect(),
        copies: request.cc_infos.iter().flatten().map(dialect::copy_recipient).collect(),
        ..NewFlow::default()
    };
    let launched = call.launch(new, Wish::of(request.need_preview, request.preview_type))?;
    let flow = match launched {
        Launched::Seen(preview_url) => return Ok(CreateFlowByFilesResponse { preview_url, ..Default::default() }),
        Launched::Started(flow) => flow,
    };
    Ok(CreateFlowByFilesResponse {
        flow_id: flow.id.to_string(),
        preview_url: String::new(),
        approvers: Some(flow.approvers.iter().map(dialect::approver_item).collect()),
        workflow_instance_id: flow.wishes.workflow.then(|| call.new_workflow()),
    })
}
