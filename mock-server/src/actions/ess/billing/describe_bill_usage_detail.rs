//! `DescribeBillUsageDetail` lists what a company's contracts have cost, contract by contract.
//!
//! Only contracts are charged here, so every other `QuotaType` has no rows. The newest stand first (ASSUMED), `Offset` counts pages
//! (`api DescribeBillUsageDetail`). A refund is a row of its own with a negative `UseCount`, and `Status` is the contract's as it is now,
//! in a list of its own: released is 11 (`api BillUsageDetail`). Without an operator everybody with the key may look.

use ess_schemas::ess::{BillUsageDetail, DescribeBillUsageDetailRequest, DescribeBillUsageDetailResponse};

use crate::actions::ess::dialect::given;
use crate::callbacks::payload::{QUOTA_NAME, QUOTA_TYPE};
use crate::domain::bill::{BillRow, Days};
use crate::domain::refusal::Refusal;
use crate::domain::status::FlowStatus;
use crate::engine::call::Call;

/// Rows of a page when nobody says, and at most (`api DescribeBillUsageDetail`).
const PAGE: usize = 100;
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
    let days = Days::read(&request.start_time, &request.end_time, call.now)?;
    let limit = match request.limit {
        None => PAGE,
        Some(limit) => usize::try_from(limit).ok().filter(|limit| *limit > 0).ok_or(Refusal::LimitInvalid)?,
    };
    let page = request.offset.and_then(|page| usize::try_from(page).ok()).unwrap_or(0);
    let contracts = given(&request.quota_type).is_none_or(|kind| kind == QUOTA_TYPE);
    let own = call.world.billed(days).filter(|row| contracts && &row.organization == call.caller.organization());
    let mut rows: Vec<&BillRow> = own.collect();
    rows.reverse();
    let shown = rows.iter().skip(page.saturating_mul(limit)).take(limit);
    Ok(DescribeBillUsageDetailResponse {
        total: Some(i64::try_from(rows.len()).unwrap_or(i64::MAX)),
        details: Some(shown.map(|row| detail(call, row)).collect()),
    })
}

/// A contract is never forgotten while its row is there.
fn detail(call: &Call<'_>, row: &BillRow) -> BillUsageDetail {
    let flow = call.world.flows.get(row.flow.as_str());
    let operator = flow.and_then(|flow| call.world.directory.employees.get(flow.initiator.user.as_str()));
    BillUsageDetail {
        flow_id: Some(row.flow.to_string()),
        operator_name: operator.map(|operator| operator.name.clone()),
        create_organization_name: flow.map(|flow| flow.initiator.organization_name.clone()),
        flow_name: flow.map(|flow| flow.name.clone()),
        status: flow
            .map(|flow| flow.status())
            .map(|status| if status == FlowStatus::Released { RELEASED } else { status.code() }),
        quota_type: Some(QUOTA_TYPE.to_owned()),
        use_count: Some(row.count),
        cost_time: Some(row.at.seconds()),
        quota_name: Some(QUOTA_NAME.to_owned()),
        cost_type: Some(if row.count < 0 { 2 } else { 1 }),
        remark: Some(String::new()),
    }
}
