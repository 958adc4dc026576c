//! The report for programs; `conformance/report.schema.json` describes it.

use super::Report;

/// The report as JSON.
pub fn json(report: &Report) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}
