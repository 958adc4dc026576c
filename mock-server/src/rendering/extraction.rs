//! What a search for fields found, as a table (`api DescribeInformationExtractionTask.Url`). Its columns are ASSUMED.

use crate::domain::intelligence::Intelligence;
use crate::domain::intelligence::extraction::Extraction;

/// The heads of the columns.
const HEADS: [&str; 4] = ["文件名称", "字段名称", "字段类型", "提取结果"];

/// A row for every field, several values a line each, under the heads of the columns.
#[must_use]
pub(super) fn table(intelligence: &Intelligence, extraction: &Extraction) -> Vec<Vec<String>> {
    let heads = HEADS.map(str::to_owned).to_vec();
    let rows = intelligence.results_of(extraction).map(|one| {
        let values: Vec<&str> = one.found.iter().map(|(_, found)| found.value.as_str()).collect();
        let kind = one.field.kind.wire().to_owned();
        vec![extraction.task.name.clone(), one.field.name.clone(), kind, values.join("\n")]
    });
    [heads].into_iter().chain(rows).collect()
}
