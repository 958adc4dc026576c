//! The report beside the lines of the case files, as workflow commands of GitHub Actions.

use super::explained::{lines, step, why_not};
use super::{Entry, Report, Standing};

/// An annotation for each case that is otherwise, a line each.
pub fn github(report: &Report) -> String {
    report.cases.iter().filter_map(|entry| annotation(report, entry)).collect()
}

fn annotation(report: &Report, entry: &Entry) -> Option<String> {
    let level = match (entry.fails, &entry.accepted, entry.standing) {
        (true, _, _) => "error",
        (false, Some(_), _) => "notice",
        (false, None, Standing::Differs | Standing::Broken | Standing::Flaky) => "warning",
        (false, None, Standing::Agrees | Standing::Declined | Standing::Skipped) => return None,
    };
    let mut message = format!("{} {}: {}", entry.id, entry.standing.word(), entry.says);
    if let Some(why) = why_not(entry) {
        message += &format!("\n{why}");
    }
    for line in lines(entry) {
        message += &format!("\n{line}");
    }
    let place = step(&entry.outcome)
        .map(|step| format!(" file={},line={},", property(&in_repository(&report.suite, &step.file)), step.line));
    let place = place.unwrap_or_else(|| " ".to_owned());
    Some(format!("::{level}{place}title={}::{}\n", property(&entry.id), data(&message)))
}

fn in_repository(suite: &str, file: &str) -> String {
    format!("{}/{file}", suite.trim_end_matches('/'))
}

/// A message: one line, whatever is in it. (the toolkit's `escapeData`)
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property: ends at a comma or a colon. (the toolkit's `escapeProperty`)
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
