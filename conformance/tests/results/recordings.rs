//! A recording of the fake holds nobody of its world, and the fake does not part from it.

use std::path::Path;
use std::sync::Arc;

use ess_conformance::inbox::Inbox;
use ess_conformance::outcome::{Answer, CaseResult};
use ess_conformance::recording::Recording;
use ess_conformance::recording::drift_report::DriftReport;
use ess_conformance::redaction::Redaction;
use ess_conformance::run::{Plan, run};
use ess_conformance::stage::watch::Nobody;
use ess_conformance::suite::Suite;
use ess_conformance::suite::case::Case;
use ess_conformance::suite::folder::Folder;
use ess_conformance::target::Target;
use regex::Regex;

async fn played(suite: &Suite, cases: Vec<Case>) -> (Vec<CaseResult>, Redaction) {
    let target = Target::fake(&suite.folder).await.unwrap();
    let inbox = Inbox::start(([127, 0, 0, 1], 0).into(), None).await.unwrap();
    let plan = Plan { jobs: 4, fail_fast: false, watch: Arc::new(Nobody), inbox: Some(inbox) };
    (run(suite, &target, cases, &plan, &|_| {}).await, Redaction::of(&target.profile))
}

async fn recorded(suite: &Suite, cases: Vec<Case>) -> Recording {
    let (results, redaction) = played(suite, cases.clone()).await;
    Recording::of(&results, &cases, "fake", "2026-11-26", &redaction)
}

/// Everybody's mobile, card, name and key in the suite's world.
fn of_the_world() -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("worlds/suite.yaml")).unwrap();
    let patterns = [
        r#"(?:mobile|id_card): "(\d+)""#,
        r"secret_(?:id|key): ([\w-]+)",
        r"\bname: (\p{Han}{3})[, ]+(?:mobile|auto|has|unfit)",
    ];
    let each = patterns.map(|pattern| Regex::new(pattern).unwrap());
    // Somebody is called as sentences call what is not activated.
    let is_a_name = |found: &String| found != "未开通";
    let all = each.iter().flat_map(|pattern| pattern.captures_iter(&text).map(|found| found[1].to_owned()));
    all.filter(is_a_name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_of_the_world_survives_in_a_recording_of_the_whole_suite() {
    let suite = Suite::read(Folder::BuiltIn).unwrap();
    let recording = recorded(&suite, suite.cases().collect()).await;
    let folder = tempfile::tempdir().unwrap();
    recording.write(folder.path()).unwrap();

    let people = of_the_world();
    assert!(people.len() > 40, "{people:?}");
    let id = Regex::new(r"\b[A-Za-z0-9]*[0-9][A-Za-z0-9]*\b").unwrap();
    let texts = Folder::At(folder.path().to_owned()).texts("", "json").unwrap();
    assert_eq!(texts.len(), suite.files.len());
    for (path, text) in texts {
        // What a case says in its sentence or calls itself is the suite's, not the target's.
        let answers: Vec<String> = recording.files[&path]
            .cases
            .values()
            .map(|case| serde_json::to_string(&(&case.outcome, &case.calls)).unwrap())
            .collect();
        let answers = answers.join("\n");
        for one in &people {
            assert!(!answers.contains(one.as_str()), "{one} is in {path}");
        }
        let long = id.find_iter(&answers).find(|found| found.len() >= 20);
        assert!(long.is_none(), "{long:?} is in {path}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_of_the_fake_is_the_same_each_time_and_the_fake_does_not_part_from_it() {
    let suite = Suite::read(Folder::BuiltIn).unwrap();
    let cases: Vec<Case> =
        suite.cases().filter(|case| ["cancel_flow", "start_flow"].contains(&case.chapter())).collect();
    assert!(cases.len() > 20, "{}", cases.len());
    let (first, again) = (recorded(&suite, cases.clone()).await, recorded(&suite, cases.clone()).await);
    assert_eq!(first, again);

    let (mut results, redaction) = played(&suite, cases).await;
    let report = DriftReport::of(&first, &results, &redaction, |_| true);
    assert_eq!(report.drifts, [], "{report}");
    assert!(report.compared > 20, "{report}");

    // A fake that answers otherwise is found out.
    let refused = results.iter_mut().find(|result| result.id == "ess/cancel_flow/refusals/contract_complete").unwrap();
    let last = refused.observations.last_mut().unwrap();
    last.answer = Answer::Refused { code: "FailedOperation".to_owned(), message: String::new() };
    let report = DriftReport::of(&first, &results, &redaction, |_| true);
    let places: Vec<&str> = report.drifts.iter().map(|drift| drift.place.as_str()).collect();
    assert_eq!(places, ["Error.Code", "Error.Message"]);
}
