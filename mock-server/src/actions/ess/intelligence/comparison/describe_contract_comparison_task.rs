//! `DescribeContractComparisonTask` tells how far a comparison is, and at its end how often the files differ; with `ShowDetail`, where.
//!
//! 0 not begun, 1 running, 2 done, 3 failed, then with `Message` (`api DescribeContractComparisonTask`). Until its end nothing is
//! counted. `Filters` choose among the details by `format-type` and leave the counts alone (`ex DescribeContractComparisonTask`); several
//! are all to be met (ASSUMED). Another key, or a type that is none, is refused (ASSUMED).

use ess_schemas::ess::{
    ComparisonDetail, DescribeContractComparisonTaskRequest, DescribeContractComparisonTaskResponse, Filter,
};

use super::own;
use crate::domain::intelligence::comparison::Comparison;
use crate::domain::intelligence::difference::{Change, Difference};
use crate::domain::intelligence::timing::Progress;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// The types of text there are (`api DescribeContractComparisonTask`, `api ComparisonDetail`).
const FORMAT_TYPES: std::ops::RangeInclusive<i64> = 0..=7;

/// See the module's comment.
///
/// # Errors
/// The company has no such comparison, or a filter that is none.
pub fn describe_contract_comparison_task(
    call: &mut Call<'_>,
    request: DescribeContractComparisonTaskRequest,
) -> Result<DescribeContractComparisonTaskResponse, Refusal> {
    let comparison = own(call, &request.task_id)?;
    let filters = request.filters.unwrap_or_default();
    let wanted = filters.iter().map(wanted).collect::<Result<Vec<_>, _>>()?;
    let ended = comparison.task.progress(call.now) == Progress::Ended;
    let count = |change| Some(if ended { comparison.count(change) } else { 0 });
    let failed = comparison.outcome.as_ref().err().filter(|_| ended);
    let found = if ended { comparison.differences() } else { &[] };
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let chosen = found.iter().filter(|(_, one)| wanted.iter().all(|types| types.contains(&one.form.code())));
    Ok(DescribeContractComparisonTaskResponse {
        task_id: Some(comparison.task.id.to_string()),
        status: Some(status(&comparison, call)),
        message: Some(failed.map(|one| one.message.clone()).unwrap_or_default()),
        original_file_resource_id: Some(comparison.original.to_string()),
        diff_file_resource_id: Some(comparison.newer.to_string()),
        comment: Some(comparison.comment.clone()),
        total_diff_count: Some(total),
        add_diff_count: count(Change::Added),
        change_diff_count: count(Change::Changed),
        delete_diff_count: count(Change::Deleted),
        operator: Some(comparison.task.operator.to_string()),
        create_time: Some(comparison.task.timing.created_at.seconds()),
        comparison_detail: (request.show_detail == Some(true)).then(|| chosen.map(detail).collect()),
    })
}

fn status(comparison: &Comparison, call: &Call<'_>) -> i64 {
    match comparison.task.progress(call.now) {
        Progress::Created | Progress::Queued => 0,
        Progress::Running => 1,
        Progress::Ended if comparison.outcome.is_ok() => 2,
        Progress::Ended => 3,
    }
}

/// The types of text a filter chooses.
fn wanted(filter: &Filter) -> Result<Vec<i64>, Refusal> {
    let refused = |detail| Err(Refusal::ValueNotAllowed { field: "Filters".into(), detail });
    if filter.key != "format-type" {
        return refused(format!("only `format-type` is chosen by, not `{}`", filter.key));
    }
    let read = |text: &String| text.parse().ok().filter(|number| FORMAT_TYPES.contains(number));
    match filter.values.iter().map(read).collect() {
        Some(types) => Ok(types),
        None => refused("a format type is a number from 0 to 7".to_owned()),
    }
}

/// A difference in the words of the action. Pictures are not compared.
fn detail((id, one): &(String, Difference)) -> ComparisonDetail {
    ComparisonDetail {
        comparison_point_id: Some(id.clone()),
        comparison_type: Some(kind(one.change).to_owned()),
        content_type: Some(if one.in_table { "table" } else { "text" }.to_owned()),
        origin_text: Some(one.original.clone()),
        diff_text: Some(one.newer.clone()),
        format_type: Some(one.form.code()),
        page_number: Some(i64::try_from(one.page).unwrap_or(i64::MAX)),
    }
}

fn kind(change: Change) -> &'static str {
    match change {
        Change::Added => "add",
        Change::Changed => "change",
        Change::Deleted => "delete",
    }
}
