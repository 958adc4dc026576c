//! `CreateBatchQuickSignUrl` makes one H5 link for a signer's contracts, or for open slots that somebody picks up.
//!
//! The contracts are the caller's own, a hundred at most, or a group's, and the signer is due in each (`seed
//! CreateBatchQuickSignUrl`). 30 minutes unless `ExpiredOn` asks for more; links of open slots always (`api
//! CreateBatchQuickSignUrl`). What is settled here goes over what the contracts say.

use std::collections::BTreeSet;
use std::sync::Arc;

use ess_schemas::ess::{
    CreateBatchQuickSignUrlRequest, CreateBatchQuickSignUrlResponse, FlowApproverUrlInfo, FlowCreateApprover,
    PresetApproverInfo,
};

use crate::actions::ess::dialect::{given, not_a_participant, sought};
use crate::actions::h5_links::expiry;
use crate::actions::signers::{Slots, by_flow, card, distinct, ensure_waiting, flows_of, open_slot, task};
use crate::domain::approver::{Approver, ApproverKind};
use crate::domain::claim::Preset;
use crate::domain::flow::Flow;
use crate::domain::h5;
use crate::domain::ids::FlowGroupId;
use crate::domain::link::{Batch, Door, Opens, Task, Terms};
use crate::domain::organization::Edition;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// An edition that does not have it, not exactly one of contracts and group, a contract that is another's, or a signer who
/// does not take part, is not due, or cannot sign so.
pub fn create_batch_quick_sign_url(
    call: &mut Call<'_>,
    request: CreateBatchQuickSignUrlRequest,
) -> Result<CreateBatchQuickSignUrlResponse, Refusal> {
    ensure_edition(call)?;
    let (group, flows) = whose(call, &request)?;
    let sign_checks = distinct(request.approver_sign_types);
    h5::check_recording(request.intention.is_some(), &sign_checks)?;
    let wanted = of_company(request.flow_approver_info);
    let slots = request.flow_batch_url_info.iter().flat_map(|info| info.flow_batch_approver_infos.iter().flatten());
    let slots = by_flow(slots.map(|slot| (&slot.flow_id, &slot.recipient_id)));
    let open = !slots.is_empty();
    if open && request.expired_on.is_some_and(|seconds| seconds > 0) {
        return Err(Refusal::LinkExpiryInvalid { detail: "a link of open slots lives for 30 minutes".into() });
    }
    let (tasks, preset) = if open {
        let tasks = flows.iter().map(|flow| open_task(flow, &slots, &wanted)).collect::<Result<_, _>>()?;
        (tasks, preset(&wanted, request.preset_approver_info)?)
    } else {
        (flows.iter().map(|flow| signers_task(flow, &wanted)).collect::<Result<_, _>>()?, Preset::default())
    };

    let terms = Terms {
        sign_checks,
        intention: request.intention.map(Into::into),
        signature_kinds: distinct(request.signature_types),
        batch_refusal: request.can_batch_reject.unwrap_or(false) && group.is_none(),
        preset,
        ..Terms::default()
    };
    let opens = Opens::Batch(Batch { tasks, group, door: Door::H5 });
    let expires_at = expiry(call.now, request.expired_on);
    let link = call.world.add_link_on(terms, opens, expires_at, given(&request.jump_url).cloned());
    // Nobody is named in a link of open slots (`ex CreateBatchQuickSignUrl`).
    let named = |text: Option<String>| text.filter(|_| !open).unwrap_or_default();
    let flow_approver_url_info = FlowApproverUrlInfo {
        sign_url: call.urls.short(&link),
        approver_type: wanted.approver_type,
        approver_name: named(wanted.approver_name),
        approver_mobile: named(wanted.approver_mobile),
        long_url: call.urls.guide(&link, open),
    };
    Ok(CreateBatchQuickSignUrlResponse { flow_approver_url_info: Some(flow_approver_url_info) })
}

/// A member of a holding group may use what its main company's plan has (`seed CreateBatchQuickSignUrl`, example 2).
fn ensure_edition(call: &Call<'_>) -> Result<(), Refusal> {
    let own = &call.caller.organization;
    let joined = own.holding.as_ref().filter(|membership| membership.is_in_force());
    let main = joined.and_then(|membership| call.world.directory.organizations.get(membership.main.as_str()));
    let better = main.filter(|main| main.edition > own.edition).unwrap_or(own);
    better.ensure_edition(Edition::Professional, "CreateBatchQuickSignUrl")
}

