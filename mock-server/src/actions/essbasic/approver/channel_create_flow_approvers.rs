//! `ChannelCreateFlowApprovers` names the signers of dynamic slots, the only kind there is here ([`crate::actions::naming`]).

use ess_schemas::essbasic::{
    ChannelCreateFlowApproversRequest, ChannelCreateFlowApproversResponse, FillApproverInfo, FillError,
};

use crate::actions::essbasic::dialect::{OpenIds, given, named_later};
use crate::actions::naming::{Item, Taken, Wanted, name_signers};
use crate::actions::said;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract or slot of the customer's, or a signer who cannot be; ids that nobody has.
pub fn channel_create_flow_approvers(
    call: &mut Call<'_>,
    request: ChannelCreateFlowApproversRequest,
) -> Result<ChannelCreateFlowApproversResponse, Refusal> {
    let ids = OpenIds::of(call)?;
    let wanted = Wanted {
        flow: given(&request.flow_id),
        group: given(&request.flow_group_id),
        dynamic: true,
        items: request.approvers.iter().map(|one| item(one, ids)).collect::<Result<_, _>>()?,
    };
    let taken = name_signers(call, wanted)?;
    let fill_error = (!taken.is_empty()).then(|| taken.into_iter().map(fill_error).collect());
    Ok(ChannelCreateFlowApproversResponse { fill_error })
}

fn item<'a>(info: &'a FillApproverInfo, ids: OpenIds<'_>) -> Result<Item<'a>, Refusal> {
    let who = named_later(info, ids)?;
    Ok(Item { flow: given(&info.flow_id), recipient: &info.recipient_id, who, sms: false })
}

fn fill_error(taken: Taken) -> FillError {
    FillError {
        recipient_id: Some(taken.recipient),
        err_message: Some(said::<ChannelCreateFlowApproversRequest>(&taken.refusal)),
        flow_id: taken.flow,
    }
}
