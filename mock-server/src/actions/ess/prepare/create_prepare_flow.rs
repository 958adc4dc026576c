//! `CreatePrepareFlow` makes an embedded page on which somebody launches a contract.
//!
//! The page lives five minutes. `FlowId` in the answer is reserved: the contract has it once it is launched there, and is
//! charged then. What is made of a file may come without it or without signers: the page asks for them, unless
//! `FlowOption.SkipUploadFile` says that the file is there (`ex CreatePrepareFlow`). A draft (`NeedFlowDraft`) is prepared
//! again by `ResourceType` 3; a contract that waits for its review, by its `FlowId`. Options of how the page looks are
//! taken and change nothing: ours is plain.

use std::sync::Arc;

use ess_schemas::ess::{CreatePrepareFlowRequest, CreatePrepareFlowResponse, FlowCreateApprover};

use crate::actions::ess::dialect::{self, given};
use crate::actions::preparing::{Wanted, prepare_flow};
use crate::actions::reading::read_ahead;
use crate::domain::flow::Wishes;
use crate::domain::launch::{NewApprover, NewFlow};
use crate::domain::life::filling::Fill;
use crate::domain::preparation::{PreparedFlow, Resource};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Reads the file's text before the world is opened, where a component asks for it.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut CreatePrepareFlowRequest) {
    let signers = request.approvers.iter().flatten().flat_map(|one| [&one.sign_components, &one.components]);
    read_ahead(account, edge, request.resource_id.as_ref(), signers.chain([&request.initiator_components]));
}

/// See the module's comment.
///
/// # Errors
/// What is wrong with the resource or the signers, or the quota is used up.
pub fn create_prepare_flow(
    call: &mut Call<'_>,
    request: CreatePrepareFlowRequest,
    (): (),
) -> Result<CreatePrepareFlowResponse, Refusal> {
    let option = request.flow_option.clone().unwrap_or_default();
    let wanted = Wanted {
        kind: request.resource_type,
        resource: given(&request.resource_id),
        skips_upload: option.skip_upload_file == Some(true),
        again: given(&request.flow_id),
        keeps_draft: option.need_flow_draft == Some(true),
    };
    let page = prepare_flow(call, &wanted, |_, resource| Ok(prepared_flow(&request, resource)))?;
    let flow_id = page.id.to_string();
    let url = call.urls.prepare(&page.link, &flow_id, "byFile", call.caller.organization());
    Ok(CreatePrepareFlowResponse { url, flow_id: Some(flow_id), draft_id: page.draft })
}

fn prepared_flow(request: &CreatePrepareFlowRequest, resource: Option<Resource>) -> PreparedFlow {
    let components = request.initiator_components.iter().flatten();
    let from_template = matches!(resource, Some(Resource::Template(_)));
    let (fills, values) = if from_template {
        let component = |id: &Option<String>, name: &Option<String>| given(id).or(given(name)).cloned();
        let value = components.filter_map(|one| {
            Some(Fill {
                component: component(&one.component_id, &one.component_name)?,
                value: one.component_value.clone().unwrap_or_default(),
            })
        });
        (Vec::new(), value.collect())
    } else {
        (components.map(dialect::new_component).collect(), Vec::new())
    };
    PreparedFlow {
        id: "".into(),
        resource,
        new: NewFlow {
            name: request.flow_name.clone(),
            kind: request.flow_type.clone().unwrap_or_default(),
            user_data: request.user_data.clone().unwrap_or_default(),
            deadline: request.deadline.filter(|deadline| *deadline != 0).map(Timestamp::from_seconds),
            unordered: request.unordered.unwrap_or(false),
            needs_sign_review: request.need_sign_review.unwrap_or(false),
            needs_creation_review: request.need_create_review.unwrap_or(false),
            // Whoever launches by hand may leave it to the signers where they sign (ASSUMED).
            signers_place_components: true,
            fills,
            approvers: request.approvers.iter().flatten().map(|one| signer(one, from_template)).collect(),
            copies: request.cc_infos.iter().flatten().map(dialect::copy_recipient).collect(),
            wishes: Wishes { noun: dialect::noun(request.flow_display_type), ..Wishes::default() },
            ..NewFlow::default()
        },
        values,
        lasts: None,
    }
}

/// A template says what its parties fill in and sign with.
fn signer(info: &FlowCreateApprover, from_template: bool) -> NewApprover {
    let mut approver = dialect::new_template_approver(info);
    if !from_template {
        approver.fills = info.components.iter().flatten().map(dialect::new_component).collect();
        approver.may_preset = true;
        approver.components = info.sign_components.iter().flatten().map(dialect::new_component).collect();
    }
    approver
}
