//! What a baseline accepts, and what it is told about itself.

use jiff::civil::date;

use super::*;
use crate::outcome::{CaseResult, StepName};
use crate::redaction::Redaction;
use crate::report::About;
use crate::rerun::Settled;
use crate::suite::case::Basis;
use crate::suite::matcher::Mismatch;

const TODAY: Date = date(2026, 11, 26);

fn read(text: &str) -> Result<Baseline, Vec<String>> {
    let read = Baseline::read("baseline.yaml", text, TODAY, |id| id.starts_with("ess/"));
    read.map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect())
}

fn differing(id: &str, places: &[&str]) -> Settled {
    let difference =
        |place: &&str| Mismatch { place: (*place).to_owned(), expected: "1".to_owned(), actual: "2".to_owned() };
    let differences: Vec<Mismatch> = places.iter().map(difference).collect();
    let outcome = match differences.is_empty() {
        true => Outcome::Agrees,
        false => Outcome::Differs { step: StepName::default(), differences },
    };
    Settled::once(CaseResult {
        id: id.to_owned(),
        says: String::new(),
        source: String::new(),
        basis: Basis::Documented,
        outcome,
        observations: Vec::new(),
        took_ms: 0,
    })
}

fn report(settled: &[Settled], baseline: &Baseline) -> Report {
    let about = About {
        target: "tencent-test",
        is_fake: false,
        began: String::new(),
        took_ms: 0,
        suite: String::new(),
        redaction: &Redaction::default(),
        baseline,
        others: None,
    };
    Report::of(settled, about)
}

const ACCEPTED: &str = "
# a comment
- case: ess/a
  differs: [Flow.Status, Flow.Name]
  reason: seen since May
  expires: 2026-11-26
";

#[test]
fn only_what_is_accepted_is_accepted() {
    let baseline = read(ACCEPTED).unwrap();

    let fails = |settled: Settled| report(&[settled], &baseline).fails();

    assert!(!fails(differing("ess/a", &["Flow.Status"])));
    assert!(!fails(differing("ess/a", &["Flow.Name", "Flow.Status"])));
    assert!(fails(differing("ess/a", &["Flow.Status", "Flow.Other"])), "one more place is a new difference");
    assert!(fails(differing("ess/b", &["Flow.Status"])), "another case");
}

#[test]
fn every_mistake_of_a_baseline_has_its_line() {
    let mistakes = read(
        "
- { case: ess/a, differs: [x], reason: why, expires: 2026-11-25 }
- { case: gone/b, differs: [x], reason: why, expires: 2027-01-01 }
- { case: ess/c, differs: [], reason: ' ', expires: 2027-01-01 }
- { case: ess/d, differs: [x], reason: why, expires: tomorrow }
- { case: ess/a, differs: [x], reason: why, expires: 2027-01-01 }
",
    );

    insta::assert_snapshot!(mistakes.unwrap_err().join("\n"));
    insta::assert_snapshot!("unreadable", read("- { case: ess/a, diffs: [x] }\n").unwrap_err().join("\n"));
    assert!(read("# nothing is accepted\n").is_ok());
}

#[test]
fn an_entry_whose_case_agrees_again_is_to_be_taken_out() {
    let baseline = read(ACCEPTED).unwrap();

    assert_eq!(baseline.outlived(&report(&[differing("ess/a", &[])], &baseline)), [(3, "ess/a".to_owned())]);
    assert_eq!(baseline.outlived(&report(&[differing("ess/a", &["Flow.Status"])], &baseline)), []);
}

#[test]
fn a_written_baseline_keeps_reasons_and_is_refused_until_new_entries_have_theirs() {
    let baseline = read(ACCEPTED).unwrap();
    let report = report(
        &[differing("ess/a", &["Flow.Status"]), differing("ess/b", &["X.Y[0]", ""]), differing("ess/c", &[])],
        &baseline,
    );

    let text = baseline.written_for(&report, date(2027, 2, 24));

    insta::assert_snapshot!(text);
    assert_eq!(read(&text).unwrap_err(), ["baseline.yaml:8:11: say why this is accepted"]);
    let given = text.replace("reason: \"\"", "reason: looked at");
    assert!(read(&given).is_ok());
}
