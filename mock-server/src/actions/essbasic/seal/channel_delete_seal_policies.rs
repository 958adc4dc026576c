//! `ChannelDeleteSealPolicies` takes a seal back from employees, all or none (ASSUMED: one who has no grant of it is not found).

use ess_schemas::essbasic::{ChannelDeleteSealPoliciesRequest, ChannelDeleteSealPoliciesResponse};

use super::grantees;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::engine::call::Call;
use crate::engine::granting::Moment;

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
    let company = call.caller.organization().clone();
    let moment = Moment { hand: call.caller.actor()?.into(), now: call.now, outbox: call.outbox };
    call.world.revoke_seal(&company, &request.seal_id, Some(&users), moment)?;
    Ok(ChannelDeleteSealPoliciesResponse {})
}
