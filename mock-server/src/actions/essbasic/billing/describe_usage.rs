//! `DescribeUsage` counts the contracts an application's customers have used and got back, by day or altogether.
//!
//! A row per customer and day on which something was counted, in order of days and then of customers (ASSUMED); altogether its
//! day reads 1970-01-01 (`ex DescribeUsage`). `Offset` counts pages. The text says that the action went off line on
//! 2026-02-03, the definition that it is there: it answers. That only 50 calls a day are answered is not modelled: a reading
//! call counts nothing.

use std::collections::BTreeMap;

use ess_schemas::essbasic::{DescribeUsageRequest, DescribeUsageResponse, UsageDetail};
use jiff::civil::Date;

use crate::actions::essbasic::dialect::OpenIds;
use crate::domain::bill::Days;
use crate::domain::refusal::Refusal;
use crate::domain::time::beijing;
use crate::engine::call::Call;

/// Rows of a page when nobody says, and at most (`api DescribeUsage`).
const PAGE: u64 = 1000;
/// What a row of the whole span says for its day (`ex DescribeUsage`).
const NO_DAY: Date = jiff::civil::date(1970, 1, 1);
/// What contracts were launched with (`ex DescribeUsage`).
const CHANNEL: &str = "企业版";

/// See the module's comment.
///
/// # Errors
/// Days that are none, or too many; a page without rows.
pub fn describe_usage(call: &mut Call<'_>, request: DescribeUsageRequest) -> Result<DescribeUsageResponse, Refusal> {
    let days = Days::of_usage(&request.start_date, &request.end_date)?;
    let limit = request.limit.unwrap_or(PAGE);
    if limit == 0 {
        return Err(Refusal::LimitInvalid);
    }
    let used = counted(call, days, request.need_aggregate.unwrap_or(false));
    let ids = OpenIds::of(call)?;
    let application = &call.caller.agent()?.application;
    let rows = used.iter().filter_map(|((day, customer), used)| {
        let customer = application.customers().at(*customer)?;
        Some(UsageDetail {
            proxy_organization_open_id: customer.open_id.to_string(),
            proxy_organization_name: ids
                .company(customer.open_id.as_str())
                .map(|one| one.name.clone())
                .unwrap_or_default(),
            date: day.strftime("%Y-%m-%d").to_string(),
            usage: used.taken,
            cancel: used.given_back,
            flow_channel: CHANNEL.to_owned(),
        })
    });
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let skipped = number(request.offset.unwrap_or(0).saturating_mul(limit));
    let details = rows.skip(skipped).take(number(limit)).collect();
    Ok(DescribeUsageResponse { total: u64::try_from(used.len()).unwrap_or(u64::MAX), details })
}

/// What a customer used on a day.
#[derive(Default)]
struct Used {
    taken: u64,
    given_back: u64,
}

/// By day, or altogether, and by the customer's number in the application.
fn counted(call: &Call<'_>, days: Days, altogether: bool) -> BTreeMap<(Date, u64), Used> {
    let mut used: BTreeMap<(Date, u64), Used> = BTreeMap::new();
    let Some(agent) = &call.caller.agent else { return used };
    for row in call.world.billed(days) {
        let flow = call.world.flows.get(row.flow.as_str());
        if flow.is_none_or(|flow| flow.initiator.application.as_ref() != Some(&agent.application.id)) {
            continue;
        }
        let customer = agent.application.customer_id(&row.organization);
        let Some(customer) = customer.and_then(|id| agent.application.customers().number(id.as_str())) else {
            continue;
        };
        let day = if altogether { NO_DAY } else { beijing(row.at).date() };
        let one = used.entry((day, customer)).or_default();
        match u64::try_from(row.count) {
            Ok(taken) => one.taken += taken,
            Err(_) => one.given_back += row.count.unsigned_abs(),
        }
    }
    used
}
