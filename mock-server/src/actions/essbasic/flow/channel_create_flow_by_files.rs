//! `ChannelCreateFlowByFiles` launches a contract from an uploaded PDF for a customer, at once; or shows what it would look like
//! (`NeedPreview`).

use std::sync::Arc;

use ess_schemas::essbasic::{ChannelCreateFlowByFilesRequest, ChannelCreateFlowByFilesResponse};

use crate::actions::essbasic::dialect;
use crate::actions::reading::read_ahead;
use crate::domain::flow::Wishes;
use crate::domain::launch::NewFlow;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::launching::{Launched, Wish};

/// Reads the document before the world is opened, when a component asks for it.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut ChannelCreateFlowByFilesRequest) {
    let signers = request.flow_approvers.iter().flatten().flat_map(|one| [&one.sign_components, &one.components]);
    let file = request.file_ids.iter().flatten().next();
    read_ahead(account, edge, file, signers.chain([&request.components]));
}

/// See the module's comment.
///
/// # Errors
/// What is wrong with the file, the signers, their components or the deadline; or the quota is used up.
pub fn channel_create_flow_by_files(
    call: &mut Call<'_>,
    request: ChannelCreateFlowByFilesRequest,
    (): (),
) -> Result<ChannelCreateFlowByFilesResponse, Refusal> {
    let name = dialect::given(&request.flow_name).ok_or(Refusal::ParameterMissing { field: "FlowName" })?.clone();
    let file = call.file_to_sign(request.file_ids.as_deref().unwrap_or_default())?;
    let new = NewFlow {
        content: Some(file.content.clone()),
        wishes: Wishes {
            noun: dialect::noun(request.flow_display_type),
            listed_as: request.custom_show_map.unwrap_or_default(),
            copies_told: dialect::copies_told(request.cc_notify_type),
            ..Wishes::default()
        },
        name,
        description: request.flow_description.unwrap_or_default(),
        kind: request.flow_type.unwrap_or_default(),
        user_data: request.customer_data.unwrap_or_default(),
        deadline: dialect::moment(request.deadline),
        unordered: request.unordered.unwrap_or(false),
        open_ended: request.open_dynamic_sign_flow.unwrap_or(false),
        no_release: request.flow_operate_limit.and_then(|limit| limit.no_release).unwrap_or(false),
        needs_sign_review: request.need_sign_review.unwrap_or(false),
        auto_sign_scene: request.auto_sign_scene,
        signers_place_components: request.sign_bean_tag == Some(1),
        fills: request.components.iter().flatten().map(Into::into).collect(),
        approvers: dialect::new_approvers(call, request.flow_approvers.as_ref())?,
        copies: request.cc_infos.iter().flatten().map(dialect::copy_recipient).collect(),
        ..NewFlow::default()
    };
    Ok(match call.launch(new, Wish::of(request.need_preview, request.preview_type))? {
        Launched::Seen(preview_url) => {
            ChannelCreateFlowByFilesResponse { preview_url: Some(preview_url), ..Default::default() }
        }
        Launched::Started(flow) => ChannelCreateFlowByFilesResponse {
            flow_id: flow.id.to_string(),
            // A contract without signers yet shows none (`ex ChannelCreateFlowByFiles`).
            approvers: (!flow.approvers.is_empty())
                .then(|| flow.approvers.iter().map(dialect::approver_item).collect()),
            preview_url: None,
        },
    })
}
