//! `CreateReleaseFlow` launches an agreement that releases a contract everybody has signed.
//!
//! It is signed like any contract; when all have, both are released (21). Its document is a fixed one that this server
//! writes: the vendor's own template is no part of the API. It takes one contract from the quota, expires after seven days
//! unless asked for otherwise (`api CreateReleaseFlow`), and is launched at once (ASSUMED).

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use ess_schemas::ess::{CreateReleaseFlowRequest, CreateReleaseFlowResponse, ReleasedApprover, RelieveInfo};

use crate::actions::ess::dialect::given;
use crate::documents::inspect;
use crate::domain::file::Content;
use crate::domain::flow::Flow;
use crate::domain::launch::NewFlow;
use crate::domain::refusal::Refusal;
use crate::domain::release::{Manner, Replacement, labels, signers};
use crate::domain::time::{DAY, Timestamp};
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::rendering::agreement::{Terms, agreement};

/// How long it may take to agree (`api CreateReleaseFlow`).
const LIFETIME: Duration = Duration::from_secs(7 * DAY.as_secs());

/// Writes the agreement before the world is opened; nothing, when there is no such contract.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut CreateReleaseFlowRequest) -> Option<Arc<Content>> {
    let id = request.need_relieved_flow_id.as_str();
    let original = account.enter(edge, |world, _, _| world.flows.get(id).cloned())?;
    let replacements = replacements(request).ok()?;
    let parties = labels(&original, &replacements);
    let pdf = agreement(&original, &terms(&request.relive_info), &parties, &account.fonts).ok()?;
    let pages = inspect(&pdf).ok()?.pages;
    Some(Arc::new(Content::new(Bytes::from(pdf), Some(pages))))
}

/// See the module's comment.
///
/// # Errors
/// No such contract, one the caller's company takes no part in, no right to, it cannot be released, a signer who cannot be,
/// or the quota is used up.
pub fn create_release_flow(
    call: &mut Call<'_>,
    request: CreateReleaseFlowRequest,
    document: Option<Arc<Content>>,
) -> Result<CreateReleaseFlowResponse, Refusal> {
    let original = call.flow(&request.need_relieved_flow_id)?;
    if !original.involves(call.caller.organization()) {
        return Err(Refusal::FlowOfAnotherOrganization { flow: request.need_relieved_flow_id });
    }
    call.caller.permitted(|operator| operator.may_release(&original))?;
    original.ensure_releasable()?;
    let replacements = replacements(&request)?;
    let by_pin = replacements.iter().any(|one| one.manner == Manner::Pin);
    if by_pin && given(&request.flow_name).is_none() {
        return Err(Refusal::ParameterMissing { field: "FlowName" });
    }
    let approvers = signers(&original, &replacements, call.caller.organization(), &call.world.directory)?;
    let deadline = request.deadline.filter(|deadline| *deadline != 0).map(Timestamp::from_seconds);
    let new = NewFlow {
        name: given(&request.flow_name).cloned().unwrap_or_else(|| name(&original)),
        user_data: request.user_data.unwrap_or_default(),
        deadline: Some(deadline.unwrap_or_else(|| call.now.plus(LIFETIME))),
        unordered: original.unordered,
        content: Some(document.ok_or(Refusal::DocumentNotComposed)?),
        approvers,
        ..NewFlow::default()
    };
    call.ensure_contracts_left(1)?;
    let mut ids = call.world.ids.clone();
    let mut flow = call.draft(new, &mut ids)?;
    flow.releases = Some(original.id.clone());
    let (id, now) = (flow.id.clone(), call.now);
    let happened = flow.start(now);
    call.world.ids = ids;
    call.add_flow(flow, happened)?;
    call.change_flow(&original.id, |original| original.promise_release(Some(&id), now))?;
    Ok(CreateReleaseFlowResponse { flow_id: id.to_string() })
}

/// After the original, as far as a name may be long (ASSUMED).
fn name(original: &Flow) -> String {
    const LONGEST: usize = 200;
    format!("解除协议-{}", original.name).chars().take(LONGEST).collect()
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

fn replacements(request: &CreateReleaseFlowRequest) -> Result<Vec<Replacement>, Refusal> {
    request.released_approvers.iter().flatten().map(replacement).collect()
}

/// The slot has two names: the current one, and a disabled one that all official examples still send
/// (`ex CreateReleaseFlow`).
fn replacement(wanted: &ReleasedApprover) -> Result<Replacement, Refusal> {
    let slot = given(&wanted.relieved_approver_recipient_id).or(given(&wanted.relieved_approver_receipt_id));
    let slot = slot.ok_or(Refusal::ParameterMissing { field: "RelievedApproverRecipientId" })?;
    Ok(Replacement {
        recipient: slot.as_str().into(),
        name: wanted.name.clone(),
        mobile: wanted.mobile.clone(),
        manner: match wanted.approver_type.as_deref() {
            Some("ENTERPRISESERVER") => Manner::Machine,
            Some("ORGANIZATION_PIN_CODE_SIGN") => Manner::Pin,
            _ => Manner::Employee,
        },
        component: given(&wanted.approver_sign_component_type).cloned(),
        role: given(&wanted.approver_sign_role).cloned(),
        seal: given(&wanted.approver_sign_seal_id).map(|id| id.as_str().into()),
    })
}
