//! `CreateFlowApprovers` names the signers of slots that were left open: one of several candidates of a company
//! (`FillApproverType` 0), or the one signer of a dynamic slot (1).
//!
//! A contract is named once for all or by each item, which then counts (`api CreateFlowApprovers`). A dynamic slot that is
//! taken fails alone and is told in `FillError`; everything else refuses the whole call, and nothing has changed then
//! (`ex CreateFlowApprovers` shows one of each). No SMS goes out, but to candidates for whom one is asked for.

use ess_schemas::ess::{CreateFlowApproversRequest, CreateFlowApproversResponse, FillApproverInfo, FillError};

use crate::actions::ess::dialect::{card, given};
use crate::actions::said;
use crate::domain::approver::Slot;
use crate::domain::event::Happening;
use crate::domain::flow::Flow;
use crate::domain::ids::{FlowId, RecipientId};
use crate::domain::launch::NamedLater;
use crate::domain::notice::{Channel, Occasion, told_of_task};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract or slot of the caller's, a slot of the other kind, or a signer who cannot be.
pub fn create_flow_approvers(
    call: &mut Call<'_>,
    request: CreateFlowApproversRequest,
) -> Result<CreateFlowApproversResponse, Refusal> {
    let dynamic = request.fill_approver_type == Some(1);
    let group = match given(&request.flow_group_id) {
        Some(id) => Some(call.own_group(id)?),
        None => None,
    };
    if request.approvers.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Approvers" });
    }
    // Rules work on copies, so that a refusal of the last item leaves no trace of the first.
    let mut changed: Vec<Flow> = Vec::new();
    let (mut failed, mut told) = (Vec::new(), Vec::new());
    for item in &request.approvers {
        let id = given(&item.flow_id).or(given(&request.flow_id));
        let id = id.ok_or(Refusal::ParameterMissing { field: "FlowId" })?;
        if group.as_ref().is_some_and(|group| !group.flows.iter().any(|one| one.as_str() == id)) {
            return Err(Refusal::FlowUnknown { flow: id.clone() });
        }
        let place = match changed.iter().position(|flow| flow.id.as_str() == id) {
            Some(place) => place,
            None => {
                changed.push((*call.own_flow(id)?).clone());
                changed.len() - 1
            }
        };
        match name(call, &mut changed[place], item, dynamic) {
            Ok(()) if wants_sms(item, dynamic) => {
                told.push((changed[place].id.clone(), RecipientId::from(item.recipient_id.as_str()), item));
            }
            Ok(()) => (),
            Err(taken @ Refusal::SlotTaken { .. }) if dynamic => failed.push(fill_error(item, &taken)),
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
    for (flow, recipient, item) in told {
        invite(call, &flow, &recipient, item);
    }
    Ok(CreateFlowApproversResponse { fill_error: (!failed.is_empty()).then_some(failed) })
}

fn name(call: &Call<'_>, flow: &mut Flow, item: &FillApproverInfo, dynamic: bool) -> Result<(), Refusal> {
    let recipient = RecipientId::from(item.recipient_id.as_str());
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
    let wanted = NamedLater {
        custom_user: given(&item.custom_user_id).cloned(),
        name: given(&item.approver_name).cloned(),
        mobile: given(&item.approver_mobile).cloned(),
        card: card(item.approver_id_card_type.as_deref(), item.approver_id_card_number.as_ref()),
        organization_name: given(&item.organization_name).cloned(),
    };
    let (party, person) = wanted.find(flow, &recipient, &call.world.directory)?;
    flow.name_for(&recipient, party, person, call.now)?;
    Ok(())
}

/// The contract is named again where the item named it (`ex CreateFlowApprovers`).
fn fill_error(item: &FillApproverInfo, refusal: &Refusal) -> FillError {
    FillError {
        recipient_id: Some(item.recipient_id.clone()),
        err_message: Some(said::<CreateFlowApproversRequest>(refusal)),
        flow_id: given(&item.flow_id).cloned(),
    }
}

/// Candidates hear of it when the caller asks for that (`api FillApproverInfo.NotifyType`).
fn wants_sms(item: &FillApproverInfo, dynamic: bool) -> bool {
    !dynamic && item.notify_type.as_deref() == Some("SMS")
}

fn invite(call: &mut Call<'_>, flow: &FlowId, recipient: &RecipientId, item: &FillApproverInfo) {
    let Some(flow) = call.world.flows.get(flow.as_str()).cloned() else { return };
    let Some(mobile) = given(&item.approver_mobile) else { return };
    let told = told_of_task(&flow, recipient, Occasion::Turn, (Channel::Sms, mobile));
    call.world.announce(told, call.now);
}
