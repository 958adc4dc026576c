//! `CreateFlowApprovers` names the signers of slots that were left open: one of several candidates of a company
//! (`FillApproverType` 0), or the one signer of a dynamic slot (1), see [`crate::actions::naming`].

use ess_schemas::ess::{CreateFlowApproversRequest, CreateFlowApproversResponse, FillApproverInfo, FillError};

use crate::actions::ess::dialect::{card, given};
use crate::actions::naming::{Item, Taken, Wanted, name_signers};
use crate::actions::said;
use crate::domain::launch::NamedLater;
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
    let wanted = Wanted {
        flow: given(&request.flow_id),
        group: given(&request.flow_group_id),
        dynamic: request.fill_approver_type == Some(1),
        items: request.approvers.iter().map(item).collect(),
    };
    let taken = name_signers(call, wanted)?;
    let fill_error = (!taken.is_empty()).then(|| taken.into_iter().map(fill_error).collect());
    Ok(CreateFlowApproversResponse { fill_error })
}

fn item(info: &FillApproverInfo) -> Item<'_> {
    Item {
        flow: given(&info.flow_id),
        recipient: &info.recipient_id,
        who: NamedLater {
            custom_user: given(&info.custom_user_id).cloned(),
            name: given(&info.approver_name).cloned(),
            mobile: given(&info.approver_mobile).cloned(),
            card: card(info.approver_id_card_type.as_deref(), info.approver_id_card_number.as_ref()),
            organization_name: given(&info.organization_name).cloned(),
        },
        // Candidates hear of it when the caller asks for that (`api FillApproverInfo.NotifyType`).
        sms: info.notify_type.as_deref() == Some("SMS"),
    }
}

fn fill_error(taken: Taken) -> FillError {
    FillError {
        recipient_id: Some(taken.recipient),
        err_message: Some(said::<CreateFlowApproversRequest>(&taken.refusal)),
        flow_id: taken.flow,
    }
}
