//! `OperateFlowRemarks` writes notes on a contract or a group of contracts, changes one, or takes one away.
//!
//! One of `FlowId` and `FlowGroupId` is asked for; an official example sends both (`ex OperateFlowRemarks`), and the group
//! then counts (ASSUMED, it is what that example's title speaks of first). `DescribeFlowInfo` shows the notes.

use ess_schemas::ess::{FlowRemarkItem, OperateFlowRemarksRequest, OperateFlowRemarksResponse};

use crate::actions::ess::dialect::given;
use crate::domain::refusal::Refusal;
use crate::domain::remark::RemarkChange;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Neither a contract nor a group of the caller's is named, no right to, or notes that cannot be.
pub fn operate_flow_remarks(
    call: &mut Call<'_>,
    request: OperateFlowRemarksRequest,
) -> Result<OperateFlowRemarksResponse, Refusal> {
    let change = wanted(&request)?;
    if let Some(id) = given(&request.flow_group_id) {
        let mut group = (*call.own_group(id)?).clone();
        let flows: Vec<_> = group.flows.iter().filter_map(|id| call.world.flows.get(id.as_str())).collect();
        call.caller.permitted(|operator| flows.iter().any(|flow| operator.may_remark(flow)))?;
        group.remarks = change.apply(&group.remarks)?;
        call.world.groups.insert(group);
    } else {
        let flow = call.own_flow(given(&request.flow_id).ok_or(Refusal::FlowIdMissing)?)?;
        call.caller.permitted(|operator| operator.may_remark(&flow))?;
        call.change_flow(&flow.id, |flow| flow.remark(change))?;
    }
    Ok(OperateFlowRemarksResponse {})
}

fn wanted(request: &OperateFlowRemarksRequest) -> Result<RemarkChange, Refusal> {
    let item = || request.flow_item.as_ref().ok_or(Refusal::ParameterMissing { field: "FlowItem" });
    match request.operate_type.as_str() {
        "CREATE" => Ok(RemarkChange::Replace(request.flow_items.clone().unwrap_or_default())),
        "UPDATE" => Ok(RemarkChange::Rewrite(place(item()?)?, item()?.remark_value.clone().unwrap_or_default())),
        "DELETE" => Ok(RemarkChange::Remove(place(item()?)?)),
        other => Err(Refusal::RemarkInvalid { detail: format!("there is no OperateType {other}") }),
    }
}

/// `RemarkId` counts from 0 (`api FlowRemarkItem`).
fn place(item: &FlowRemarkItem) -> Result<usize, Refusal> {
    let place = item.remark_id.and_then(|place| usize::try_from(place).ok());
    place.ok_or(Refusal::ParameterMissing { field: "FlowItem.RemarkId" })
}
