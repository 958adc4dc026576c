//! `ChannelCreateBoundFlows` picks contracts up that wait for somebody of the customer's, for the employee who acts: all of them,
//! or none.

use ess_schemas::essbasic::{ChannelCreateBoundFlowsRequest, ChannelCreateBoundFlowsResponse};

use crate::domain::approver::{Party, Person};
use crate::domain::claim::Claimant;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The employee is neither super admin nor legal person, no contracts are named, or one that does not wait for the customer.
pub fn channel_create_bound_flows(
    call: &mut Call<'_>,
    request: ChannelCreateBoundFlowsRequest,
) -> Result<ChannelCreateBoundFlowsResponse, Refusal> {
    let company = &call.caller.organization;
    let claimant = Claimant {
        person: Person::of(call.caller.administrator()?),
        organization: Some(Party { id: Some(company.id.clone()), name: company.name.clone() }),
    };
    let (ids, now) = (request.flow_ids.unwrap_or_default(), call.now);
    if ids.is_empty() {
        return Err(Refusal::FlowIdEmpty);
    }
    let flows = ids.iter().map(|id| call.reachable_flow(id)).collect::<Result<Vec<_>, _>>()?;
    for (place, flow) in flows.iter().enumerate() {
        if flows[..place].iter().any(|earlier| earlier.id == flow.id) {
            return Err(Refusal::FlowIdRepeated { flow: flow.id.to_string() });
        }
        // Tried on a copy first: all, or none.
        (**flow).clone().bind(claimant.clone(), now)?;
    }
    for flow in &flows {
        call.change_flow(&flow.id, |flow| flow.bind(claimant.clone(), now))?;
    }
    Ok(ChannelCreateBoundFlowsResponse {})
}
