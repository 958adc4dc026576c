//! The report for CI servers: JUnit XML, a suite per folder of cases.

use std::collections::BTreeMap;
use std::time::Duration;

use quick_junit::{NonSuccessKind, SerializeError, TestCase, TestCaseStatus, TestRerun, TestSuite};

use super::explained::{in_a_line, lines, step, why_not};
use super::{Entry, Report, Standing};
use crate::outcome::Outcome;

/// The report as JUnit XML. What does not fail the run fails nothing here: an accepted or assumed difference is a skipped test that says so.
///
/// # Errors
/// It cannot be written down.
pub fn junit(report: &Report) -> Result<String, SerializeError> {
    let mut suites: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in &report.cases {
        let folder = entry.id.rsplit_once('/').map_or("", |(folder, _)| folder);
        suites.entry(folder).or_default().push(entry);
    }
    let mut written = quick_junit::Report::new(format!("ess-conformance on {}", report.target));
    written.set_time(Duration::from_millis(report.took_ms));
    for (folder, entries) in suites {
        let mut suite = TestSuite::new(folder);
        suite.set_time(Duration::from_millis(entries.iter().map(|entry| entry.took_ms).sum()));
        suite.add_test_cases(entries.into_iter().map(|entry| case(report, entry)));
        written.add_test_suite(suite);
    }
    written.to_string().map(|text| text + "\n")
}

fn case(report: &Report, entry: &Entry) -> TestCase {
    let (folder, name) = entry.id.rsplit_once('/').unwrap_or(("", &entry.id));
    let mut case = TestCase::new(name, status(report, entry));
    case.set_classname(folder.replace('/', ".")).set_time(Duration::from_millis(entry.took_ms));
    case
}

fn status(report: &Report, entry: &Entry) -> TestCaseStatus {
    if !entry.fails {
        return match entry.standing {
            Standing::Agrees => TestCaseStatus::success(),
            Standing::Flaky => {
                let otherwise = entry.runs.iter().filter(|outcome| **outcome != Outcome::Agrees);
                TestCaseStatus::Success { flaky_runs: otherwise.map(rerun).collect() }
            }
            Standing::Skipped | Standing::Declined | Standing::Differs | Standing::Broken => {
                let mut status = TestCaseStatus::skipped();
                let why_not = why_not(entry).map(|why| format!(" ({why})")).unwrap_or_default();
                status.set_message(format!("{}{why_not}: {}", entry.standing.word(), lines(entry).join("; ")));
                status
            }
        };
    }
    let kind = if entry.standing == Standing::Broken { NonSuccessKind::Error } else { NonSuccessKind::Failure };
    let mut status = TestCaseStatus::non_success(kind);
    status
        .set_message(lines(entry).join("; "))
        .set_type(entry.standing.word())
        .set_description(description(report, entry));
    if entry.runs.len() > 1 {
        status.add_reruns(entry.runs.iter().skip(1).filter(|outcome| **outcome != Outcome::Agrees).map(rerun));
    }
    status
}

fn description(report: &Report, entry: &Entry) -> String {
    let mut text = format!("{}\n[{}; {}]\n", entry.says, entry.basis.word(), entry.source);
    if let Some(step) = step(&entry.outcome) {
        text += &format!("at {step}\n");
    }
    for line in lines(entry) {
        text += &format!("{line}\n");
    }
    text + &report.command(entry)
}

fn rerun(outcome: &Outcome) -> TestRerun {
    let mut rerun = TestRerun::new(match outcome {
        Outcome::Broken { .. } => NonSuccessKind::Error,
        Outcome::Agrees | Outcome::Differs { .. } | Outcome::Skipped { .. } | Outcome::Declined { .. } => {
            NonSuccessKind::Failure
        }
    });
    rerun.set_message(in_a_line(outcome));
    rerun
}
