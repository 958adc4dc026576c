//! `CreateFlowReminds` reminds whoever is due to sign, by SMS or mail, three times at most ([`crate::actions::reminding`]).
//!
//! One record per contract, in the order of the request (ASSUMED); a contract in which somebody could be reminded says
//! nothing more, one in which somebody could not says who (`ex CreateFlowReminds`). What has no record of its own there,
//! such as an unknown contract, gets one with the reason (ASSUMED), so that records and request line up.

use ess_schemas::ess::{CreateFlowRemindsRequest, CreateFlowRemindsResponse, RemindFlowRecords};

use crate::actions::reminding::{Addresses, remind};
use crate::actions::said;
use crate::domain::approver::Approver;
use crate::domain::life::changing::REMINDERS;
use crate::domain::notice::Channel;
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
    let (can_remind, refusals) = match remind(call, flow, REMINDERS, |one| addresses(request, one)) {
        Ok(reminded) => {
            let done = reminded.iter().any(|one| one.done.is_ok());
            (done, reminded.into_iter().filter_map(|one| one.done.err()).collect())
        }
        Err(refusal) => (false, vec![refusal]),
    };
    let reasons: Vec<String> = refusals.iter().map(said::<CreateFlowRemindsRequest>).collect();
    RemindFlowRecords { can_remind, flow_id: flow.to_owned(), remind_message: reasons.join("；") }
}

/// In the ways the call asks for, or (ASSUMED) in the signer's own; never to who wanted to hear nothing.
fn addresses(request: &CreateFlowRemindsRequest, approver: &Approver) -> Addresses {
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
