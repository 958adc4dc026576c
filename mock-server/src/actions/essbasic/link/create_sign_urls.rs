//! `CreateSignUrls` makes links into the vendor's mini program: for everybody who signs one contract, or for one signer of each of
//! several, or of a group.
//!
//! 90 days; the picture of a QR code five minutes (`api CreateSignUrls`). Whoever is asked for alone is not described in the
//! answer (`ex CreateSignUrls`). A contract for which there is no link has an empty one, and why stands at its place in
//! `ErrorMessages`, which is empty when there is nothing to say (ASSUMED: examples show both that and one empty text).

use std::sync::Arc;

use ess_schemas::essbasic::{CreateSignUrlsRequest, CreateSignUrlsResponse, SignUrlInfo};

use super::wanted::{Everybody, Wanted};
use crate::actions::essbasic::dialect::{OpenIds, given};
use crate::actions::said;
use crate::actions::signers::flows_of;
use crate::domain::approver::Approver;
use crate::domain::flow::Flow;
use crate::domain::group::FlowGroup;
use crate::domain::ids::RecipientId;
use crate::domain::link::{Batch, Door, Link, Opens, Task, Terms};
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, MINUTE};
use crate::engine::call::Call;
use crate::engine::download;
use crate::engine::urls::Urls;

/// The page of a contract in the mini program (`ex CreateSchemeUrl`).
const COVER: &str = "MVP_CONTRACT_COVER";

/// See the module's comment.
///
/// # Errors
/// Neither contracts nor a group are named, or what is asked for does not go together.
pub fn create_sign_urls(
    call: &mut Call<'_>,
    request: CreateSignUrlsRequest,
) -> Result<CreateSignUrlsResponse, Refusal> {
    let wanted = Wanted::read(&request, OpenIds::of(call)?)?;
    if let Some(id) = given(&request.flow_group_id) {
        let group = call.own_group(id)?;
        let info = group_link(call, &group, &request, &wanted)?;
        return Ok(CreateSignUrlsResponse { sign_url_infos: vec![info], error_messages: Vec::new() });
    }
    let ids = request.flow_ids.clone().unwrap_or_default();
    match (ids.as_slice(), &wanted.who) {
        ([], _) => return Err(Refusal::FlowIdMissing),
        ([one], Everybody::All) => return everybody(call, one, &request, &wanted),
        ([..], Everybody::All) => {
            let detail = "links for everybody are made for one contract".to_owned();
            return Err(Refusal::ParameterInvalid { field: "FlowIds", detail });
        }
        ([..], Everybody::One(_)) => (),
    }
    let made = ids.iter().enumerate().map(|(place, id)| one_link(call, id, place, &request, &wanted));
    let made: Vec<_> = made.collect();
    let failed = made.iter().any(Result::is_err);
    let message = |one: &Result<SignUrlInfo, Refusal>| one.as_ref().err().map(said::<CreateSignUrlsRequest>);
    let error_messages = made.iter().map(|one| message(one).unwrap_or_default());
    let error_messages = if failed { error_messages.collect() } else { Vec::new() };
    let blank = |id: &String| SignUrlInfo { flow_id: id.clone(), ..described(None) };
    let sign_url_infos = made.into_iter().zip(&ids).map(|(one, id)| one.unwrap_or_else(|_| blank(id))).collect();
    Ok(CreateSignUrlsResponse { sign_url_infos, error_messages })
}

/// A link for each who signs by themselves, with who they are.
fn everybody(
    call: &mut Call<'_>,
    id: &str,
    request: &CreateSignUrlsRequest,
    wanted: &Wanted<'_>,
) -> Result<CreateSignUrlsResponse, Refusal> {
    let flow = call.own_flow(id)?;
    let signers = flow.approvers.iter().enumerate().filter(|(_, one)| !one.kind.is_machine());
    let infos = signers.map(|(order, one)| {
        let link = contract_link(call, &flow, Some(&one.recipient), request, wanted);
        let open_id = OpenIds::of(call).map(|ids| ids.staff_id(one.person.user.as_ref())).unwrap_or_default();
        SignUrlInfo {
            sign_order: if flow.unordered { 0 } else { i64::try_from(order).unwrap_or(i64::MAX) },
            open_id,
            ..addressed(call, &link, id, described(Some(one)), wanted)
        }
    });
    Ok(CreateSignUrlsResponse { sign_url_infos: infos.collect(), error_messages: vec![String::new()] })
}

fn one_link(
    call: &mut Call<'_>,
    id: &str,
    place: usize,
    request: &CreateSignUrlsRequest,
    wanted: &Wanted<'_>,
) -> Result<SignUrlInfo, Refusal> {
    let flow = call.own_flow(id)?;
    let recipient = wanted.signer(&flow, request.recipient_ids.iter().flatten().nth(place))?;
    let link = contract_link(call, &flow, recipient.as_ref(), request, wanted);
    Ok(addressed(call, &link, id, described(None), wanted))
}

