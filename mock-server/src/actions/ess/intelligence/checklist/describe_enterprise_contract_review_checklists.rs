//! `DescribeEnterpriseContractReviewChecklists` lists the company's checklists, the one changed last first (`ex
//! DescribeEnterpriseContractReviewChecklists`). The vendor's own is not among them (ASSUMED: the example has none).
//!
//! `Offset` is the number of a page, from 0 (`api DescribeEnterpriseContractReviewChecklists`, as read). How many stand on one when
//! nobody says, and at most, is ASSUMED, and that a filter is refused: no key of one is published.

use ess_schemas::ess::{
    Checklist as Told, DescribeEnterpriseContractReviewChecklistsRequest,
    DescribeEnterpriseContractReviewChecklistsResponse,
};

use crate::domain::intelligence::review::checklist::Checklist;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::world::World;

/// Lists on a page when nobody says.
const PAGE: i64 = 20;
/// The most lists on a page.
const MOST: i64 = 200;

/// See the module's comment.
///
/// # Errors
/// A filter, or a page that does not exist.
pub fn describe_enterprise_contract_review_checklists(
    call: &mut Call<'_>,
    request: DescribeEnterpriseContractReviewChecklistsRequest,
) -> Result<DescribeEnterpriseContractReviewChecklistsResponse, Refusal> {
    let invalid = |field, detail: String| Err(Refusal::ParameterInvalid { field, detail });
    if let Some(filter) = &request.filters {
        return invalid("Filters", format!("`{}` is no key of a filter: none is published", filter.key));
    }
    let limit = request.limit.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        return invalid("Limit", format!("{limit} is not from 1 to {MOST}"));
    }
    let page = request.offset.unwrap_or(0);
    if page < 0 {
        return invalid("Offset", format!("{page} is less than 0"));
    }
    let mut lists = call.world.checklists_of(call.caller.organization());
    let total = i64::try_from(lists.len()).unwrap_or(i64::MAX);
    lists.sort_by_key(|list| std::cmp::Reverse(list.updated_at));
    let count = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    let shown = lists.iter().skip(count(page.saturating_mul(limit))).take(count(limit));
    Ok(DescribeEnterpriseContractReviewChecklistsResponse {
        total: Some(total),
        checklists: Some(shown.map(|list| told(list, call.world)).collect()),
    })
}

fn told(list: &Checklist, world: &World) -> Told {
    let updater = list.updater.as_ref().and_then(|user| world.directory.employees.get(user.as_str()));
    let points = list.points().count();
    Told {
        id: Some(list.id.to_string()),
        name: Some(list.name.clone()),
        count: Some(i64::try_from(points).unwrap_or(i64::MAX)),
        enabled: Some(list.enabled),
        updater: Some(updater.map(|user| user.name.clone()).unwrap_or_default()),
        modified_on: Some(list.updated_at.seconds()),
        official: Some(list.organization.is_none()),
        // A list without points is not configured (ASSUMED).
        config_status: Some(i64::from(points > 0)),
    }
}
