//! `ChannelUpdateSealStatus` switches a seal off; `DISABLE` is all it takes (`api ChannelUpdateSealStatus`). `Reason` is taken and
//! shown nowhere.

use ess_schemas::essbasic::{ChannelUpdateSealStatusRequest, ChannelUpdateSealStatusResponse};

use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such seal, it is not in use, or the operator may not switch it.
pub fn channel_update_seal_status(
    call: &mut Call<'_>,
    request: ChannelUpdateSealStatusRequest,
) -> Result<ChannelUpdateSealStatusResponse, Refusal> {
    if request.seal_id.is_empty() {
        return Err(Refusal::SealIdEmpty);
    }
    if request.status.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Status" });
    }
    call.caller.with_right(Right::SwitchSeal)?;
    let (company, hand) = (call.caller.organization().clone(), call.caller.actor()?.into());
    let when = (call.now, &mut *call.outbox);
    call.world.change_seal(&company, &request.seal_id, Some(hand), when, |seal| Ok(vec![seal.disable()?]))?;
    Ok(ChannelUpdateSealStatusResponse { seal_operator_verify_path: None, seal_operator_verify_qrcode_url: None })
}
