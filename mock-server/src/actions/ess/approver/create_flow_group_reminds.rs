//! `CreateFlowGroupReminds` reminds by SMS whoever is due to sign or fill in contracts of a group.
//!
//! One record per person, for all their contracts of the group, with what came of each (`ex CreateFlowGroupReminds`). Names
//! and numbers are masked there: all of a name but its first character, the middle of a number.

use std::sync::Arc;

use ess_schemas::ess::{
    CreateFlowGroupRemindsRequest, CreateFlowGroupRemindsResponse, RemindFlowGroupDetail, RemindFlowGroupRecord,
};

use crate::actions::said;
use crate::domain::approver::Approver;
use crate::domain::flow::Flow;
use crate::domain::life::changing::REMINDERS;
use crate::domain::notice::{Channel, Occasion, told_of_task};
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such group of the caller's, or the company has no reminders.
pub fn create_flow_group_reminds(
    call: &mut Call<'_>,
    request: CreateFlowGroupRemindsRequest,
) -> Result<CreateFlowGroupRemindsResponse, Refusal> {
    call.caller.organization.ensure_has(Feature::Reminders)?;
    let group = call.own_group(&request.flow_group_id)?;
    let flows: Vec<_> = group.flows.iter().filter_map(|id| call.world.flows.get(id.as_str()).cloned()).collect();
    let mut people: Vec<(Approver, Vec<Task>)> = Vec::new();
    for flow in &flows {
        for (order, approver) in flow.approvers.iter().enumerate().filter(|(_, one)| !one.kind.is_machine()) {
            let task = Task { flow: flow.clone(), order, approver: approver.clone() };
            match people.iter_mut().find(|(one, _)| is_same(one, approver)) {
                Some((_, tasks)) => tasks.push(task),
                None => people.push((approver.clone(), vec![task])),
            }
        }
    }
    let records = people.into_iter().map(|(approver, tasks)| record(call, &approver, tasks)).collect();
    Ok(CreateFlowGroupRemindsResponse { remind_flow_group_records: records })
}

/// What one person has to do in one contract.
struct Task {
    flow: Arc<Flow>,
    order: usize,
    approver: Approver,
}

fn is_same(one: &Approver, other: &Approver) -> bool {
    one.kind == other.kind && one.organization == other.organization && one.person == other.person
}

fn record(call: &mut Call<'_>, approver: &Approver, tasks: Vec<Task>) -> RemindFlowGroupRecord {
    let mut told = false;
    let mut messages = Vec::with_capacity(tasks.len());
    for task in &tasks {
        let done = if approver.notify.by_sms() {
            call.change_flow(&task.flow.id, |flow| flow.remind(&task.approver.recipient, REMINDERS))
        } else {
            Err(Refusal::ApproverNotWaiting { approver: task.approver.recipient.to_string() })
        };
        if done.is_ok() && !told {
            told = true;
            let way = (Channel::Sms, approver.person.mobile.as_str());
            let reminder = told_of_task(&task.flow, &task.approver.recipient, Occasion::Reminder, way);
            call.world.announce(reminder, call.now);
        }
        messages.push(message(task, done));
    }
    RemindFlowGroupRecord {
        flow_ids: Some(tasks.iter().map(|task| task.flow.id.to_string()).collect()),
        flow_names: Some(tasks.iter().map(|task| task.flow.name.clone()).collect()),
        approver_name: Some(masked_name(&approver.person.name)),
        mobile: Some(masked_mobile(&approver.person.mobile)),
        remind_message_list: Some(messages),
    }
}

/// 0: reminded, 2: not needed, 5: too often (`api RemindFlowGroupDetail`).
fn message(task: &Task, done: Result<(), Refusal>) -> RemindFlowGroupDetail {
    let (status, reason) = match done {
        Ok(()) => (0, "催办成功（短信）".to_owned()),
        Err(refusal @ Refusal::RemindedTooOften { .. }) => (5, said::<CreateFlowGroupRemindsRequest>(&refusal)),
        Err(refusal) => (2, said::<CreateFlowGroupRemindsRequest>(&refusal)),
    };
    RemindFlowGroupDetail {
        approver_order: i64::try_from(task.order).ok(),
        sign_id: Some(task.approver.sign.to_string()),
        status: Some(status),
        reason: Some(reason),
    }
}

fn masked_name(name: &str) -> String {
    name.chars().enumerate().map(|(place, letter)| if place == 0 { letter } else { '*' }).collect()
}

fn masked_mobile(mobile: &str) -> String {
    match (mobile.get(..3), mobile.len().checked_sub(4).and_then(|tail| mobile.get(tail..))) {
        (Some(head), Some(tail)) if mobile.len() > 7 => format!("{head}****{tail}"),
        _ => "*".repeat(mobile.chars().count()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_masked() {
        assert_eq!((masked_name("叶小明").as_str(), masked_name("").as_str()), ("叶**", ""));
        assert_eq!((masked_mobile("13900001234").as_str(), masked_mobile("1390").as_str()), ("139****1234", "****"));
    }
}
