//! `DescribeFlowInfo` tells everything about contracts. One unknown or foreign id fails the whole call
//! (`ex DescribeFlowInfo`). Contract groups are not modelled yet.

use ess_schemas::ess::{DescribeFlowInfoRequest, DescribeFlowInfoResponse};

use crate::actions::ess::dialect;
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
    if request.flow_group_id.is_some_and(|id| !id.is_empty()) {
        return Err(Refusal::NotModelled { what: "FlowGroupId".into() });
    }
    let ids = request.flow_ids.unwrap_or_default();
    if ids.is_empty() {
        return Err(Refusal::FlowIdEmpty);
    }
    let flow_detail_infos = ids
        .iter()
        .map(|id| match call.world.flows.get(id.as_str()) {
            Some(flow) if flow.involves(call.caller.organization()) => Ok(dialect::flow_detail(flow)),
            _ => Err(Refusal::FlowUnknown { flow: id.clone() }),
        })
        .collect::<Result<_, _>>()?;
    Ok(DescribeFlowInfoResponse {
        flow_detail_infos,
        flow_group_id: Some(String::new()),
        flow_group_name: Some(String::new()),
        flow_group_remarks: None,
    })
}
