//! `DescribeBillUsage` sums up what a company bought, has used in some days, and has left, by what it was: contracts, and reports on how
//! they were signed. Of what is asked for and cannot be bought here there is nothing.
//!
//! What was used is net of what was given back, and of these days alone (`ex DescribeBillUsage`: total and rest do not differ by it).
//! The members of its holding group are listed when asked for, those that used nothing among them (ASSUMED).

use ess_schemas::ess::{
    DescribeBillUsageRequest, DescribeBillUsageResponse, OrgBillSummary, SubOrgBillSummary, SubOrgBillUsage,
};

use crate::actions::ess::dialect::given;
use crate::callbacks::payload::QUOTA_TYPE;
use crate::domain::bill::Days;
use crate::domain::ids::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// Reports on how contracts were signed (`api OrgBillSummary.QuotaType`).
const REPORTS: &str = "CloudProve";

/// See the module's comment.
///
/// # Errors
/// Days that are none, or too many.
pub fn describe_bill_usage(
    call: &mut Call<'_>,
    request: DescribeBillUsageRequest,
) -> Result<DescribeBillUsageResponse, Refusal> {
    let days = Days::of_summary(&request.start_time, &request.end_time)?;
    let kinds: Vec<&str> = given(&request.quota_type).map_or_else(|| vec![QUOTA_TYPE, REPORTS], |kind| vec![kind]);
    let company = call.caller.organization();
    let summary = kinds.iter().map(|kind| summed_up(call, kind, days)).collect();
    let members = call.world.directory.members_of(company).into_iter().map(|member| member.organization);
    let joined = members.filter(|member| request.display_sub_enterprise == Some(true) && member.has_joined(company));
    let sub_org_summary = joined.map(|member| SubOrgBillSummary {
        organization_name: member.name.clone(),
        usage: kinds
            .iter()
            .map(|kind| SubOrgBillUsage { quota_type: (*kind).to_owned(), used: used(call, kind, &member.id, days) })
            .collect(),
    });
    Ok(DescribeBillUsageResponse { summary, sub_org_summary: sub_org_summary.collect() })
}

fn summed_up(call: &Call<'_>, kind: &str, days: Days) -> OrgBillSummary {
    let id = call.caller.organization();
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let company = call.world.directory.organizations.get(id.as_str());
    let (total, available) = company.map_or((0, 0), |company| match kind {
        QUOTA_TYPE => (number(company.quota.bought), number(company.quota.left)),
        REPORTS => {
            let ordered = call.world.evidence.of(id).count() as u64;
            (number(company.evidence_reports.saturating_add(ordered)), number(company.evidence_reports))
        }
        _ => (0, 0),
    });
    OrgBillSummary { total, used: used(call, kind, id, days), available, quota_type: kind.to_owned() }
}

fn used(call: &Call<'_>, kind: &str, company: &OrganizationId, days: Days) -> i64 {
    match kind {
        QUOTA_TYPE => call.world.billed(days).filter(|row| &row.organization == company).map(|row| row.count).sum(),
        REPORTS => {
            let ordered = call.world.evidence.of(company).filter(|report| days.place(report.ordered_at).is_eq());
            i64::try_from(ordered.count()).unwrap_or(i64::MAX)
        }
        _ => 0,
    }
}
