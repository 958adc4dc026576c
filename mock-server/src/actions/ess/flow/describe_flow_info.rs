//! `DescribeFlowInfo` tells everything about contracts, or about those of a group. One unknown or foreign id fails the
//! whole call (`ex DescribeFlowInfo`). A group counts before contracts (`api DescribeFlowInfo`); that its own id is answered
//! is ASSUMED, the only example of a group leaves it empty.

use ess_schemas::ess::{DescribeFlowInfoRequest, DescribeFlowInfoResponse, FlowDetailInfo};

use crate::actions::ess::dialect::{flow_detail, given};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No ids, or one that is unknown or none of the caller's business.
pub fn describe_flow_info(
    call: &mut Call<'_>,
    request: DescribeFlowInfoRequest,
) -> Result<DescribeFlowInfoResponse, Refusal> {
    if let Some(id) = given(&request.flow_group_id) {
        let group = call.world.groups.get(id.as_str()).cloned();
        let group = group.ok_or_else(|| Refusal::FlowGroupUnknown { group: id.clone() })?;
        return Ok(DescribeFlowInfoResponse {
            flow_detail_infos: details(call, group.flows.iter().map(|id| id.as_str()))?,
            flow_group_id: Some(id.clone()),
            flow_group_name: Some(group.name.clone()),
            flow_group_remarks: (!group.remarks.is_empty()).then(|| group.remarks.clone()),
        });
    }
    let ids = request.flow_ids.unwrap_or_default();
    if ids.is_empty() {
        return Err(Refusal::FlowIdMissing);
    }
    Ok(DescribeFlowInfoResponse {
        flow_detail_infos: details(call, ids.iter().map(String::as_str))?,
        flow_group_id: Some(String::new()),
        flow_group_name: Some(String::new()),
        flow_group_remarks: None,
    })
}

fn details<'a>(call: &Call<'_>, ids: impl Iterator<Item = &'a str>) -> Result<Vec<FlowDetailInfo>, Refusal> {
    ids.map(|id| match call.world.flows.get(id) {
        Some(flow) if flow.involves(call.caller.organization()) => Ok(flow_detail(flow)),
        _ => Err(Refusal::FlowUnknown { flow: id.to_owned() }),
    })
    .collect()
}
