//! `DeleteSealPolicies` takes seals back: single grants by their ids, or one seal from the employees named, from everybody when
//! nobody is (`api DeleteSealPolicies`). All or none (ASSUMED: what nobody was given is not found).
//!
//! The action publishes no code for an operator who may not, who is refused all the same (ASSUMED, as in `essbasic`).

use ess_schemas::ess::{DeleteSealPoliciesRequest, DeleteSealPoliciesResponse};

use super::grantees;
use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::engine::call::Call;
use crate::engine::granting::Moment;

/// See the module's comment.
///
/// # Errors
/// Neither grants nor a seal are named, there is no such grant or seal, somebody was not given it, or the operator may not take
/// it back.
pub fn delete_seal_policies(
    call: &mut Call<'_>,
    request: DeleteSealPoliciesRequest,
) -> Result<DeleteSealPoliciesResponse, Refusal> {
    let policies = request.policy_ids.unwrap_or_default();
    let seal = given(&request.seal_id);
    if policies.is_empty() && seal.is_none() {
        return Err(Refusal::ParameterMissing { field: "SealId" });
    }
    let names = request.user_ids.unwrap_or_default();
    let users = grantees::named(call, names.iter())?;
    call.caller.with_right(Right::GrantSeal)?;
    let company = call.caller.organization().clone();
    let moment = Moment { hand: call.caller.actor()?.into(), now: call.now, outbox: call.outbox };
    match seal {
        Some(seal) if policies.is_empty() => {
            let users = (!users.is_empty()).then_some(users.as_slice());
            call.world.revoke_seal(&company, seal, users, moment)?;
        }
        Some(_) | None => call.world.revoke_policies(&company, seal, &policies, moment)?,
    }
    Ok(DeleteSealPoliciesResponse {})
}
