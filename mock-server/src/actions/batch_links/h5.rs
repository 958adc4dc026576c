//! One H5 link for a signer's contracts, or for open slots that somebody picks up.
//!
//! The contracts are the caller's own, a hundred at most, or a group's, and the signer is due in each (`seed
//! CreateBatchQuickSignUrl`). 30 minutes unless `ExpiredOn` asks for more; links of open slots always (`api
//! CreateBatchQuickSignUrl`). What is settled here goes over what the contracts say.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Signer;
use crate::actions::h5_links::expiry;
use crate::actions::signers::{Slots, ensure_waiting, flows_of, open_slot, task};
use crate::domain::approver::{Approver, ApproverKind};
use crate::domain::claim::Preset;
use crate::domain::flow::Flow;
use crate::domain::h5;
use crate::domain::ids::FlowGroupId;
use crate::domain::intention::Intention;
use crate::domain::link::{Batch, Door, Opens, Task, Terms};
use crate::domain::organization::Edition;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// What is asked for.
pub(in crate::actions) struct Wanted<'a> {
    /// The contracts, one by one.
    pub(in crate::actions) flows: &'a [String],
    /// Or their group.
    pub(in crate::actions) group: Option<&'a String>,
    pub(in crate::actions) signer: Signer,
    /// The open slots, where it is for them.
    pub(in crate::actions) slots: Slots<'a>,
    /// Whom open slots take.
    pub(in crate::actions) preset: Preset,
    /// Whether a company's open slots take those of one company only, which then must be named.
    pub(in crate::actions) names_company: bool,
    pub(in crate::actions) sign_checks: Vec<i64>,
    pub(in crate::actions) intention: Option<Intention>,
    pub(in crate::actions) signature_kinds: Vec<i64>,
    pub(in crate::actions) batch_refusal: bool,
    /// For how many seconds.
    pub(in crate::actions) lasts: Option<i64>,
    pub(in crate::actions) jump_url: Option<&'a String>,
}

/// The link.
pub(in crate::actions) struct Made {
    pub(in crate::actions) short: String,
    pub(in crate::actions) long: String,
    /// The number of `ApproverType`.
    pub(in crate::actions) kind: i64,
    /// Nobody in a link of open slots (`ex CreateBatchQuickSignUrl`).
    pub(in crate::actions) name: String,
    pub(in crate::actions) mobile: String,
}

/// Makes the link.
///
/// # Errors
/// An edition that does not have it, not exactly one of contracts and group, a contract that is another's, or a signer who
/// does not take part, is not due, or cannot sign so.
pub(in crate::actions) fn make(call: &mut Call<'_>, mut wanted: Wanted<'_>) -> Result<Made, Refusal> {
    ensure_edition(call)?;
    let (group, flows) = whose(call, &wanted)?;
    h5::check_recording(wanted.intention.is_some(), &wanted.sign_checks)?;
    wanted.signer.signs_for_company();
    let signer = &wanted.signer;
    let open = !wanted.slots.is_empty();
    if open && wanted.lasts.is_some_and(|seconds| seconds > 0) {
        return Err(Refusal::LinkExpiryInvalid { detail: "a link of open slots lives for 30 minutes".into() });
    }
    let (tasks, preset) = if open {
        let tasks = flows.iter().map(|flow| open_task(flow, &wanted.slots, signer)).collect::<Result<_, _>>()?;
        (tasks, preset(signer, wanted.preset, wanted.names_company)?)
    } else {
        let find = |flow: &Arc<Flow>| can_sign_so(flow, signer.find(flow)?);
        (flows.iter().map(find).collect::<Result<_, _>>()?, Preset::default())
    };

    let terms = Terms {
        sign_checks: wanted.sign_checks,
        intention: wanted.intention,
        signature_kinds: wanted.signature_kinds,
        batch_refusal: wanted.batch_refusal && group.is_none(),
        preset,
        ..Terms::default()
    };
    let opens = Opens::Batch(Batch { tasks, group, door: Door::H5 });
    let expires_at = expiry(call.now, wanted.lasts);
    let link = call.world.add_link_on(terms, opens, expires_at, wanted.jump_url.cloned());
    let Signer { sought, kind, card_kind: _ } = wanted.signer;
    let named = |text: Option<String>| text.filter(|_| !open).unwrap_or_default();
    Ok(Made {
        short: call.urls.short(&link),
        long: call.urls.guide(&link, open),
        kind,
        name: named(sought.name),
        mobile: named(sought.mobile),
    })
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
fn whose(call: &Call<'_>, wanted: &Wanted<'_>) -> Result<(Option<FlowGroupId>, Vec<Arc<Flow>>), Refusal> {
    match wanted.group {
        Some(_) if !wanted.flows.is_empty() => Err(Refusal::FlowIdAndFlowGroupId),
        Some(group) => {
            let group = call.own_group(group)?;
            Ok((Some(group.id.clone()), flows_of(call, &group)))
        }
        None if wanted.flows.is_empty() => Err(Refusal::FlowIdMissing),
        None => Ok((None, own_flows(call, wanted.flows.iter().map(String::as_str))?)),
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

impl Signer {
    /// Who signs for a company is asked for as one who does, whatever the type says (`seed CreateBatchQuickSignUrl`, example
    /// 10).
    fn signs_for_company(&mut self) {
        if self.sought.organization.is_some() && self.kind == ApproverKind::Person.code() {
            self.kind = ApproverKind::Organization.code();
        }
    }
}

fn open_task(flow: &Flow, slots: &Slots<'_>, signer: &Signer) -> Result<Task, Refusal> {
    let approver = open_slot(flow, slots)?;
    if approver.kind.code() == signer.kind { can_sign_so(flow, approver) } else { Err(signer.missing(flow)) }
}

fn can_sign_so(flow: &Flow, approver: &Approver) -> Result<Task, Refusal> {
    h5::check_batch(flow, approver)?;
    ensure_waiting(approver)?;
    Ok(task(flow, approver))
}

/// Whom open slots take: a company's those of the company that is named, and nothing more about them; a person's whoever fits
/// (`api PresetApproverInfo`).
fn preset(signer: &Signer, asked: Preset, names_company: bool) -> Result<Preset, Refusal> {
    if signer.kind != ApproverKind::Organization.code() {
        return Ok(Preset { organization: None, ..asked });
    }
    if asked.name.is_some() || asked.mobile.is_some() || asked.card.is_some() {
        let detail = "a company's open slot takes OrganizationName only".to_owned();
        return Err(Refusal::ParameterInvalid { field: "PresetApproverInfo", detail });
    }
    let organization = asked.organization.or_else(|| signer.sought.organization.clone());
    if organization.is_none() && names_company {
        return Err(Refusal::ParameterMissing { field: "PresetApproverInfo.OrganizationName" });
    }
    Ok(Preset { organization, ..Preset::default() })
}
