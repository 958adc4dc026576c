//! What contracts have cost, line by line: what both services tell alike.
//!
//! Only contracts are charged here, so every other `QuotaType` has no lines. The newest stand first (ASSUMED), `Offset` counts
//! pages (`api DescribeBillUsageDetail`). A refund is a line of its own with a negative count.

use crate::callbacks::payload::QUOTA_TYPE;
use crate::domain::bill::{BillRow, Days};
use crate::domain::flow::Flow;
use crate::domain::refusal::Refusal;
use crate::domain::status::FlowStatus;
use crate::domain::time::Timestamp;
use crate::engine::call::Call;

/// Lines of a page when nobody says, and at most (`api DescribeBillUsageDetail`).
const PAGE: usize = 100;

/// What somebody wants to see of a bill.
pub(super) struct Wanted<'a> {
    /// `yyyyMMdd`.
    pub(super) first: &'a str,
    /// `yyyyMMdd`.
    pub(super) last: &'a str,
    /// What was used up; contracts and everything else when left out.
    pub(super) kind: Option<&'a String>,
    /// The number of the page, from 0.
    pub(super) page: Option<i64>,
    /// Lines of a page.
    pub(super) limit: Option<i64>,
}

/// A line. A contract is never forgotten while its row is there, so what is said of it is empty only in a damaged world.
#[derive(Default)]
pub(super) struct Line {
    /// The contract.
    pub(super) flow: String,
    /// Its name.
    pub(super) name: String,
    /// The company that launched it.
    pub(super) company: String,
    /// Who launched it.
    pub(super) operator: String,
    /// How it stands now.
    pub(super) status: Option<FlowStatus>,
    /// How many contracts were used; negative when one was given back.
    pub(super) count: i64,
    /// When.
    pub(super) at: Timestamp,
}

impl Line {
    /// `CostType`: 1 for a charge, 2 for a refund (`api BillUsageDetail`).
    #[must_use]
    pub(super) fn cost_type(&self) -> i64 {
        if self.count < 0 { 2 } else { 1 }
    }
}

/// How many lines there are of `mine`, and those of the page.
///
/// # Errors
/// Days that are none, too many, or of two months; a page without lines.
pub(super) fn lines(
    call: &Call<'_>,
    wanted: &Wanted<'_>,
    mine: impl Fn(&BillRow, Option<&Flow>) -> bool,
) -> Result<(i64, Vec<Line>), Refusal> {
    let days = Days::read(wanted.first, wanted.last, call.now)?;
    let limit = match wanted.limit {
        None => PAGE,
        Some(limit) => usize::try_from(limit).ok().filter(|limit| *limit > 0).ok_or(Refusal::LimitInvalid)?,
    };
    let page = wanted.page.and_then(|page| usize::try_from(page).ok()).unwrap_or(0);
    let contracts = wanted.kind.is_none_or(|kind| kind == QUOTA_TYPE);
    let flow = |row: &BillRow| call.world.flows.get(row.flow.as_str()).map(AsRef::as_ref);
    let mut rows: Vec<&BillRow> = call.world.billed(days).filter(|row| contracts && mine(row, flow(row))).collect();
    rows.reverse();
    let shown = rows.iter().skip(page.saturating_mul(limit)).take(limit);
    let lines = shown.map(|row| line(call, row, flow(row))).collect();
    Ok((i64::try_from(rows.len()).unwrap_or(i64::MAX), lines))
}

fn line(call: &Call<'_>, row: &BillRow, flow: Option<&Flow>) -> Line {
    let bare = Line { flow: row.flow.to_string(), count: row.count, at: row.at, ..Line::default() };
    let Some(flow) = flow else { return bare };
    let operator = call.world.directory.employees.get(flow.initiator.user.as_str());
    Line {
        name: flow.name.clone(),
        company: flow.initiator.organization_name.clone(),
        operator: operator.map(|one| one.name.clone()).unwrap_or_default(),
        status: Some(flow.status()),
        ..bare
    }
}
