//! `ChannelCreatePrepareFlow` makes an embedded page on which a customer's employee launches a contract, as `CreatePrepareFlow`
//! does: five minutes, an id that is reserved and costs nothing before, drafts, and contracts that wait for their review.

use std::sync::Arc;

use ess_schemas::essbasic::{ChannelCreatePrepareFlowRequest, ChannelCreatePrepareFlowResponse};

use super::base_flow::prepared_flow;
use crate::actions::essbasic::dialect::given;
use crate::actions::preparing::{Wanted, prepare_flow};
use crate::actions::reading::read_ahead;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Reads the file's text before the world is opened, where a component asks for it.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut ChannelCreatePrepareFlowRequest) {
    let info = &request.flow_info;
    let signers = info.approvers.iter().flatten().map(|one| &one.sign_components);
    read_ahead(account, edge, request.resource_id.as_ref(), signers.chain([&info.components]));
}

/// See the module's comment.
///
/// # Errors
/// As [`prepare_flow`].
pub fn channel_create_prepare_flow(
    call: &mut Call<'_>,
    request: ChannelCreatePrepareFlowRequest,
    (): (),
) -> Result<ChannelCreatePrepareFlowResponse, Refusal> {
    let option = request.flow_option.clone().unwrap_or_default();
    let wanted = Wanted {
        kind: Some(request.resource_type),
        resource: given(&request.resource_id),
        skips_upload: option.skip_upload_file == Some(true),
        again: given(&request.flow_id),
        keeps_draft: option.need_flow_draft == Some(true),
    };
    let page = prepare_flow(call, &wanted, |call, resource| prepared_flow(call, &request.flow_info, resource))?;
    let source = if request.resource_type == 1 { "byTemplate" } else { "byFile" };
    let application = &call.caller.agent()?.application.id;
    Ok(ChannelCreatePrepareFlowResponse {
        prepare_flow_url: call.urls.channel_prepare(&page.link, page.id.as_str(), source, application),
        preview_flow_url: String::new(),
        flow_id: Some(page.id.to_string()),
        draft_id: page.draft,
    })
}
