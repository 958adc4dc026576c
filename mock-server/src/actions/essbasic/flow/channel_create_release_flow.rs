//! `ChannelCreateReleaseFlow` launches an agreement that releases a contract everybody has signed, as `CreateReleaseFlow` does;
//! signers of the original are meant by their place (`ApproverNumber`), or by their slot.

use std::sync::Arc;

use ess_schemas::essbasic::{
    ChannelCreateReleaseFlowRequest, ChannelCreateReleaseFlowResponse, ReleasedApprover, RelieveInfo,
};

use crate::actions::essbasic::dialect::{OpenIds, given, moment};
use crate::actions::releasing::{self, Wanted};
use crate::domain::file::Content;
use crate::domain::flow::Flow;
use crate::domain::ids::RecipientId;
use crate::domain::refusal::Refusal;
use crate::domain::release::Replacement;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::rendering::agreement::Terms;

/// Writes the agreement before the world is opened: what it calls whom, not who signs.
pub fn prepare(
    account: &Arc<Account>,
    edge: EdgeTime,
    request: &mut ChannelCreateReleaseFlowRequest,
) -> Option<Arc<Content>> {
    let (original, terms) = (&request.need_relieved_flow_id, terms(&request.relive_info));
    let wanted = || request.released_approvers.iter().flatten();
    let named = |flow: &Flow| wanted().map(|one| replacement(one, flow, None)).collect();
    releasing::prepare(account, edge, original, &terms, named)
}

/// See the module's comment.
///
/// # Errors
/// As [`releasing::release`], or an OpenId that nobody has.
pub fn channel_create_release_flow(
    call: &mut Call<'_>,
    request: ChannelCreateReleaseFlowRequest,
    document: Option<Arc<Content>>,
) -> Result<ChannelCreateReleaseFlowResponse, Refusal> {
    let people = request.released_approvers.iter().flatten().map(|one| person(call, one));
    let people = people.collect::<Result<Vec<_>, _>>()?;
    let replacements = |flow: &Flow| {
        let wanted = request.released_approvers.iter().flatten().zip(people);
        wanted.map(|(one, person)| replacement(one, flow, Some(person))).collect()
    };
    let wanted = Wanted {
        name: given(&request.flow_name).cloned(),
        user_data: request.user_data.clone().unwrap_or_default(),
        deadline: moment(request.deadline),
    };
    let id = releasing::release(call, &request.need_relieved_flow_id, wanted, document, replacements)?;
    Ok(ChannelCreateReleaseFlowResponse { flow_id: id.to_string() })
}

fn terms(info: &RelieveInfo) -> Terms {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Terms {
        reason: info.reason.clone(),
        remains: text(&info.remain_in_force_item),
        expenses: text(&info.original_expense_settlement),
        other_settlement: text(&info.original_other_settlement),
        other_deals: text(&info.other_deals),
    }
}

/// Name and mobile number of who signs instead. Data of an employee the platform names win, as at a launch; without any, it is
/// whoever the platform describes, known or not (`ex ChannelCreateReleaseFlow`).
fn person(call: &Call<'_>, wanted: &ReleasedApprover) -> Result<(String, String), Refusal> {
    let in_words = given(&wanted.name).zip(given(&wanted.mobile)).map(|(name, mobile)| (name.clone(), mobile.clone()));
    match given(&wanted.open_id) {
        None => Ok(in_words.unwrap_or_default()),
        Some(id) => match OpenIds::of(call)?.employee(id) {
            Some(employee) => Ok((employee.name.clone(), employee.mobile.clone())),
            None => in_words.ok_or_else(|| Refusal::OperatorUnknown { user: id.clone() }),
        },
    }
}

fn replacement(
    wanted: &ReleasedApprover,
    original: &Flow,
    person: Option<(String, String)>,
) -> Result<Replacement, Refusal> {
    let (name, mobile) = person.unwrap_or_default();
    Ok(Replacement {
        recipient: slot(wanted, original)?,
        name,
        mobile,
        manner: releasing::manner(Some(&wanted.approver_type)),
        component: given(&wanted.approver_sign_component_type).cloned(),
        role: given(&wanted.approver_sign_role).cloned(),
        seal: given(&wanted.approver_sign_seal_id).map(|id| id.as_str().into()),
    })
}

/// Places are counted from 0 (`api ReleasedApprover.ApproverNumber`).
fn slot(wanted: &ReleasedApprover, original: &Flow) -> Result<RecipientId, Refusal> {
    if let Some(slot) = given(&wanted.released_approver_recipient_id) {
        return Ok(slot.as_str().into());
    }
    let place = usize::try_from(wanted.approver_number).ok();
    let found = place.and_then(|place| original.approvers.get(place));
    let unknown = || Refusal::ApproverUnknown { approver: wanted.approver_number.to_string() };
    found.map(|one| one.recipient.clone()).ok_or_else(unknown)
}
