//! `CreateFlowReminds` reminds whoever is due to sign, by SMS or mail, three times at most.
//!
//! One record per contract, in the order of the request (ASSUMED); a contract in which somebody could be reminded says
//! nothing more, one in which somebody could not says who (`ex CreateFlowReminds`). What has no record of its own there,
//! such as an unknown contract, gets one with the reason (ASSUMED), so that records and request line up.

use ess_schemas::ess::{CreateFlowRemindsRequest, CreateFlowRemindsResponse, RemindFlowRecords};

use crate::actions::said;
use crate::domain::approver::Approver;
use crate::domain::ids::{FlowId, RecipientId};
use crate::domain::notice::{Channel, Occasion, told_of_task};
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No contracts are named, or the company has no reminders.
pub fn create_flow_reminds(
    call: &mut Call<'_>,
    request: CreateFlowRemindsRequest,
) -> Result<CreateFlowRemindsResponse, Refusal> {
    call.caller.organization.ensure_has(Feature::Reminders)?;
    if request.flow_ids.is_empty() {
        return Err(Refusal::FlowIdEmpty);
    }
    let records = request.flow_ids.iter().map(|flow| record(call, &request, flow)).collect();
    Ok(CreateFlowRemindsResponse { remind_flow_records: records })
}

fn record(call: &mut Call<'_>, request: &CreateFlowRemindsRequest, flow: &str) -> RemindFlowRecords {
    let (mut reminded, mut reasons) = (0, Vec::new());
    match due(call, request, flow) {
        Ok(due) => {
            for (flow, reminder) in due {
                match call.change_flow(&flow, |flow| flow.remind(&reminder.recipient)) {
                    Ok(()) => {
                        reminded += 1;
                        send(call, &flow, &reminder);
                    }
                    Err(refusal) => reasons.push(said::<CreateFlowRemindsRequest>(&refusal)),
                }
            }
        }
        Err(refusal) => reasons.push(said::<CreateFlowRemindsRequest>(&refusal)),
    }
    RemindFlowRecords { can_remind: reminded > 0, flow_id: flow.to_owned(), remind_message: reasons.join("；") }
}

/// Who is reminded, and where.
struct Reminder {
    recipient: RecipientId,
    addresses: Vec<(Channel, String)>,
}

/// Whose turn it is to sign, and whom something reaches.
fn due(call: &Call<'_>, request: &CreateFlowRemindsRequest, flow: &str) -> Result<Vec<(FlowId, Reminder)>, Refusal> {
    let flow = call.own_flow(flow)?;
    flow.ensure_running()?;
    let reminders = flow.approvers.iter().filter(|one| one.is_due() && !one.kind.is_machine()).filter_map(|one| {
        let addresses = addresses(request, one);
        (!addresses.is_empty()).then(|| (flow.id.clone(), Reminder { recipient: one.recipient.clone(), addresses }))
    });
    let reminders: Vec<_> = reminders.collect();
    if reminders.is_empty() { Err(Refusal::NobodyToRemind { flow: flow.id.to_string() }) } else { Ok(reminders) }
}

/// In the ways the call asks for, or (ASSUMED) in the signer's own; never to who wanted to hear nothing.
fn addresses(request: &CreateFlowRemindsRequest, approver: &Approver) -> Vec<(Channel, String)> {
    let heard = approver.notify.by_sms() || approver.notify.by_email();
    let asked = request.remind_types.as_deref().unwrap_or_default();
    let by = |word: &str, own: bool| heard && if asked.is_empty() { own } else { asked.iter().any(|one| one == word) };
    let other = request.remind_email_infos.iter().flatten();
    let other = other.filter(|info| info.sign_id.as_deref() == Some(approver.sign.as_str()));
    let mail = other.filter_map(|info| info.approver_email.clone()).next().unwrap_or(approver.person.email.clone());
    let by_sms = by("SMS", approver.notify.by_sms()).then(|| (Channel::Sms, approver.person.mobile.clone()));
    let by_mail = by("EMAIL", approver.notify.by_email()).then_some((Channel::Email, mail));
    by_sms.into_iter().chain(by_mail).filter(|(_, address)| !address.is_empty()).collect()
}

fn send(call: &mut Call<'_>, flow: &FlowId, reminder: &Reminder) {
    let Some(flow) = call.world.flows.get(flow.as_str()).cloned() else { return };
    for (channel, address) in &reminder.addresses {
        let told = told_of_task(&flow, &reminder.recipient, Occasion::Reminder, (*channel, address));
        call.world.announce(told, call.now);
    }
}
