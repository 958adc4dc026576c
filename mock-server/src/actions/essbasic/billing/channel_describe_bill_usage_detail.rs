//! `ChannelDescribeBillUsageDetail` lists what contracts of an application have cost, contract by contract
//! ([`crate::actions::bills`]): one customer's, or all of them where none is named (`ex ChannelDescribeBillUsageDetail`).
//!
//! `FlowStatus` is the contract's as it is now.

use ess_schemas::essbasic::{
    ChannelBillUsageDetail, ChannelDescribeBillUsageDetailRequest, ChannelDescribeBillUsageDetailResponse,
};

use crate::actions::bills::{self, Line, Wanted};
use crate::actions::essbasic::dialect::{flow_status, given};
use crate::callbacks::payload::{QUOTA_NAME, QUOTA_TYPE};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Days that are none, too many, or of two months; a page without rows.
pub fn channel_describe_bill_usage_detail(
    call: &mut Call<'_>,
    request: ChannelDescribeBillUsageDetailRequest,
) -> Result<ChannelDescribeBillUsageDetailResponse, Refusal> {
    let wanted = Wanted {
        first: &request.start_time,
        last: &request.end_time,
        kind: given(&request.quota_type),
        page: request.offset,
        limit: request.limit,
    };
    let application = call.caller.application();
    let customer = call.caller.agent()?.customer.as_ref().map(|customer| &customer.organization);
    let (total, lines) = bills::lines(call, &wanted, |row, flow| {
        let here = flow.is_some_and(|flow| flow.initiator.application.as_ref() == application);
        here && customer.is_none_or(|customer| &row.organization == customer)
    })?;
    let details = lines.into_iter().map(detail).collect();
    Ok(ChannelDescribeBillUsageDetailResponse { total: Some(total), details: Some(details) })
}

fn detail(line: Line) -> ChannelBillUsageDetail {
    ChannelBillUsageDetail {
        cost_type: Some(line.cost_type()),
        flow_status: line.status.map(|status| flow_status(status).to_owned()),
        flow_id: Some(line.flow),
        operator_name: Some(line.operator),
        create_organization_name: Some(line.company),
        flow_name: Some(line.name),
        quota_type: Some(QUOTA_TYPE.to_owned()),
        use_count: Some(line.count),
        cost_time: Some(line.at.seconds()),
        quota_name: Some(QUOTA_NAME.to_owned()),
        remark: Some(String::new()),
    }
}
