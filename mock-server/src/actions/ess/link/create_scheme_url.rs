//! `CreateSchemeUrl` makes links into the vendor's mini program: home, contract list, or one contract.
//!
//! 90 days (`api CreateSchemeUrl`). `EndPoint` chooses a long link, a short one or the bare path; APP reaches a contract
//! only (`ex CreateSchemeUrl`). PathType 1 is taken with any `EndPoint` (`ex CreateSchemeUrl` does so) and demands a
//! contract, nothing else. Picking up an open slot (PathType 3) and contract groups come with a later release.

use ess_schemas::ess::{CreateSchemeUrlRequest, CreateSchemeUrlResponse};

use crate::actions::ess::dialect::given;
use crate::domain::flow::Flow;
use crate::domain::ids::RecipientId;
use crate::domain::link::Opens;
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// A page that cannot be reached so, or a contract that is missing, unknown or none of the caller's business.
pub fn create_scheme_url(
    call: &mut Call<'_>,
    request: CreateSchemeUrlRequest,
) -> Result<CreateSchemeUrlResponse, Refusal> {
    let end_point = given(&request.end_point).map_or("HTTP", String::as_str);
    if given(&request.flow_group_id).is_some() || request.flow_group_url_info.is_some() {
        return Err(Refusal::NotModelled { what: "FlowGroupId".into() });
    }
    let (flow, to) = match request.path_type.unwrap_or(0) {
        0 | 2 if end_point == "APP" => return Err(Refusal::JumpPageNotSupported),
        0 => (None, "HOME"),
        2 => (None, "CONTRACT_LIST"),
        1 => (Some(the_flow(call, &request)?), "CONTRACT_DETAIL"),
        3 => return Err(Refusal::NotModelled { what: "PathType 3".into() }),
        kind => return Err(Refusal::PathTypeInvalid { kind }),
    };
    let opens = match &flow {
        Some(flow) => Opens::Contract { flow: flow.id.clone(), recipient: named(flow, &request) },
        None => Opens::MiniProgram,
    };
    let link = call.world.add_link(opens, call.now.plus(90 * DAY), None);
    let path = Urls::mini_path(
        flow.as_ref().map(|flow| flow.id.as_str()),
        to,
        request.name.as_deref().unwrap_or_default(),
        request.mobile.as_deref().unwrap_or_default(),
        request.auto_jump_back.unwrap_or(false),
        &link.short_key,
    );
    let scheme_url = match end_point {
        "APP" => path,
        "HTTP_SHORT_URL" => call.urls.short(&link),
        _ => call.urls.mini(&path),
    };
    Ok(CreateSchemeUrlResponse { scheme_url, scheme_qrcode_url: Some(String::new()) })
}

fn the_flow(call: &Call<'_>, request: &CreateSchemeUrlRequest) -> Result<std::sync::Arc<Flow>, Refusal> {
    let id = given(&request.flow_id).ok_or(Refusal::FlowIdMissing)?;
    let flow = call.flow(id)?;
    if flow.involves(call.caller.organization()) {
        Ok(flow)
    } else {
        Err(Refusal::FlowOfAnotherOrganization { flow: id.clone() })
    }
}

/// The signer the caller means, by slot or by who they are; the page asks when nobody fits.
fn named(flow: &Flow, request: &CreateSchemeUrlRequest) -> Option<RecipientId> {
    let slot = given(&request.recipient_id);
    let (name, mobile) = (given(&request.name), given(&request.mobile));
    let found = flow.approvers.iter().find(|one| match (slot, mobile) {
        (Some(slot), _) => one.recipient.as_str() == slot,
        (None, Some(mobile)) => &one.person.mobile == mobile && name.is_none_or(|name| name == &one.person.name),
        (None, None) => false,
    });
    found.map(|one| one.recipient.clone())
}
