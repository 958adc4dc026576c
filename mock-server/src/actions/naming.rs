//! Naming the signers of slots that were left open, for both services: one of several candidates of a company, or the one signer
//! of a dynamic slot.
//!
//! A contract is named once for all or by each item, which then counts (`api CreateFlowApprovers`). A dynamic slot that is
//! taken fails alone; everything else refuses the whole call, and nothing has changed then (`ex CreateFlowApprovers` shows one
//! of each). No SMS goes out, but to candidates for whom one is asked for.

use crate::domain::approver::Slot;
use crate::domain::event::Happening;
use crate::domain::flow::Flow;
use crate::domain::group::FlowGroup;
use crate::domain::ids::{FlowId, RecipientId};
use crate::domain::launch::NamedLater;
use crate::domain::notice::{Channel, Occasion, told_of_task};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// What is asked for.
pub(super) struct Wanted<'a> {
    /// The contract of all items that name none.
    pub(super) flow: Option<&'a String>,
    /// The group their contracts must be of.
    pub(super) group: Option<&'a String>,
    /// Whether the slots are dynamic ones.
    pub(super) dynamic: bool,
    pub(super) items: Vec<Item<'a>>,
}

/// A slot, and who is named for it.
pub(super) struct Item<'a> {
    pub(super) flow: Option<&'a String>,
    pub(super) recipient: &'a str,
    pub(super) who: NamedLater,
    /// Whether a candidate hears of it.
    pub(super) sms: bool,
}

/// A slot somebody was named for before.
pub(super) struct Taken {
    pub(super) recipient: String,
    /// The contract, where the item itself named it (`ex CreateFlowApprovers`).
    pub(super) flow: Option<String>,
    pub(super) refusal: Refusal,
}

/// Names them.
///
/// # Errors
/// No such contract or slot of the caller's, a slot of the other kind, or a signer who cannot be.
pub(super) fn name_signers(call: &mut Call<'_>, wanted: Wanted<'_>) -> Result<Vec<Taken>, Refusal> {
    let group = wanted.group.map(|id| call.own_group(id)).transpose()?;
    if wanted.items.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Approvers" });
    }
    // Rules work on copies, so that a refusal of the last item leaves no trace of the first.
    let mut changed: Vec<Flow> = Vec::new();
    let (mut taken, mut told) = (Vec::new(), Vec::new());
    for item in &wanted.items {
        let id = item.flow.or(wanted.flow).ok_or(Refusal::ParameterMissing { field: "FlowId" })?;
        let flow = among(&mut changed, call, group.as_deref(), id)?;
        match name(call, flow, item, wanted.dynamic) {
            Ok(()) if item.sms && !wanted.dynamic => told.push((flow.id.clone(), item)),
            Ok(()) => (),
            Err(refusal @ Refusal::SlotTaken { .. }) if wanted.dynamic => {
                taken.push(Taken { recipient: item.recipient.to_owned(), flow: item.flow.cloned(), refusal });
            }
            Err(refusal) => return Err(refusal),
        }
    }
    for flow in changed {
        let id = flow.id.clone();
        call.change_flow(&id, |before| {
            *before = flow;
            Ok(vec![Happening::Revised])
        })?;
    }
    for (flow, item) in told {
        invite(call, &flow, item);
    }
    Ok(taken)
}

/// The copy of this contract that is worked on.
fn among<'f>(
    changed: &'f mut Vec<Flow>,
    call: &Call<'_>,
    group: Option<&FlowGroup>,
    id: &str,
) -> Result<&'f mut Flow, Refusal> {
    if group.is_some_and(|group| !group.flows.iter().any(|one| one.as_str() == id)) {
        return Err(Refusal::FlowUnknown { flow: id.to_owned() });
    }
    let place = match changed.iter().position(|flow| flow.id.as_str() == id) {
        Some(place) => place,
        None => {
            changed.push((*call.own_flow(id)?).clone());
            changed.len() - 1
        }
    };
    Ok(&mut changed[place])
}

fn name(call: &Call<'_>, flow: &mut Flow, item: &Item<'_>, dynamic: bool) -> Result<(), Refusal> {
    let recipient = RecipientId::from(item.recipient);
    flow.ensure_running()?;
    if let Some(slot) = flow.approver(recipient.as_str()) {
        match (&slot.slot, dynamic) {
            (Slot::Named, _) => return Err(Refusal::SlotTaken { approver: recipient.to_string() }),
            (Slot::Open, true) if !slot.is_vacant() => {
                return Err(Refusal::SlotTaken { approver: recipient.to_string() });
            }
            (Slot::Open, true) | (Slot::OneOf(_), false) => (),
            (Slot::Open, false) | (Slot::OneOf(_), true) => {
                let detail = "is not how this slot is filled".to_owned();
                return Err(Refusal::ParameterInvalid { field: "FillApproverType", detail });
            }
        }
    }
    let (party, person) = item.who.clone().find(flow, &recipient, &call.world.directory)?;
    flow.name_for(&recipient, party, person, call.now)?;
    Ok(())
}

fn invite(call: &mut Call<'_>, flow: &FlowId, item: &Item<'_>) {
    let Some(flow) = call.world.flows.get(flow.as_str()).cloned() else { return };
    let Some(mobile) = &item.who.mobile else { return };
    let told = told_of_task(&flow, &item.recipient.into(), Occasion::Turn, (Channel::Sms, mobile));
    call.world.announce(told, call.now);
}
