//! `ChannelCreateSealPolicy` lets employees use a seal, for good. Those who may already are left out of the answer, which names
//! people as the call did (`api ChannelCreateSealPolicy`).
//!
//! Whether the people exist is asked before the seal (`ex ChannelCreateSealPolicy` shows both refusals without a seal).

use ess_schemas::essbasic::{ChannelCreateSealPolicyRequest, ChannelCreateSealPolicyResponse};

use super::grantees;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::domain::seal::Terms;
use crate::engine::call::Call;
use crate::engine::granting::Moment;

/// See the module's comment.
///
/// # Errors
/// Nobody of that name works there, no such seal, it is not in use, or the operator may not give it.
pub fn channel_create_seal_policy(
    call: &mut Call<'_>,
    request: ChannelCreateSealPolicyRequest,
) -> Result<ChannelCreateSealPolicyResponse, Refusal> {
    let users = grantees::named(call, &request.user_ids)?;
    if request.seal_id.is_empty() {
        return Err(Refusal::SealIdEmpty);
    }
    call.caller.with_right(Right::GrantSeal)?;
    let company = call.caller.organization().clone();
    let moment = Moment { hand: call.caller.actor()?.into(), now: call.now, outbox: call.outbox };
    let granted = call.world.grant_seal(&company, &request.seal_id, &users, &Terms::forever(), moment)?;
    let named = request.user_ids.into_iter().zip(users).filter(|(_, user)| granted.contains(user));
    Ok(ChannelCreateSealPolicyResponse {
        user_ids: named.map(|(name, _)| name).collect(),
        seal_operator_verify_path: None,
        seal_operator_verify_qrcode_url: None,
    })
}
