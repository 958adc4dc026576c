//! `DescribeFlowBriefs` tells the state of contracts in short. Unknown ids are skipped without a word
//! (`api DescribeFlowBriefs`); one without a right to look fails the call (`ex DescribeFlowBriefs`).

use ess_schemas::ess::{DescribeFlowBriefsRequest, DescribeFlowBriefsResponse};

use crate::actions::ess::dialect;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No ids, or a contract the caller's company takes no part in.
pub fn describe_flow_briefs(
    call: &mut Call<'_>,
    request: DescribeFlowBriefsRequest,
) -> Result<DescribeFlowBriefsResponse, Refusal> {
    if request.flow_ids.is_empty() {
        return Err(Refusal::FlowIdEmpty);
    }
    let known = request.flow_ids.iter().filter_map(|id| call.world.flows.get(id.as_str()));
    let flow_briefs = known
        .map(|flow| {
            if flow.involves(call.caller.organization()) {
                Ok(dialect::flow_brief(flow))
            } else {
                Err(Refusal::NoViewPermission { flow: flow.id.to_string() })
            }
        })
        .collect::<Result<_, _>>()?;
    Ok(DescribeFlowBriefsResponse { flow_briefs })
}
