//! `DescribeFlowDetailInfo` tells everything about contracts the customer launched, or about those of a group, which counts
//! before contracts (`api DescribeFlowDetailInfo`). One that is unknown or another's fails the whole call.

use ess_schemas::essbasic::{DescribeFlowDetailInfoRequest, DescribeFlowDetailInfoResponse};

use crate::actions::essbasic::dialect::{OpenIds, flow_detail, given};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No ids, or one that is unknown or another's.
pub fn describe_flow_detail_info(
    call: &mut Call<'_>,
    request: DescribeFlowDetailInfoRequest,
) -> Result<DescribeFlowDetailInfoResponse, Refusal> {
    let group = given(&request.flow_group_id).map(|id| call.own_group(id)).transpose()?;
    let flows: Vec<String> = match &group {
        Some(group) => group.flows.iter().map(ToString::to_string).collect(),
        None => request.flow_ids.unwrap_or_default(),
    };
    if flows.is_empty() {
        return Err(Refusal::FlowIdMissing);
    }
    let ids = OpenIds::of(call)?;
    let details = flows.iter().map(|id| call.own_flow(id).map(|flow| flow_detail(&flow, ids)));
    let agent = call.caller.agent()?;
    Ok(DescribeFlowDetailInfoResponse {
        application_id: agent.application.id.to_string(),
        proxy_organization_open_id: agent.organization_open_id.to_string(),
        flow_info: details.collect::<Result<_, _>>()?,
        flow_group_id: group.as_ref().map(|group| group.id.to_string()).unwrap_or_default(),
        flow_group_name: group.map(|group| group.name.clone()).unwrap_or_default(),
    })
}
