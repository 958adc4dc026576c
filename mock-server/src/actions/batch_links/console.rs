//! One link into the console for an employee's contracts, or, by their slots, for whoever signs for other companies.
//!
//! Seven days, and the URL says when it ends (`ex CreateOrganizationBatchSignUrl`). Only contracts that are signed or filled
//! in at the moment, and whose turn it is (ASSUMED: the text asks for the contract's state alone).

use std::sync::Arc;

use crate::actions::signers::{ensure_due, flows_of, task};
use crate::domain::approver::{Approver, Person, Slot};
use crate::domain::claim::Preset;
use crate::domain::flow::Flow;
use crate::domain::ids::{FlowGroupId, UserId};
use crate::domain::link::{Batch, Door, Opens, Task, Terms};
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;

/// What is asked for.
pub(in crate::actions) struct Wanted<'a> {
    /// The contracts, one by one.
    pub(in crate::actions) flows: &'a [String],
    /// Or their group.
    pub(in crate::actions) group: Option<&'a String>,
    /// The slots, one for each contract, where it is for them.
    pub(in crate::actions) slots: &'a [String],
    /// The employee it is for, else by name and mobile number.
    pub(in crate::actions) user: Option<UserId>,
    pub(in crate::actions) name: Option<&'a String>,
    pub(in crate::actions) mobile: Option<&'a String>,
    pub(in crate::actions) batch_refusal: bool,
    /// Whether whoever picks up one open slot must pick up all.
    pub(in crate::actions) all_or_none: bool,
    /// The company whose people open slots take.
    pub(in crate::actions) company: Option<String>,
}

/// The link.
pub(in crate::actions) struct Made {
    pub(in crate::actions) url: String,
    pub(in crate::actions) expires_at: i64,
}

/// Makes the link.
///
/// # Errors
/// No contracts, one that does not run, nobody named as signer, or somebody who does not sign them.
pub(in crate::actions) fn make(call: &mut Call<'_>, wanted: Wanted<'_>) -> Result<Made, Refusal> {
    let (group, flows) = whose(call, &wanted)?;
    for flow in &flows {
        flow.ensure_running()?;
    }
    let (approvers, candidate) = if wanted.slots.is_empty() {
        let employee = employee(call, &wanted)?;
        (of_employee(call, &flows, &employee)?, Some(employee))
    } else {
        (in_slots(call, &flows, wanted.slots)?, None)
    };
    let tasks: Vec<Task> = flows
        .iter()
        .zip(approvers)
        .map(|(flow, approver)| ensure_due(approver).map(|()| task(flow, approver)))
        .collect::<Result<_, _>>()?;

    // Open slots take those of the company, or the candidate the link is for.
    let (name, mobile) = candidate.map(|one| (one.name, one.mobile)).unzip();
    let terms = Terms {
        batch_refusal: wanted.batch_refusal && group.is_none(),
        all_or_none: wanted.all_or_none,
        preset: Preset { name, mobile, organization: wanted.company, ..Preset::default() },
        ..Terms::default()
    };
    let expires_at = call.now.plus(7 * DAY);
    let opens = Opens::Batch(Batch { tasks, group, door: Door::Console });
    let link = call.world.add_link_on(terms, opens, expires_at, None);
    Ok(Made { url: call.urls.embedded_signing(&link, call.caller.console()), expires_at: expires_at.seconds() })
}

/// The contracts named one by one, whoever launched them, or those of a group.
fn whose(call: &Call<'_>, wanted: &Wanted<'_>) -> Result<(Option<FlowGroupId>, Vec<Arc<Flow>>), Refusal> {
    if let (true, Some(group)) = (wanted.flows.is_empty(), wanted.group) {
        let group = call.own_group(group)?;
        return Ok((Some(group.id.clone()), flows_of(call, &group)));
    }
    if wanted.flows.is_empty() {
        return Err(Refusal::FlowIdMissing);
    }
    let flows = wanted.flows.iter().map(|id| call.reachable_flow(id)).collect::<Result<_, _>>()?;
    Ok((None, flows))
}

/// By their id, else by name and mobile number (`api CreateOrganizationBatchSignUrl`).
fn employee(call: &Call<'_>, wanted: &Wanted<'_>) -> Result<Person, Refusal> {
    if let Some(user) = &wanted.user {
        let employee = call.world.directory.employee(user.as_str());
        let own = employee.filter(|one| &one.organization == call.caller.organization());
        return own.map(Person::of).ok_or_else(|| Refusal::OperatorUnknown { user: user.to_string() });
    }
    let name = wanted.name.ok_or(Refusal::ParameterMissing { field: "Name" })?;
    let mobile = wanted.mobile.ok_or(Refusal::ParameterMissing { field: "Mobile" })?;
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
