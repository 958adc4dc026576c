//! Reports of a made-up run in which everything happens, and texts that try to leave their place.

use std::collections::BTreeMap;

use jiff::civil::date;
use serde_json::Value;

use super::*;
use crate::outcome::{CaseResult, StepName};
use crate::suite::matcher::Mismatch;

/// A text that means something in each of the formats.
const NASTY: &str = "<script>alert(1)</script> ]]> & \"'\r\n::error::%0A \u{1b}[31m\u{0}";

fn step(line: u64) -> StepName {
    StepName { file: "cases/ess/cancel_flow/refused.yaml".to_owned(), line, what: "call CancelFlow".to_owned() }
}

fn differs(code: &str) -> Outcome {
    let difference = Mismatch {
        place: "Error.Code".to_owned(),
        expected: "\"OperationDenied\"".to_owned(),
        actual: format!("\"{code}\" \"合同不存在\""),
    };
    Outcome::Differs { step: step(7), differences: vec![difference] }
}

fn broken() -> Outcome {
    Outcome::Broken { step: step(9), reason: "HTTP 502, and not the vendor's envelope: \"bad gateway\"".to_owned() }
}

fn settled(id: &str, basis: Basis, runs: &[Outcome]) -> Settled {
    let result = CaseResult {
        id: format!("ess/cancel_flow/{id}"),
        says: format!("the sentence of {id}"),
        source: "api CancelFlow".to_owned(),
        basis,
        outcome: runs.last().unwrap().clone(),
        observations: Vec::new(),
        took_ms: 12,
    };
    Settled { result, runs: runs.to_vec() }
}

fn everything() -> Vec<Settled> {
    let skipped = |reason: &str| Outcome::Skipped { reason: reason.to_owned() };
    let declined = Outcome::Declined { step: step(5), refusal: "OperationDenied.NoQuota: 额度不足".to_owned() };
    vec![
        settled("accepted", Basis::Documented, &[differs("InternalError"), differs("InternalError")]),
        settled("agrees", Basis::Documented, &[Outcome::Agrees]),
        settled("assumed_differs", Basis::Assumed, &[differs("InternalError")]),
        settled("broken", Basis::Observed, &[broken(), broken()]),
        settled("declined", Basis::Documented, &[declined]),
        settled("differs", Basis::Documented, &[differs("ResourceNotFound.Flow"), differs("ResourceNotFound.Flow")]),
        settled("flaky", Basis::Documented, &[differs("InternalError"), Outcome::Agrees]),
        settled("skipped", Basis::Documented, &[skipped("the target has no clock")]),
        settled("skipped_too", Basis::Documented, &[skipped("the target has no clock")]),
        settled("without_a_seal", Basis::Documented, &[skipped("the target's profile has no `seal`")]),
    ]
}

fn baseline() -> Baseline {
    let text =
        "[{case: ess/cancel_flow/accepted, differs: [Error.Code], reason: known since May, expires: 2027-03-01}]";
    Baseline::read("baseline.yaml", text, date(2026, 11, 26), |_| true).unwrap()
}

fn report_of(settled: &[Settled], fake: Option<BTreeMap<String, Settled>>) -> Report {
    let (redaction, baseline) = (Redaction::default(), baseline());
    let others = fake.map(|fake| Others { fake, fake_redaction: &redaction, before: BTreeMap::new() });
    let about = About {
        target: "tencent-test",
        is_fake: false,
        began: "2026-11-26T08:00:00Z".to_owned(),
        took_ms: 1234,
        suite: "conformance".to_owned(),
        redaction: &redaction,
        baseline: &baseline,
        others,
    };
    Report::of(settled, about)
}

/// The same run beside a fake that does everything as its cases say, but for one that agrees elsewhere.
fn compared() -> Report {
    let fake = everything().into_iter().map(|one| {
        let outcome = if one.result.id.ends_with("/agrees") { differs("InternalError") } else { Outcome::Agrees };
        let id = one.result.id.clone();
        (id, Settled::once(CaseResult { outcome, ..one.result }))
    });
    report_of(&everything(), Some(fake.collect()))
}

