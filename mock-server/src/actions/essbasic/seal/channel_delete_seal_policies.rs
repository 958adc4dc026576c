//! `ChannelDeleteSealPolicies` takes a seal back from employees, all or none (ASSUMED: one who has no grant of it is not found).

use ess_schemas::essbasic::{ChannelDeleteSealPoliciesRequest, ChannelDeleteSealPoliciesResponse};

use super::grantees;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::domain::seal::SealChange;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody of that name works there, no such seal, somebody has no grant of it, or the operator may not take it back.
pub fn channel_delete_seal_policies(
    call: &mut Call<'_>,
    request: ChannelDeleteSealPoliciesRequest,
) -> Result<ChannelDeleteSealPoliciesResponse, Refusal> {
    let users = grantees::named(call, &request.user_ids)?;
    if request.seal_id.is_empty() {
        return Err(Refusal::SealIdEmpty);
    }
    call.caller.with_right(Right::GrantSeal)?;
    let (company, hand) = (call.caller.organization().clone(), call.caller.actor()?.into());
    let (told, now) = (call.world.grantees(&users), call.now);
    call.world.change_seal(&company, &request.seal_id, Some(hand), (now, call.outbox), |seal| {
        seal.revoke(&users, now)?;
        Ok(if told.is_empty() { Vec::new() } else { vec![SealChange::Revoked(told)] })
    })?;
    Ok(ChannelDeleteSealPoliciesResponse {})
}
