//! Reminding whoever is due to sign, for both services.

use crate::domain::approver::Approver;
use crate::domain::ids::{FlowId, RecipientId};
use crate::domain::notice::{Channel, Occasion, told_of_task};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// By which ways somebody is reminded, and where.
pub(super) type Addresses = Vec<(Channel, String)>;

/// What came of reminding one signer.
pub(super) struct Reminded {
    /// Their name.
    pub(super) name: String,
    pub(super) done: Result<(), Refusal>,
}

/// Reminds everybody in this contract whose turn it is and whom something reaches, each `most` times at most.
///
/// # Errors
/// No such contract of the caller's, it does not run, or nobody is due whom something reaches.
pub(super) fn remind(
    call: &mut Call<'_>,
    flow: &str,
    most: u8,
    addresses: impl Fn(&Approver) -> Addresses,
) -> Result<Vec<Reminded>, Refusal> {
    let flow = call.own_flow(flow)?;
    flow.ensure_running()?;
    let due = flow.approvers.iter().filter(|one| one.is_due() && !one.kind.is_machine());
    let reached = due.map(|one| (one, addresses(one))).filter(|(_, addresses)| !addresses.is_empty());
    let reached: Vec<_> = reached.collect();
    if reached.is_empty() {
        return Err(Refusal::NobodyToRemind { flow: flow.id.to_string() });
    }
    let reminded = reached.into_iter().map(|(approver, addresses)| {
        let done = call.change_flow(&flow.id, |flow| flow.remind(&approver.recipient, most));
        if done.is_ok() {
            send(call, &flow.id, &approver.recipient, &addresses);
        }
        Reminded { name: approver.person.name.clone(), done }
    });
    Ok(reminded.collect())
}

/// The ways a signer hears of a contract at all; of those for which the sender knows an address.
pub(super) fn own_addresses(approver: &Approver) -> Addresses {
    let Approver { notify, person, .. } = approver;
    let by_sms = notify.by_sms().then(|| (Channel::Sms, person.mobile.clone()));
    let by_mail = notify.by_email().then(|| (Channel::Email, person.email.clone()));
    by_sms.into_iter().chain(by_mail).filter(|(_, address)| !address.is_empty()).collect()
}

fn send(call: &mut Call<'_>, flow: &FlowId, recipient: &RecipientId, addresses: &Addresses) {
    let Some(flow) = call.world.flows.get(flow.as_str()).cloned() else { return };
    for (channel, address) in addresses {
        let told = told_of_task(&flow, recipient, Occasion::Reminder, (*channel, address));
        call.world.announce(told, call.now);
    }
}
