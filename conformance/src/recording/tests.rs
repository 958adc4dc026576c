//! What is written can be read, and where it parts from the fake is told.

use serde_json::{Value, json};

use super::drift::{Drift, drifts};
use super::drift_report::DriftReport;
use super::*;
use crate::outcome::{Answer, StepName};

fn answered(action: &str, answer: Value) -> Observation {
    Observation { action: action.to_owned(), answer: Answer::Answered(answer) }
}

fn refused(action: &str, code: &str, message: &str) -> Observation {
    let answer = Answer::Refused { code: code.to_owned(), message: message.to_owned() };
    Observation { action: action.to_owned(), answer }
}

fn result(id: &str, outcome: Outcome, observations: Vec<Observation>) -> CaseResult {
    CaseResult {
        id: id.to_owned(),
        says: "a sentence".to_owned(),
        source: "api CancelFlow".to_owned(),
        basis: Basis::Documented,
        outcome,
        observations,
        took_ms: 3,
    }
}

fn recorded(outcome: Outcome, calls: Vec<Observation>) -> RecordedCase {
    RecordedCase { says: String::new(), basis: Basis::Documented, outcome, calls }
}

fn drifts_of(recorded_calls: Vec<Observation>, fake_calls: Vec<Observation>) -> Vec<String> {
    let (one, other) = (recorded(Outcome::Agrees, recorded_calls), recorded(Outcome::Agrees, fake_calls));
    let line =
        |drift: Drift| format!("{} {} {}: {} / {}", drift.call, drift.of, drift.place, drift.recorded, drift.fake);
    drifts("a", &one, &other).into_iter().map(line).collect()
}

#[test]
fn a_recording_is_read_as_it_was_written_and_the_same_answers_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let step = StepName { file: "cases/a.yaml".to_owned(), line: 3, what: "call CancelFlow".to_owned() };
    let results = [
        result("ess/a/x", Outcome::Agrees, vec![answered("CancelFlow", json!({"RequestId": "r"}))]),
        result(
            "ess/a/y",
            Outcome::Declined { step, refusal: "no".to_owned() },
            vec![refused("CancelFlow", "A.B", "否")],
        ),
    ];
    let recording = Recording::of(&results, &[], "tencent-test", "2026-11-26", &Redaction::default());

    recording.write(folder.path()).unwrap();
    let first = std::fs::read(folder.path().join("ess/a/y.json")).unwrap();
    recording.write(folder.path()).unwrap();

    assert_eq!(Recording::read(folder.path()).unwrap(), recording);
    assert_eq!(std::fs::read(folder.path().join("ess/a/y.json")).unwrap(), first);
    assert_eq!(recording.seen()["ess/a/y"], Seen::Declined);
}

#[test]
fn a_folder_without_a_recording_is_a_mistake_and_so_is_a_broken_file() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Recording::read(folder.path()).unwrap_err().contains("no recording"));

    std::fs::write(folder.path().join("x.json"), "{\n  \"target\": 3\n}").unwrap();
    assert!(Recording::read(folder.path()).unwrap_err().contains("line 2"));
}

#[test]
fn codes_messages_shapes_and_values_drift_and_what_was_hidden_does_not() {
    let recorded = vec![
        refused("CancelFlow", "OperationDenied.FlowHasTerminated", "此流程已经终止"),
        refused("CancelFlow", "InternalError", "x"),
        refused("CancelFlow", "A", "x"),
        answered(
            "DescribeFlowInfo",
            json!({"RequestId": "<id 36>", "Id": "<id 32>", "Other": "<id 16>", "Name": "<name 4>", "Status": 4, "List": [1, 2], "New": null, "Text": "", "Type": "A"}),
        ),
    ];
    let fake = vec![
        refused("CancelFlow", "OperationDenied.FlowHasTerminated", "此流程已终止"),
        refused("CancelFlow", "FailedOperation", "x"),
        answered("CancelFlow", json!({})),
        answered(
            "DescribeFlowInfo",
            json!({"RequestId": "<id 20>", "Id": "<id 32>", "Other": "<id 32>", "Name": "<name 9>", "Status": 5, "List": [1], "Old": 1, "Text": "<text 3>", "Type": "B"}),
        ),
    ];

    insta::assert_snapshot!(drifts_of(recorded, fake).join("\n"));
}

#[test]
fn how_often_something_was_asked_is_no_drift_and_another_way_is() {
    let asked = |status: i64| answered("DescribeFlowInfo", json!({"Status": status}));

    assert_eq!(drifts_of(vec![asked(1), asked(1), asked(4)], vec![asked(1), asked(4)]), Vec::<String>::new());
    assert_eq!(
        drifts_of(vec![refused("CancelFlow", "A", "x")], vec![refused("StartFlow", "A", "x")]),
        ["1 outcome : CancelFlow / StartFlow"]
    );
}

#[test]
fn the_drift_report_says_what_was_compared_and_what_could_not_be() {
    let differs = Outcome::Differs { step: StepName::default(), differences: Vec::new() };
    let skipped = Outcome::Skipped { reason: "the target has no clock".to_owned() };
    let calls = || vec![refused("CancelFlow", "A.B", "x")];
    let recorded = [
        result("ess/a", differs, calls()),
        result("ess/b", Outcome::Agrees, calls()),
        result("ess/gone", Outcome::Agrees, calls()),
        result("ess/not_asked_for", Outcome::Agrees, calls()),
        result("ess/skipped", skipped, Vec::new()),
    ];
    let recording = Recording::of(&recorded, &[], "tencent-test", "2026-11-26", &Redaction::default());
    let fake = [
        result("ess/a", Outcome::Agrees, vec![refused("CancelFlow", "A.C", "x")]),
        result("ess/b", Outcome::Agrees, calls()),
        result("ess/skipped", Outcome::Agrees, calls()),
    ];

    let report = DriftReport::of(&recording, &fake, &Redaction::default(), |id| id != "ess/gone");

    insta::assert_snapshot!(report);
}
