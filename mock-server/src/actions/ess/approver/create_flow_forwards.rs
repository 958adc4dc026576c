//! `CreateFlowForwards` hands tasks of the own company's signers to another employee.
//!
//! Each contract succeeds or fails for itself: `SuccessFlows` and `FailedFlows` are both in the order of the request
//! (`ex CreateFlowForwards`). A target nobody can hand anything to refuses the whole call (ASSUMED).

use ess_schemas::ess::{CreateFlowForwardsRequest, CreateFlowForwardsResponse, FlowForwardInfo, FlowForwardResult};

use crate::actions::said;
use crate::domain::approver::{ForwardKind, Person};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No right to, nothing to hand on, or a target who is no verified employee.
pub fn create_flow_forwards(
    call: &mut Call<'_>,
    request: CreateFlowForwardsRequest,
) -> Result<CreateFlowForwardsResponse, Refusal> {
    call.caller.permitted(|operator| operator.may_forward())?;
    if request.flow_forward_infos.is_empty() {
        return Err(Refusal::ParameterMissing { field: "FlowForwardInfos" });
    }
    let target = target(call, &request.target_user_id)?;
    let (mut success_flows, mut failed_flows) = (Vec::new(), Vec::new());
    for info in request.flow_forward_infos {
        match forward(call, &info, &target) {
            Ok(()) => success_flows.push(info.flow_id),
            Err(refusal) => failed_flows.push(FlowForwardResult {
                flow_id: Some(info.flow_id),
                error_detail: Some(said::<CreateFlowForwardsRequest>(&refusal)),
            }),
        }
    }
    Ok(CreateFlowForwardsResponse { failed_flows: Some(failed_flows), success_flows: Some(success_flows) })
}

/// Somebody who has joined the company and proved who they are (`api CreateFlowForwards`).
fn target(call: &Call<'_>, user: &str) -> Result<Person, Refusal> {
    let employee = call.world.directory.employee(user);
    let employee = employee.filter(|one| &one.organization == call.caller.organization() && one.verified);
    employee.map(Person::of).ok_or_else(|| Refusal::ForwardTargetInvalid { user: user.to_owned() })
}

fn forward(call: &mut Call<'_>, info: &FlowForwardInfo, target: &Person) -> Result<(), Refusal> {
    let (flow, now) = (call.flow(&info.flow_id)?, call.now);
    let own = |recipient: &&str| {
        flow.approver(recipient).and_then(|one| one.organization_id()) == Some(call.caller.organization())
    };
    let unknown = || Refusal::ApproverUnknown { approver: info.recipient_id.clone() };
    let recipient = Some(info.recipient_id.as_str()).filter(own).ok_or_else(unknown)?.into();
    call.change_flow(&flow.id, |flow| flow.forward(&recipient, target.clone(), ForwardKind::Forwarded, "", now))
}