/// One link to all contracts of a group. The group's id stands in both places (`ex CreateSignUrls` has it in the contract's).
fn group_link(
    call: &mut Call<'_>,
    group: &FlowGroup,
    request: &CreateSignUrlsRequest,
    wanted: &Wanted<'_>,
) -> Result<SignUrlInfo, Refusal> {
    let slots = request.flow_group_url_info.iter().flat_map(|info| info.flow_group_approver_infos.iter().flatten());
    let slots: Vec<_> = slots.collect();
    let slot = |flow: &Flow| {
        let found = slots.iter().find(|slot| slot.flow_id.as_deref() == Some(flow.id.as_str()));
        found.and_then(|slot| slot.recipient_id.clone())
    };
    let flows = flows_of(call, group);
    let tasks = flows.iter().map(|flow| {
        let recipient = match wanted.who {
            Everybody::All => None,
            Everybody::One(_) => wanted.signer(flow, slot(flow).as_ref())?,
        };
        Ok(Task { flow: flow.id.clone(), recipient })
    });
    let tasks = tasks.collect::<Result<Vec<_>, Refusal>>()?;
    let opens = Opens::Batch(Batch { tasks, group: Some(group.id.clone()), door: Door::MiniProgram });
    let link = call.world.add_link_on(terms(request, wanted), opens, call.now.plus(90 * DAY), jump_url(request));
    let info = SignUrlInfo { flow_group_id: group.id.to_string(), ..described(None) };
    Ok(addressed(call, &link, group.id.as_str(), info, wanted))
}

fn contract_link(
    call: &mut Call<'_>,
    flow: &Arc<Flow>,
    recipient: Option<&RecipientId>,
    request: &CreateSignUrlsRequest,
    wanted: &Wanted<'_>,
) -> Arc<Link> {
    let opens = Opens::Contract { flow: flow.id.clone(), recipient: recipient.cloned() };
    call.world.add_link_on(terms(request, wanted), opens, call.now.plus(90 * DAY), jump_url(request))
}

fn terms(request: &CreateSignUrlsRequest, wanted: &Wanted<'_>) -> Terms {
    // Without all further buttons, or without the one for it (`api CreateSignUrls`, as CreateSchemeUrl).
    let hides = |button: i64| request.hides.iter().flatten().any(|one| [0, button].contains(one));
    Terms { hides_refusal: hides(1), hides_transfer: hides(2), preset: wanted.preset(request), ..Terms::default() }
}

fn jump_url(request: &CreateSignUrlsRequest) -> Option<String> {
    given(&request.jump_url).cloned()
}

/// What is told of a signer; everything is there, and empty, where nothing is told.
fn described(signer: Option<&Approver>) -> SignUrlInfo {
    let text = |of: fn(&Approver) -> &str| signer.map(|one| of(one).to_owned()).unwrap_or_default();
    SignUrlInfo {
        sign_id: text(|one| one.sign.as_str()),
        custom_user_id: Some(String::new()),
        name: text(|one| &one.person.name),
        mobile: text(|one| &one.person.mobile),
        approver_type: text(|one| one.kind.word()),
        id_card_number: masked(&text(|one| &one.person.card.number)),
        sign_qrcode_url: Some(String::new()),
        ..SignUrlInfo::default()
    }
}

/// First and last sign (`ex CreateSignUrls`).
fn masked(number: &str) -> String {
    let mut signs = number.chars();
    match (signs.next(), signs.next_back()) {
        (Some(first), Some(last)) => format!("{first}{}{last}", "*".repeat(signs.count())),
        (Some(_), None) | (None, _) => String::new(),
    }
}

/// With the address of a link, as `Endpoint` asks for it.
fn addressed(call: &Call<'_>, link: &Link, id: &str, info: SignUrlInfo, wanted: &Wanted<'_>) -> SignUrlInfo {
    let sign_url = match wanted.endpoint {
        "APP" => Urls::mini_path(Some(id), COVER, &info.name, &info.mobile, wanted.auto_jump_back, &link.short_key),
        "LONGURL2WEIXINAPP" => call.urls.jump(Some(id), COVER, &info.name, &info.mobile, &link.short_key),
        _ => call.urls.short(link),
    };
    let key = download::key(&call.world.ids, download::QR_CODE, &link.token, call.now.plus(5 * MINUTE));
    SignUrlInfo {
        sign_url,
        deadline: link.expires_at.seconds(),
        flow_id: id.to_owned(),
        sign_qrcode_url: Some(call.urls.qr_code(&link.token, &key)),
        ..info
    }
}
