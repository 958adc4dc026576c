//! `DescribeBillUsageDetail` lists what a company's contracts have cost, contract by contract ([`crate::actions::bills`]).
//!
//! `Status` is the contract's as it is now, in a list of its own: released is 11 (`api BillUsageDetail`). Without an operator
//! everybody with the key may look.

use ess_schemas::ess::{BillUsageDetail, DescribeBillUsageDetailRequest, DescribeBillUsageDetailResponse};

use crate::actions::bills::{self, Line, Wanted};
use crate::actions::ess::dialect::given;
use crate::callbacks::payload::{QUOTA_NAME, QUOTA_TYPE};
use crate::domain::refusal::Refusal;
use crate::domain::status::FlowStatus;
use crate::engine::call::Call;

/// `Status` of a released contract in a bill (`api BillUsageDetail`).
const RELEASED: i64 = 11;

/// See the module's comment.
///
/// # Errors
/// Days that are none, too many, or of two months; a page without rows.
pub fn describe_bill_usage_detail(
    call: &mut Call<'_>,
    request: DescribeBillUsageDetailRequest,
) -> Result<DescribeBillUsageDetailResponse, Refusal> {
    let wanted = Wanted {
        first: &request.start_time,
        last: &request.end_time,
        kind: given(&request.quota_type),
        page: request.offset,
        limit: request.limit,
    };
    let (total, lines) = bills::lines(call, &wanted, |row, _| &row.organization == call.caller.organization())?;
    let details = lines.into_iter().map(detail).collect();
    Ok(DescribeBillUsageDetailResponse { total: Some(total), details: Some(details) })
}

fn detail(line: Line) -> BillUsageDetail {
    let code = |status: FlowStatus| if status == FlowStatus::Released { RELEASED } else { status.code() };
    BillUsageDetail {
        cost_type: Some(line.cost_type()),
        flow_id: Some(line.flow),
        operator_name: Some(line.operator),
        create_organization_name: Some(line.company),
        flow_name: Some(line.name),
        status: line.status.map(code),
        quota_type: Some(QUOTA_TYPE.to_owned()),
        use_count: Some(line.count),
        cost_time: Some(line.at.seconds()),
        quota_name: Some(QUOTA_NAME.to_owned()),
        remark: Some(String::new()),
    }
}
