//! `CreateReleaseFlow` launches an agreement that releases a contract everybody has signed.

use std::sync::Arc;

use ess_schemas::ess::{CreateReleaseFlowRequest, CreateReleaseFlowResponse, ReleasedApprover, RelieveInfo};

use crate::actions::ess::dialect::{given, moment};
use crate::actions::releasing::{self, Wanted};
use crate::domain::file::Content;
use crate::domain::refusal::Refusal;
use crate::domain::release::Replacement;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::rendering::agreement::Terms;

/// Writes the agreement before the world is opened.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut CreateReleaseFlowRequest) -> Option<Arc<Content>> {
    let (original, terms) = (&request.need_relieved_flow_id, terms(&request.relive_info));
    releasing::prepare(account, edge, original, &terms, |_| replacements(request))
}

/// See the module's comment.
///
/// # Errors
/// As [`releasing::release`].
pub fn create_release_flow(
    call: &mut Call<'_>,
    request: CreateReleaseFlowRequest,
    document: Option<Arc<Content>>,
) -> Result<CreateReleaseFlowResponse, Refusal> {
    let wanted = Wanted {
        name: given(&request.flow_name).cloned(),
        user_data: request.user_data.clone().unwrap_or_default(),
        deadline: moment(request.deadline),
    };
    let original = &request.need_relieved_flow_id;
    let id = releasing::release(call, original, wanted, document, |_| replacements(&request))?;
    Ok(CreateReleaseFlowResponse { flow_id: id.to_string() })
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
        manner: releasing::manner(wanted.approver_type.as_deref()),
        component: given(&wanted.approver_sign_component_type).cloned(),
        role: given(&wanted.approver_sign_role).cloned(),
        seal: given(&wanted.approver_sign_seal_id).map(|id| id.as_str().into()),
    })
}