/// The contracts named one by one, or those of the group.
fn whose(
    call: &Call<'_>,
    request: &CreateBatchQuickSignUrlRequest,
) -> Result<(Option<FlowGroupId>, Vec<Arc<Flow>>), Refusal> {
    let flows = request.flow_ids.as_deref().unwrap_or_default();
    match given(&request.flow_group_id) {
        Some(_) if !flows.is_empty() => Err(Refusal::FlowIdAndFlowGroupId),
        Some(group) => {
            let group = call.own_group(group)?;
            Ok((Some(group.id.clone()), flows_of(call, &group)))
        }
        None if flows.is_empty() => Err(Refusal::FlowIdMissing),
        None => Ok((None, own_flows(call, flows.iter().map(String::as_str))?)),
    }
}

/// All of them, or a refusal that lists those that are not the caller's own; one named twice counts once (ASSUMED).
fn own_flows<'a>(call: &Call<'_>, ids: impl Iterator<Item = &'a str>) -> Result<Vec<Arc<Flow>>, Refusal> {
    let (mut flows, mut others, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for id in ids.filter(|id| seen.insert(*id)) {
        match call.own_flow(id) {
            Ok(flow) => flows.push(flow),
            Err(_) => others.push(id),
        }
    }
    if others.is_empty() {
        return Ok(flows);
    }
    Err(Refusal::FlowsOfAnotherOrganization { flows: serde_json::Value::from(others).to_string() })
}

/// Who signs for a company is asked for as one who does, whatever the type says (`seed CreateBatchQuickSignUrl`, example
/// 10).
fn of_company(mut wanted: FlowCreateApprover) -> FlowCreateApprover {
    if given(&wanted.organization_name).is_some() && wanted.approver_type == ApproverKind::Person.code() {
        wanted.approver_type = ApproverKind::Organization.code();
    }
    wanted
}

fn signers_task(flow: &Flow, wanted: &FlowCreateApprover) -> Result<Task, Refusal> {
    let approver = sought(wanted).find(flow).filter(|one| one.kind.code() == wanted.approver_type);
    let approver = approver.ok_or_else(|| not_a_participant(flow, wanted))?;
    can_sign_so(flow, approver)
}

fn open_task(flow: &Flow, slots: &Slots<'_>, wanted: &FlowCreateApprover) -> Result<Task, Refusal> {
    let approver = open_slot(flow, slots)?;
    if approver.kind.code() == wanted.approver_type {
        can_sign_so(flow, approver)
    } else {
        Err(not_a_participant(flow, wanted))
    }
}

fn can_sign_so(flow: &Flow, approver: &Approver) -> Result<Task, Refusal> {
    h5::check_batch(flow, approver)?;
    ensure_waiting(approver)?;
    Ok(task(flow, approver))
}

/// Whom open slots take: a company's those of the company that must be named, and nothing more about them; a person's
/// whoever fits (`api PresetApproverInfo`).
fn preset(wanted: &FlowCreateApprover, info: Option<PresetApproverInfo>) -> Result<Preset, Refusal> {
    let info = info.unwrap_or_default();
    if wanted.approver_type != ApproverKind::Organization.code() {
        return Ok(Preset {
            name: given(&info.name).cloned(),
            mobile: given(&info.mobile).cloned(),
            card: card(&info.id_card_type, &info.id_card_number),
            ..Preset::default()
        });
    }
    if [&info.name, &info.mobile, &info.id_card_number].into_iter().any(|text| given(text).is_some()) {
        let detail = "a company's open slot takes OrganizationName only".to_owned();
        return Err(Refusal::ParameterInvalid { field: "PresetApproverInfo", detail });
    }
    let company = given(&info.organization_name).or_else(|| given(&wanted.organization_name));
    let company = company.ok_or(Refusal::ParameterMissing { field: "PresetApproverInfo.OrganizationName" })?;
    Ok(Preset { organization: Some(company.clone()), ..Preset::default() })
}
