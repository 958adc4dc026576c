//! `ChannelCreateFlowReminds` reminds whoever is due to sign, in their own ways, once for each contract
//! ([`crate::actions::reminding`]).
//!
//! One record per contract, in the order of the request, that says of each signer what came of it; who was reminded before
//! could be, too (`ex ChannelCreateFlowReminds`). A contract in which nobody could be says why (ASSUMED).

use ess_schemas::essbasic::{ChannelCreateFlowRemindsRequest, ChannelCreateFlowRemindsResponse, RemindFlowRecords};

use crate::actions::reminding::{Reminded, own_addresses, remind};
use crate::actions::said;
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// How often one signer may be reminded of a contract (`api ChannelCreateFlowReminds`).
const REMINDERS: u8 = 1;

/// See the module's comment.
///
/// # Errors
/// No contracts are named, or the customer has no reminders.
pub fn channel_create_flow_reminds(
    call: &mut Call<'_>,
    request: ChannelCreateFlowRemindsRequest,
) -> Result<ChannelCreateFlowRemindsResponse, Refusal> {
    call.caller.organization.ensure_has(Feature::Reminders)?;
    if request.flow_ids.is_empty() {
        return Err(Refusal::FlowIdEmpty);
    }
    let records = request.flow_ids.into_iter().map(|flow| record(call, flow)).collect();
    Ok(ChannelCreateFlowRemindsResponse { remind_flow_records: records })
}

fn record(call: &mut Call<'_>, flow_id: String) -> RemindFlowRecords {
    let (can_remind, remind_message) = match remind(call, &flow_id, REMINDERS, own_addresses) {
        Ok(reminded) => (true, reminded.iter().map(sentence).collect()),
        Err(refusal) => (false, said::<ChannelCreateFlowRemindsRequest>(&refusal)),
    };
    RemindFlowRecords { can_remind, flow_id, remind_message }
}

fn sentence(reminded: &Reminded) -> String {
    match &reminded.done {
        Ok(()) => format!("签署人 {}: 催办成功；", reminded.name),
        Err(refusal) => said::<ChannelCreateFlowRemindsRequest>(refusal),
    }
}
