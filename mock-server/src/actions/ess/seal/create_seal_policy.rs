//! `CreateSealPolicy` lets employees use a seal: until `Expired`, 0 for good; for every contract, or for those named alone, or for
//! those of groups. Those who may already are left out of the answer, which names people as the call did (`api CreateSealPolicy`).
//!
//! `UserIds` names more people than `Users` (ASSUMED: `ex CreateSealPolicy` names the same in both). A contract is one the company
//! takes part in, a group one it launched. Whoever may use a seal for a contract may do so once.

use ess_schemas::ess::{CreateSealPolicyRequest, CreateSealPolicyResponse, SealPolicyAuthorizationFlows};

use super::grantees;
use crate::domain::ids::FlowId;
use crate::domain::refusal::Refusal;
use crate::domain::seal::{FOREVER, Terms};
use crate::domain::time::Timestamp;
use crate::engine::call::Call;
use crate::engine::granting::Moment;

/// See the module's comment.
///
/// # Errors
/// Nobody is named, or somebody who does not work there; no seal, or none of the company's, or one that is not in use; an end
/// that is past; contracts and groups at once, or others'.
pub fn create_seal_policy(
    call: &mut Call<'_>,
    request: CreateSealPolicyRequest,
) -> Result<CreateSealPolicyResponse, Refusal> {
    let mut names: Vec<String> = Vec::new();
    let users = request.users.into_iter().filter_map(|user| user.user_id);
    for name in users.chain(request.user_ids.into_iter().flatten()) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Users" });
    }
    let users = grantees::named(call, names.iter())?;
    if request.seal_id.is_empty() {
        return Err(Refusal::SealIdEmpty);
    }
    let flows = request.authorization_flows.map_or(Ok(Vec::new()), |named| flows(call, named))?;
    let terms = Terms { until: until(call, request.expired)?, text: request.policy.unwrap_or_default(), flows };
    let company = call.caller.organization().clone();
    let moment = Moment { hand: call.caller.actor()?.into(), now: call.now, outbox: call.outbox };
    let granted = call.world.grant_seal(&company, &request.seal_id, &users, &terms, moment)?;
    let new = names.into_iter().zip(users).filter(|(_, user)| granted.contains(user));
    Ok(CreateSealPolicyResponse {
        user_ids: new.map(|(name, _)| name).collect(),
        seal_operator_verify_path: Some(String::new()),
        seal_operator_verify_qrcode_url: Some(String::new()),
    })
}

/// 0 is the documented day; a moment that is past is refused (ASSUMED).
fn until(call: &Call<'_>, expired: i64) -> Result<Timestamp, Refusal> {
    let until = if expired == 0 { FOREVER } else { Timestamp::from_seconds(expired) };
    if until > call.now {
        return Ok(until);
    }
    Err(Refusal::ParameterInvalid { field: "Expired", detail: "it is past".to_owned() })
}

/// The contracts a grant is for; one kind of ids alone.
fn flows(call: &Call<'_>, named: SealPolicyAuthorizationFlows) -> Result<Vec<FlowId>, Refusal> {
    let (flows, groups) = (named.flow_ids.unwrap_or_default(), named.flow_group_ids.unwrap_or_default());
    let detail = match (flows.is_empty(), groups.is_empty()) {
        (true, false) => {
            let groups = groups.iter().map(|id| Ok(call.own_group(id)?.flows.clone()));
            let flows: Result<Vec<Vec<FlowId>>, Refusal> = groups.collect();
            return Ok(flows?.concat());
        }
        (false, true) => return flows.iter().map(|id| Ok(call.joined_flow(id)?.id.clone())).collect(),
        (false, false) => "either FlowIds or FlowGroupIds",
        (true, true) => "it names neither FlowIds nor FlowGroupIds",
    };
    Err(Refusal::ParameterInvalid { field: "AuthorizationFlows", detail: detail.to_owned() })
}
