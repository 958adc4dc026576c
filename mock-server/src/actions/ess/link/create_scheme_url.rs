//! `CreateSchemeUrl` makes links into the vendor's mini program: home, contract list, one contract or a group, or the cover on
//! which somebody picks an open slot up.
//!
//! 90 days; the picture of a QR code, made for open slots, five minutes (`api CreateSchemeUrl`). `EndPoint` chooses a long
//! link, a short one or the bare path; APP reaches contracts only (`ex CreateSchemeUrl`). PathType 1 is taken with any
//! `EndPoint`, and for open slots too (`ex CreateSchemeUrl` does both), and demands a contract or a group, nothing else.

use std::sync::Arc;

use ess_schemas::ess::{CreateSchemeUrlRequest, CreateSchemeUrlResponse};

use crate::actions::ess::dialect::given;
use crate::actions::signers::{by_flow, card, flows_of, open_slot, own_flows, task};
use crate::domain::claim::Preset;
use crate::domain::flow::Flow;
use crate::domain::group::FlowGroup;
use crate::domain::ids::RecipientId;
use crate::domain::link::{Batch, Door, Opens, Task, Terms};
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, MINUTE};
use crate::engine::call::Call;
use crate::engine::download;
use crate::engine::urls::Urls;

/// The buttons of `Hides` without which nobody refuses: all further ones, and the one for it.
const REFUSAL_BUTTONS: [i64; 2] = [0, 1];
/// Those without which nobody hands on: all further ones, and the one for it (`api CreateSchemeUrl`).
const TRANSFER_BUTTONS: [i64; 2] = [0, 2];

/// Where a link leads in the mini program.
struct Place {
    opens: Opens,
    /// The contract or group in the address.
    id: Option<String>,
    /// The page, as paths name it, and as long links do.
    to: (&'static str, &'static str),
    /// Whether somebody picks an open slot up there.
    open: bool,
}

/// See the module's comment.
///
/// # Errors
/// A page that cannot be reached so, or a contract, group or slot that is missing, unknown or none of the caller's business.
pub fn create_scheme_url(
    call: &mut Call<'_>,
    request: CreateSchemeUrlRequest,
) -> Result<CreateSchemeUrlResponse, Refusal> {
    let end_point = given(&request.end_point).map_or("HTTP", String::as_str);
    let place = match request.path_type.unwrap_or(0) {
        0 | 2 if end_point == "APP" => return Err(Refusal::JumpPageNotSupported),
        0 => Place { opens: Opens::MiniProgram, id: None, to: ("HOME", "HOME"), open: false },
        2 => Place { opens: Opens::MiniProgram, id: None, to: ("CONTRACT_LIST", "CONTRACT_LIST"), open: false },
        kind @ (1 | 3) => {
            // The page of a contract is the cover in long links (`ex CreateSchemeUrl`).
            let to = if kind == 1 { "CONTRACT_DETAIL" } else { "MVP_CONTRACT_COVER" };
            Place { to: (to, "MVP_CONTRACT_COVER"), ..contracts(call, &request)? }
        }
        kind => return Err(Refusal::PathTypeInvalid { kind }),
    };

    let hides = |buttons: &[i64]| request.hides.iter().flatten().any(|button| buttons.contains(button));
    let terms = Terms {
        hides_refusal: hides(&REFUSAL_BUTTONS),
        hides_transfer: hides(&TRANSFER_BUTTONS),
        preset: if place.open { preset(&request) } else { Preset::default() },
        ..Terms::default()
    };
    let link = call.world.add_link_on(terms, place.opens, call.now.plus(90 * DAY), None);
    let (name, mobile) = (request.name.as_deref().unwrap_or_default(), request.mobile.as_deref().unwrap_or_default());
    let (id, (path, long)) = (place.id.as_deref(), place.to);
    let scheme_url = match end_point {
        "APP" => {
            let auto_jump_back = request.auto_jump_back.unwrap_or(false);
            Urls::mini_path(id, path, name, mobile, auto_jump_back, &link.short_key)
        }
        "HTTP_SHORT_URL" => call.urls.short(&link),
        _ => call.urls.jump(id, long, name, mobile, &link.short_key),
    };
    let qr_code = || {
        let key = download::key(&call.world.ids, download::QR_CODE, &link.token, call.now.plus(5 * MINUTE));
        call.urls.qr_code(&link.token, &key)
    };
    let scheme_qrcode_url = Some(place.open.then(qr_code).unwrap_or_default());
    Ok(CreateSchemeUrlResponse { scheme_url, scheme_qrcode_url })
}

