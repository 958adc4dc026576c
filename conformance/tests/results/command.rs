//! The command as CI uses it: exit codes, reports, a baseline, running again what failed.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::suite_of;

const RIGHT: &str = "
says: a contract that nobody has cannot be cancelled
source: api CancelFlow
basis: documented
steps:
  - call: CancelFlow
    with: { Operator: '${operator}', FlowId: '${nobody}', CancelMessage: 写错了 }
    refused: { code: ResourceNotFound.Flow }
";

/// A suite of two cases, of which the second is not so.
fn suite() -> TempDir {
    let wrong = RIGHT.replace("ResourceNotFound.Flow", "InternalError").replace("nobody has", "does not exist");
    suite_of(&[("ess/cancel_flow/right", RIGHT), ("ess/cancel_flow/wrong", &wrong)])
}

fn command(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ess-conformance"));
    let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn run(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    command(folder, &[&["run", "--suite", "."], arguments].concat())
}

fn cases_in(file: &Path) -> Vec<String> {
    let report: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    report["cases"].as_array().unwrap().iter().map(|case| case["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn agreement_is_0_a_difference_1_and_wrong_usage_2() {
    let folder = suite();

    assert_eq!(run(&folder, &["--only", "ess/cancel_flow/right"]).0, 0);
    assert_eq!(run(&folder, &[]).0, 1);
    for wrong in [
        &["--only", "nothing/**"][..],
        &["--report", "pdf=x"],
        &["--baseline", "missing.yaml"],
        &["--compare-fake"],
        &["--since", "recording"],
    ] {
        assert_eq!(run(&folder, wrong).0, 2, "{wrong:?}");
    }
}

#[test]
fn every_report_is_written_and_the_terminal_says_what_differs() {
    let folder = suite();

    let reports = "junit=out/junit.xml,json=out/report.json,html=out/report.html,github";
    let (_, out, _) = run(&folder, &["--report", reports]);

    assert!(out.contains("DIFFERS ess/cancel_flow/wrong\n"), "{out}");
    assert!(out.contains("at cases/ess/cancel_flow/wrong.yaml:6 (call CancelFlow)"), "{out}");
    assert!(out.contains("\n::error file=./cases/ess/cancel_flow/wrong.yaml,line=6,"), "{out}");
    assert!(
        out.contains("\n2 cases on fake: 1 agree, 1 differ, 0 flaky, 0 declined, 0 broken, 0 skipped in "),
        "{out}"
    );
    assert_eq!(cases_in(&folder.path().join("out/report.json")), ["ess/cancel_flow/right", "ess/cancel_flow/wrong"]);
    for file in ["out/junit.xml", "out/report.html"] {
        assert!(std::fs::read_to_string(folder.path().join(file)).unwrap().contains("wrong"), "{file}");
    }
}

#[test]
fn only_what_failed_is_run_again() {
    let folder = suite();
    let json = folder.path().join("report.json");
    assert_eq!(run(&folder, &["--rerun-failed"]).0, 2, "nothing is known of a last run");
    assert_eq!(run(&folder, &[]).0, 1);

    assert_eq!(run(&folder, &["--rerun-failed", "--report", "json=report.json"]).0, 1);
    assert_eq!(cases_in(&json), ["ess/cancel_flow/wrong"]);

    std::fs::write(folder.path().join("cases/ess/cancel_flow/wrong.yaml"), RIGHT).unwrap();
    assert_eq!(run(&folder, &["--rerun-failed"]).0, 0);
    let (code, out, _) = run(&folder, &["--rerun-failed"]);
    assert_eq!((code, out.as_str()), (0, "nothing of it failed when it was run last on fake\n"));
}

#[test]
fn a_baseline_accepts_what_is_known_and_nothing_else() {
    let folder = suite();
    let at = folder.path().join("baseline.yaml");
    assert_eq!(run(&folder, &["--write-baseline", "baseline.yaml"]).0, 1);
    let (code, _, said) = run(&folder, &["--baseline", "baseline.yaml"]);
    assert_eq!(code, 2);
    assert_eq!(said, "baseline.yaml:4:11: say why this is accepted\n");

    let written = std::fs::read_to_string(&at).unwrap();
    std::fs::write(&at, written.replace("reason: \"\"", "reason: known")).unwrap();
    let (code, out, _) = run(&folder, &["--baseline", "baseline.yaml"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("  accepted: known\n") && out.contains("1 differ (1 accepted)"), "{out}");

    std::fs::write(folder.path().join("cases/ess/cancel_flow/right.yaml"), RIGHT.replace(".Flow }", " }")).unwrap();
    assert_eq!(run(&folder, &["--baseline", "baseline.yaml"]).0, 1, "a new difference fails");

    std::fs::write(folder.path().join("cases/ess/cancel_flow/wrong.yaml"), RIGHT).unwrap();
    let (code, out, _) = run(&folder, &["--baseline", "baseline.yaml", "--only", "ess/cancel_flow/wrong"]);
    assert_eq!(code, 0);
    assert!(out.contains("baseline.yaml:2: ess/cancel_flow/wrong is as it says: take the entry out\n"), "{out}");
}

#[test]
fn a_recording_of_the_fake_has_no_drift_until_the_suite_asks_otherwise() {
    let folder = suite();

    assert_eq!(command(&folder, &["record", "--suite", ".", "--out", "recording"]).0, 0);
    let (code, out, _) = command(&folder, &["diff", "recording", "--suite", "."]);
    assert_eq!(
        (code, out.as_str()),
        (0, "2 cases compared, 0 drifts: 0 outcome, 0 code, 0 message, 0 shape, 0 value\n")
    );

    let at = folder.path().join("recording/ess/cancel_flow/right.json");
    let text = std::fs::read_to_string(&at).unwrap();
    std::fs::write(&at, text.replace("ResourceNotFound.Flow", "ResourceNotFound.NotExistFlow")).unwrap();
    let (code, out, _) = command(&folder, &["diff", "recording", "--suite", ".", "--json", "drift.json"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("code Error.Code: recorded ResourceNotFound.NotExistFlow, the fake ResourceNotFound.Flow"),
        "{out}"
    );
    assert!(folder.path().join("drift.json").exists());
}
