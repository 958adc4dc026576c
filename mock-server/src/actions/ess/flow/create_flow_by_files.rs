//! `CreateFlowByFiles` launches a contract from an uploaded PDF.
//!
//! Launched at once (`api CreateFlowByFiles`). What this stand-in does not model yet is refused by name
//! ([`not_modelled`]) rather than ignored.

use std::sync::Arc;

use ess_schemas::ess::{Component, CreateFlowByFilesRequest, CreateFlowByFilesResponse};

use crate::actions::ess::dialect;
use crate::domain::file::UploadedFile;
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
    let initiator = call.caller.initiator()?;
    let infos = request.approvers.unwrap_or_default();
    let new = NewFlow {
        name: request.flow_name,
        description: request.flow_description.unwrap_or_default(),
        kind: request.flow_type.unwrap_or_default(),
        user_data: request.user_data.unwrap_or_default(),
        deadline: request.deadline.filter(|deadline| *deadline != 0).map(Timestamp::from_seconds),
        show_map: request.custom_show_map.unwrap_or_default(),
        unordered: request.unordered.unwrap_or(false),
        open_ended: request.open_dynamic_sign_flow.unwrap_or(false),
        no_release: request.flow_operate_limit.and_then(|limit| limit.no_release).unwrap_or(false),
        needs_sign_review: request.need_sign_review.unwrap_or(false),
        auto_sign_scene: request.auto_sign_scene,
        signers_place_components: request.sign_bean_tag == Some(1),
        content: Some(file.content.clone()),
        fills: request.components.iter().flatten().map(dialect::new_component).collect(),
        approvers: infos.iter().map(dialect::new_approver).collect(),
        copies: request.cc_infos.iter().flatten().map(dialect::copy_recipient).collect(),
        ..NewFlow::default()
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
        launch(new, (&initiator, &operator), &world.directory, fresh, call.now)?
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

/// What would silently go wrong if it were ignored.
fn not_modelled(request: &CreateFlowByFilesRequest) -> Result<(), Refusal> {
    let asked = [("NeedPreview", request.need_preview == Some(true)), ("Workflow", request.workflow == Some(true))];
    match asked.into_iter().find(|(_, asked)| *asked) {
        Some((what, _)) => Err(Refusal::NotModelled { what: what.to_owned() }),
        None => Ok(()),
    }
}