/// One contract, or a group of them.
fn contracts(call: &Call<'_>, request: &CreateSchemeUrlRequest) -> Result<Place, Refusal> {
    let (opens, id, open) = match (given(&request.flow_group_id), given(&request.flow_id)) {
        (Some(group), _) => {
            let group = call.own_group(group)?;
            let (tasks, open) = tasks(call, &group, request)?;
            let id = group.id.clone();
            (Opens::Batch(Batch { tasks, group: Some(id.clone()), door: Door::MiniProgram }), id.to_string(), open)
        }
        (None, Some(flow)) => {
            let flow = the_flow(call, flow)?;
            let (recipient, open) = signer(&flow, request)?;
            (Opens::Contract { flow: flow.id.clone(), recipient }, flow.id.to_string(), open)
        }
        (None, None) => return Err(Refusal::FlowIdMissing),
    };
    Ok(Place { opens, id: Some(id), to: ("", ""), open })
}

/// The contracts of a group: with the open slots named, else with the signer named.
fn tasks(call: &Call<'_>, group: &FlowGroup, request: &CreateSchemeUrlRequest) -> Result<(Vec<Task>, bool), Refusal> {
    let slots = request.flow_group_url_info.iter().flat_map(|info| info.flow_group_approver_infos.iter().flatten());
    let slots = by_flow(slots.map(|slot| (&slot.flow_id, &slot.recipient_id)));
    if slots.is_empty() {
        let named = |flow: &Arc<Flow>| Task { flow: flow.id.clone(), recipient: named(flow, request) };
        return Ok((flows_of(call, group).iter().map(named).collect(), false));
    }
    let flows = own_flows(call, slots.keys().copied())?;
    let tasks = flows.iter().map(|flow| open_slot(flow, &slots).map(|approver| task(flow, approver)));
    Ok((tasks.collect::<Result<_, _>>()?, true))
}

fn the_flow(call: &Call<'_>, id: &str) -> Result<Arc<Flow>, Refusal> {
    let flow = call.flow(id)?;
    if flow.involves(call.caller.organization()) {
        Ok(flow)
    } else {
        Err(Refusal::FlowOfAnotherOrganization { flow: id.to_owned() })
    }
}

/// The signer by slot, with whether it is open; else by who they are.
fn signer(flow: &Flow, request: &CreateSchemeUrlRequest) -> Result<(Option<RecipientId>, bool), Refusal> {
    let Some(slot) = given(&request.recipient_id) else { return Ok((named(flow, request), false)) };
    let approver = flow.approver(slot).ok_or_else(|| Refusal::ApproverUnknown { approver: slot.clone() })?;
    Ok((Some(approver.recipient.clone()), approver.is_vacant()))
}

/// The signer with this mobile number, and name and company where given; the page asks when nobody fits.
fn named(flow: &Flow, request: &CreateSchemeUrlRequest) -> Option<RecipientId> {
    let mobile = given(&request.mobile)?;
    let (name, company) = (given(&request.name), given(&request.organization_name));
    let found = flow.approvers.iter().find(|one| {
        &one.person.mobile == mobile
            && name.is_none_or(|name| name == &one.person.name)
            && company.is_none_or(|name| one.organization.as_ref().is_some_and(|party| &party.name == name))
    });
    found.map(|one| one.recipient.clone())
}

/// Only who fits may pick up (`api CreateSchemeUrl`).
fn preset(request: &CreateSchemeUrlRequest) -> Preset {
    Preset {
        name: given(&request.name).cloned(),
        mobile: given(&request.mobile).cloned(),
        card: card(&request.id_card_type, &request.id_card_number),
        organization: given(&request.organization_name).cloned(),
        employees_only: request.pick_up_after_joined.unwrap_or(false),
    }
}
