//! `ChannelCreateSealPolicy` lets employees use a seal, for good. Those who may already are left out of the answer, which names
//! people as the call did (`api ChannelCreateSealPolicy`).
//!
//! Whether the people exist is asked before the seal (`ex ChannelCreateSealPolicy` shows both refusals without a seal).

use ess_schemas::essbasic::{ChannelCreateSealPolicyRequest, ChannelCreateSealPolicyResponse};

use super::grantees;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::domain::seal::{Grant, SealChange};
use crate::engine::call::Call;
use crate::engine::ids::Kind;

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
    let (company, hand) = (call.caller.organization().clone(), call.caller.actor()?.into());
    let mut granted = Vec::new();
    let everybody = call.world.grantees(&users);
    let mut ids = call.world.ids.clone();
    let wanted = users.iter().map(|user| Grant::forever(ids.next(Kind::Task), user.clone())).collect();
    let now = call.now;
    call.world.change_seal(&company, &request.seal_id, Some(hand), (now, call.outbox), |seal| {
        granted = seal.grant(wanted, now)?;
        let told: Vec<_> = everybody.into_iter().filter(|one| granted.contains(&one.user)).collect();
        Ok(if told.is_empty() { Vec::new() } else { vec![SealChange::Granted(told)] })
    })?;
    call.world.ids = ids;
    let named = request.user_ids.into_iter().zip(users).filter(|(_, user)| granted.contains(user));
    Ok(ChannelCreateSealPolicyResponse {
        user_ids: named.map(|(name, _)| name).collect(),
        seal_operator_verify_path: None,
        seal_operator_verify_qrcode_url: None,
    })
}
