//! `CreateOrganizationBatchSignUrl` makes one link into the console for an employee's contracts, or, by their slots, for
//! whoever signs for other companies.
//!
//! Seven days, and the URL says when it ends (`ex CreateOrganizationBatchSignUrl`). Only contracts that are signed or filled
//! in at the moment, and whose turn it is (ASSUMED: the text asks for the contract's state alone).

use std::sync::Arc;

use ess_schemas::ess::{
    CreateOrganizationBatchSignUrlRequest, CreateOrganizationBatchSignUrlResponse, DynamicSignOption,
};

use crate::actions::ess::dialect::given;
use crate::actions::signers::{ensure_due, flows_of, task};
use crate::domain::approver::{Approver, Person, Slot};
use crate::domain::claim::Preset;
use crate::domain::flow::Flow;
use crate::domain::ids::FlowGroupId;
use crate::domain::link::{Batch, Door, Opens, Task, Terms};
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No contracts, one that does not run, nobody named as signer, or somebody who does not sign them.
pub fn create_organization_batch_sign_url(
    call: &mut Call<'_>,
    request: CreateOrganizationBatchSignUrlRequest,
) -> Result<CreateOrganizationBatchSignUrlResponse, Refusal> {
    let (group, flows) = whose(call, &request)?;
    for flow in &flows {
        flow.ensure_running()?;
    }
    let slots = request.recipient_ids.as_deref().unwrap_or_default();
    let (approvers, candidate) = if slots.is_empty() {
        let employee = employee(call, &request)?;
        (of_employee(call, &flows, &employee)?, Some(employee))
    } else {
        (in_slots(call, &flows, slots)?, None)
    };
    let tasks: Vec<Task> = flows
        .iter()
        .zip(approvers)
        .map(|(flow, approver)| ensure_due(approver).map(|()| task(flow, approver)))
        .collect::<Result<_, _>>()?;

    let option = request.dynamic_sign_option.unwrap_or_default();
    let terms = Terms {
        batch_refusal: request.can_batch_reject.unwrap_or(false) && group.is_none(),
        all_or_none: option.dynamic_receive_type == Some(1),
        preset: preset(&option, candidate),
        ..Terms::default()
    };
    let expires_at = call.now.plus(7 * DAY);
    let opens = Opens::Batch(Batch { tasks, group, door: Door::Console });
    let link = call.world.add_link_on(terms, opens, expires_at, None);
    Ok(CreateOrganizationBatchSignUrlResponse {
        sign_url: call.urls.embedded_signing(&link),
        expired_time: expires_at.seconds(),
    })
}

/// The contracts named one by one, whoever launched them, or those of a group.
fn whose(
    call: &Call<'_>,
    request: &CreateOrganizationBatchSignUrlRequest,
) -> Result<(Option<FlowGroupId>, Vec<Arc<Flow>>), Refusal> {
    let ids = request.flow_ids.as_deref().unwrap_or_default();
    if let (true, Some(group)) = (ids.is_empty(), given(&request.flow_group_id)) {
        let group = call.own_group(group)?;
        return Ok((Some(group.id.clone()), flows_of(call, &group)));
    }
    if ids.is_empty() {
        return Err(Refusal::FlowIdMissing);
    }
    let flows = ids.iter().map(|id| call.flow(id)).collect::<Result<_, _>>()?;
    Ok((None, flows))
}

/// By `UserId`, else by name and mobile number (`api CreateOrganizationBatchSignUrl`).
fn employee(call: &Call<'_>, request: &CreateOrganizationBatchSignUrlRequest) -> Result<Person, Refusal> {
    if let Some(user) = given(&request.user_id) {
        let employee = call.world.directory.employee(user.as_str());
        let own = employee.filter(|one| &one.organization == call.caller.organization());
        return own.map(Person::of).ok_or_else(|| Refusal::OperatorUnknown { user: user.clone() });
    }
    let name = given(&request.name).ok_or(Refusal::ParameterMissing { field: "Name" })?;
    let mobile = given(&request.mobile).ok_or(Refusal::ParameterMissing { field: "Mobile" })?;
    Ok(Person { name: name.clone(), mobile: mobile.clone(), ..Person::default() })
}

/// The slot of this employee in each contract, as signer or as one of the candidates.
fn of_employee<'a>(call: &Call<'_>, flows: &'a [Arc<Flow>], employee: &Person) -> Result<Vec<&'a Approver>, Refusal> {
    let company = call.caller.organization();
    let is = |one: &Person| match &employee.user {
        Some(user) if one.user.is_some() => one.user.as_ref() == Some(user),
        _ => (&one.name, &one.mobile) == (&employee.name, &employee.mobile),
    };
    let signs = |one: &&Approver| {
        let named = is(&one.person) || matches!(&one.slot, Slot::OneOf(all) if one.is_vacant() && all.iter().any(is));
        one.organization_id() == Some(company) && named
    };
    let found: Vec<_> = flows.iter().map(|flow| flow.approvers.iter().find(signs)).collect();
    let missing = flows.iter().zip(&found).filter(|(_, found)| found.is_none()).map(|(flow, _)| flow.id.as_str());
    let missing: Vec<&str> = missing.collect();
    if missing.is_empty() {
        Ok(found.into_iter().flatten().collect())
    } else {
        Err(Refusal::NotTheirContracts { flows: missing.join(" ") })
    }
}

/// The slots named, one for each contract; only the initiator may (`api CreateOrganizationBatchSignUrl`).
fn in_slots<'a>(call: &Call<'_>, flows: &'a [Arc<Flow>], slots: &[String]) -> Result<Vec<&'a Approver>, Refusal> {
    if flows.len() != slots.len() {
        let detail = format!("{} slots for {} contracts", slots.len(), flows.len());
        return Err(Refusal::ParameterInvalid { field: "RecipientIds", detail });
    }
    let slot = |(flow, slot): (&'a Arc<Flow>, &String)| {
        call.own_flow(flow.id.as_str())?;
        let approver = flow.approver(slot).filter(|one| one.kind.is_organization());
        approver.ok_or_else(|| Refusal::NotTheirContracts { flows: flow.id.to_string() })
    };
    flows.iter().zip(slots).map(slot).collect()
}

/// Whom open slots take: those of the company, or the candidate the link is for.
fn preset(option: &DynamicSignOption, candidate: Option<Person>) -> Preset {
    let (name, mobile) = candidate.map(|one| (one.name, one.mobile)).unzip();
    Preset { name, mobile, organization: given(&option.organization_name).cloned(), ..Preset::default() }
}
