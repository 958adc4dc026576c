//! `CreatePrepareFlow` makes an embedded page on which somebody launches a contract.
//!
//! The page lives five minutes. `FlowId` in the answer is reserved: the contract has it once it is launched there, and is
//! charged then. What is made of a file may come without it or without signers: the page asks for them, unless
//! `FlowOption.SkipUploadFile` says that the file is there (`ex CreatePrepareFlow`). A draft (`NeedFlowDraft`) is prepared
//! again by `ResourceType` 3; a contract that waits for its review, by its `FlowId`. Options of how the page looks are
//! taken and change nothing: ours is plain.

use std::sync::Arc;

use ess_schemas::ess::{CreatePrepareFlowRequest, CreatePrepareFlowResponse, FlowCreateApprover};

use super::{file, page_for, template};
use crate::actions::ess::dialect::{self, given};
use crate::actions::reading::read_ahead;
use crate::domain::flow::{FlowState, Wishes};
use crate::domain::ids::{FlowId, PreparationId};
use crate::domain::launch::{NewApprover, NewFlow};
use crate::domain::life::filling::Fill;
use crate::domain::preparation::{EMBEDDED_LIFETIME, PreparedFlow, Resource};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::ids::Kind;

/// `ResourceType` of a template.
const TEMPLATE: i64 = 1;
/// `ResourceType` of a draft.
const DRAFT: i64 = 3;

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
    let drafted = the_draft(call, &request)?;
    let resource = match (given(&request.resource_id), request.resource_type, &drafted) {
        (_, _, Some(draft)) => draft.resource.clone(),
        (Some(id), Some(TEMPLATE), None) => Some(template(call, id)?),
        (Some(id), _, None) => Some(file(call, id)?),
        (None, kind, None) if kind == Some(TEMPLATE) || option.skip_upload_file == Some(true) => {
            return Err(Refusal::ResourceIdMissing);
        }
        (None, _, None) => None,
    };
    let again = given(&request.flow_id).map(|id| waiting_for_review(call, id)).transpose()?;

    let mut prepared = prepared_flow(&request, resource);
    if let (Some(draft), true) = (drafted, prepared.new.approvers.is_empty()) {
        prepared.new.approvers = draft.new.approvers;
    }
    let expires_at = call.now.plus(EMBEDDED_LIFETIME);
    let (id, link) = page_for(call, None, vec![prepared], again, expires_at)?;
    let flow_id = id.to_string();
    let draft_id = (option.need_flow_draft == Some(true)).then(|| keep_draft(call, &id));
    let url = call.urls.prepare(&link, &flow_id, "byFile", call.caller.organization());
    Ok(CreatePrepareFlowResponse { url, flow_id: Some(flow_id), draft_id })
}

/// The draft that is prepared again.
fn the_draft(call: &Call<'_>, request: &CreatePrepareFlowRequest) -> Result<Option<PreparedFlow>, Refusal> {
    if request.resource_type != Some(DRAFT) {
        return Ok(None);
    }
    let id = given(&request.resource_id).ok_or(Refusal::ResourceIdMissing)?;
    let draft = call.world.preparations.get(id.as_str());
    let draft = draft.filter(|one| call.caller.launched(&one.initiator));
    let draft = draft.and_then(|one| one.flows.first()).filter(|flow| flow.id.as_str() != id);
    draft.cloned().map(Some).ok_or_else(|| Refusal::ResourceUnknown { id: id.clone() })
}

/// Keeps what was prepared under an id of its own as well.
fn keep_draft(call: &mut Call<'_>, prepared: &PreparationId) -> String {
    let id = call.world.ids.next(Kind::Task);
    if let Some(preparation) = call.world.preparations.get(prepared.as_str()).cloned() {
        let mut draft = preparation.as_ref().clone();
        draft.id = id.as_str().into();
        call.world.add_preparation(draft);
    }
    id
}

/// Only a contract whose company has not agreed to its start can be prepared again (`api CreatePrepareFlow.FlowId`).
fn waiting_for_review(call: &Call<'_>, id: &str) -> Result<FlowId, Refusal> {
    let flow = call.own_flow(id)?;
    let waits = flow.creation_review.is_some_and(|review| !review.is_open());
    if flow.state == FlowState::Draft && waits { Ok(flow.id.clone()) } else { Err(Refusal::FlowStatusWrong) }
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
