//! `CreateFlowByFiles` launches a contract from an uploaded PDF.
//!
//! Launched at once (`api CreateFlowByFiles`). What this stand-in does not model yet is refused by name
//! ([`not_modelled`]) rather than ignored.

use std::sync::Arc;

use ess_schemas::ess::{Component, CreateFlowByFilesRequest, CreateFlowByFilesResponse};

use crate::actions::ess::dialect;
use crate::documents::{Area, NotPlaced, position};
use crate::domain::file::{Content, UploadedFile};
use crate::domain::flow::Initiator;
use crate::domain::launch::{FlowIds, NewFlow, launch};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::ids::Kind;

/// Reads the document's text and form fields before the world is opened, when a component asks for them.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut CreateFlowByFilesRequest) {
    let mut components = request.approvers.iter().flatten().flat_map(|one| one.sign_components.iter().flatten());
    if !components.any(searches) {
        return;
    }
    let id = request.file_ids.first().map(String::as_str).unwrap_or_default();
    let content = account.enter(edge, |world, _, _| world.files.get(id).map(|file| file.content.clone()));
    if let Some(content) = content {
        content.layout();
    }
}

fn searches(component: &Component) -> bool {
    matches!(component.generate_mode.as_deref(), Some("FIELD" | "KEYWORD"))
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
    not_modelled(&request)?;
    let file = the_file(call, &request.file_ids)?;
    let operator = call.caller.operator()?.clone();
    let initiator = Initiator {
        organization: call.caller.organization().clone(),
        organization_name: call.caller.organization.name.clone(),
        user: operator.id.clone(),
    };
    let infos = request.approvers.unwrap_or_default();
    let new = NewFlow {
        name: request.flow_name,
        description: request.flow_description.unwrap_or_default(),
        kind: request.flow_type.unwrap_or_default(),
        user_data: request.user_data.unwrap_or_default(),
        deadline: request.deadline.filter(|deadline| *deadline != 0).map(Timestamp::from_seconds),
        unordered: request.unordered.unwrap_or(false),
        signers_place_components: request.sign_bean_tag == Some(1),
        content: file.content.clone(),
        approvers: infos.iter().map(dialect::new_approver).collect(),
        copies: request.cc_infos.iter().flatten().map(dialect::copy_recipient).collect(),
    };
    let locate = |signer: usize, place: usize| {
        let component = infos.get(signer).and_then(|info| info.sign_components.as_ref()?.get(place));
        component.map_or_else(|| Ok(Vec::new()), |component| locate(&file.content, component))
    };
    let signers = infos.len();
    let (flow, happened) = {
        let world = &mut *call.world;
        let ids = &mut world.ids;
        let fresh = || FlowIds {
            flow: ids.next(Kind::Flow).into(),
            document: ids.next(Kind::Document).into(),
            approvers: (0..signers).map(|_| (ids.next(Kind::Recipient).into(), ids.next(Kind::Sign).into())).collect(),
        };
        let company = world.directory.organizations.get(initiator.organization.as_str());
        if company.is_none_or(|company| company.quota.left == 0) {
            return Err(Refusal::QuotaExhausted);
        }
        launch(new, (&initiator, &operator), &world.directory, &locate, fresh, call.now)?
    };
    let response = CreateFlowByFilesResponse {
        flow_id: flow.id.to_string(),
        preview_url: String::new(),
        approvers: Some(flow.approvers.iter().map(dialect::approver_item).collect()),
        workflow_instance_id: None,
    };
    call.add_flow(flow, happened)?;
    Ok(response)
}

/// The one file of the contract: a PDF of the caller's that has not expired.
fn the_file(call: &Call<'_>, ids: &[String]) -> Result<Arc<UploadedFile>, Refusal> {
    let id = match ids {
        [] => return Err(Refusal::FileIdsEmpty),
        [one] => one,
        [..] => return Err(Refusal::TooManyFileIds),
    };
    let file = call.world.files.get(id.as_str()).ok_or_else(|| Refusal::FileUnknown { file: id.clone() })?;
    if &file.owner != call.caller.organization() {
        return Err(Refusal::FileOfAnotherOrganization { file: id.clone() });
    }
    if call.now >= file.expires_at {
        return Err(Refusal::FileRemoved { file: id.clone() });
    }
    if file.content.pages.is_none() {
        return Err(Refusal::FileNotPdf { file: id.clone() });
    }
    Ok(file.clone())
}

fn locate(content: &Content, component: &Component) -> Result<Vec<Area>, Refusal> {
    let placement = dialect::placement(component);
    let layout = if searches(component) { content.layout() } else { content.pages_only() };
    let Some(layout) = layout else { return Err(Refusal::FileNotPdf { file: String::new() }) };
    match position(layout, &placement) {
        Ok(areas) => Ok(areas),
        Err(NotPlaced::KeywordNotFound { .. }) if ignores_missing_keyword(component) => Ok(Vec::new()),
        Err(not_placed) => Err(dialect::not_placed(not_placed, component)),
    }
}

/// `IgnoreKeywordError` is 1 in `ComponentExtra` (`api Component`).
fn ignores_missing_keyword(component: &Component) -> bool {
    let extra: Option<serde_json::Value> =
        component.component_extra.as_deref().and_then(|text| serde_json::from_str(text).ok());
    extra.is_some_and(|extra| extra.get("IgnoreKeywordError").is_some_and(|flag| flag == 1 || flag == "1"))
}

/// What would silently go wrong if it were ignored.
fn not_modelled(request: &CreateFlowByFilesRequest) -> Result<(), Refusal> {
    let signers = || request.approvers.iter().flatten();
    let options = || signers().filter_map(|one| one.approver_option.as_ref());
    let asked = [
        ("NeedPreview", request.need_preview == Some(true)),
        ("Components", request.components.as_ref().is_some_and(|list| !list.is_empty())),
        ("NeedSignReview", request.need_sign_review == Some(true)),
        ("OpenDynamicSignFlow", request.open_dynamic_sign_flow == Some(true)),
        ("Workflow", request.workflow == Some(true)),
        ("Approvers.Components", signers().any(|one| one.components.as_ref().is_some_and(|list| !list.is_empty()))),
        ("Approvers.ApproverNeedSignReview", signers().any(|one| one.approver_need_sign_review == Some(true))),
        ("Approvers.ApproverOption.FillType", options().any(|option| option.fill_type == Some(1))),
    ];
    match asked.into_iter().find(|(_, asked)| *asked) {
        Some((what, _)) => Err(Refusal::NotModelled { what: what.to_owned() }),
        None => Ok(()),
    }
}