fn nasty() -> Report {
    let difference = Mismatch { place: NASTY.to_owned(), expected: NASTY.to_owned(), actual: NASTY.to_owned() };
    let mut one =
        settled("nasty", Basis::Documented, &[Outcome::Differs { step: step(3), differences: vec![difference] }]);
    one.result.says = NASTY.to_owned();
    one.result.source = NASTY.to_owned();
    report_of(&[one], None)
}

#[test]
fn the_terminal_shows_what_is_otherwise_and_counts_the_rest() {
    insta::assert_snapshot!(terminal::terminal(&report_of(&everything(), None)));
}

#[test]
fn a_comparison_shows_one_table_of_verdicts() {
    insta::assert_snapshot!(terminal::terminal(&compared()));
}

#[test]
fn ci_servers_get_failures_and_programs_get_data() {
    let report = report_of(&everything(), None);

    insta::assert_snapshot!("junit", junit::junit(&report).unwrap());
    insta::assert_snapshot!("json", json::json(&report).unwrap());
    insta::assert_snapshot!("github", github::github(&report));
}

#[test]
fn the_page_has_every_case_and_needs_nothing_else() {
    let page = html::html(&compared()).unwrap();

    let body = page.split_once("<tbody").unwrap().1.split_once("</tbody>").unwrap().0;
    insta::assert_snapshot!("html", body);
    for elsewhere in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!page.contains(elsewhere), "{elsewhere} would be fetched");
    }
}

#[test]
fn a_report_is_as_its_schema_says_and_nothing_in_it_is_undescribed() {
    let schema: Value = serde_json::from_str(include_str!("../../report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();

    for report in [report_of(&everything(), None), compared(), nasty(), report_of(&[], None)] {
        let value: Value = serde_json::from_str(&json::json(&report).unwrap()).unwrap();
        let mistakes: Vec<String> =
            validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(mistakes, Vec::<String>::new());

        let mut more = value.clone();
        more["something"] = Value::from("else");
        assert!(!validator.is_valid(&more));
    }
}

#[test]
fn no_text_of_a_case_leaves_its_place_in_a_page() {
    let page = html::html(&nasty()).unwrap();

    assert_eq!(page.matches("<script").count(), 1, "only the page's own");
    assert!(page.contains("&#60;script&#62;alert(1)"), "the text is still shown");
}

#[test]
fn no_text_of_a_case_leaves_its_place_in_junit() {
    let text = junit::junit(&nasty()).unwrap();

    let read = quick_junit::Report::deserialize_from_str(&text).unwrap();
    let case = &read.test_suites[0].test_cases[0];
    let quick_junit::TestCaseStatus::NonSuccess { message, description, .. } = &case.status else {
        panic!("{case:?}");
    };
    assert!(message.as_ref().unwrap().as_str().contains("<script>alert(1)</script> ]]>"), "{message:?}");
    assert!(description.as_ref().unwrap().as_str().contains("<script>alert(1)</script> ]]>"), "{description:?}");
}

#[test]
fn no_text_of_a_case_leaves_its_line_in_an_annotation() {
    let text = github::github(&nasty());

    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with(
        "::error file=conformance/cases/ess/cancel_flow/refused.yaml,line=3,title=ess/cancel_flow/nasty::"
    ));
    assert!(text.contains("%0D%0A::error::%250A"), "{text}");
}

#[test]
fn no_text_of_a_case_steers_the_terminal() {
    let text = terminal::terminal(&nasty());

    assert!(!text.contains('\u{1b}') && !text.contains('\u{0}') && !text.contains('\r'), "{text:?}");
}

#[test]
fn an_accepted_or_assumed_difference_does_not_fail_and_a_wrong_fake_does() {
    let report = compared();
    let failing: Vec<&str> = report.cases.iter().filter(|entry| entry.fails).map(|entry| entry.id.as_str()).collect();

    assert_eq!(failing, ["ess/cancel_flow/agrees", "ess/cancel_flow/broken", "ess/cancel_flow/differs"]);
    assert_eq!(report.totals.accepted, 1);
}
