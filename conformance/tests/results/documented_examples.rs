//! A tiny second target: it answers what the vendor's pages show for a call, and knows no other action.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ess_conformance::baseline::Baseline;
use ess_conformance::redaction::Redaction;
use ess_conformance::report::{About, Report, Standing, github, html, json, junit, terminal};
use ess_conformance::rerun::run_and_rerun;
use ess_conformance::suite::Suite;
use ess_conformance::suite::folder::Folder;
use ess_conformance::target::Target;
use serde_json::{Value, json};

use crate::plan;
use crate::stub::{refusal, serve, target};

/// Longer than the whole suite takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(240);

/// Request and answer, by action. What a page describes without an answer succeeds with nothing in it.
fn examples() -> BTreeMap<String, Vec<(Value, Value)>> {
    let mut examples: BTreeMap<String, Vec<(Value, Value)>> = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/examples/ess");
    for action in std::fs::read_dir(root).unwrap() {
        let action = action.unwrap();
        for file in std::fs::read_dir(action.path()).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let mut example: Value = serde_json::from_str(&text).unwrap();
            let shown = example["response"].take();
            let nothing = json!({"Response": {"RequestId": "s1700000000000000001"}});
            let answer = if shown.is_null() { nothing } else { shown };
            let known = examples.entry(action.file_name().to_string_lossy().into_owned()).or_default();
            known.push((example["request"].take(), answer));
        }
    }
    examples
}

/// How much two requests look alike: parameters that both have.
fn likeness(one: &Value, other: &Value) -> usize {
    let Some(one) = one.as_object() else { return 0 };
    one.keys().filter(|name| other.get(name.as_str()).is_some()).count()
}

async fn second_target() -> Target {
    let examples = examples();
    assert!(examples.len() > 10, "{} actions have examples", examples.len());
    let url = serve(move |action, request| {
        let alike = examples.get(action).and_then(|known| known.iter().max_by_key(|(one, _)| likeness(one, request)));
        match alike {
            Some((_, answer)) => (200, answer.to_string()),
            None => refusal("InvalidAction", "接口不存在"),
        }
    });
    target("examples", &url.await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_target_is_reported_on_sensibly() {
    let suite = Suite::read(Folder::BuiltIn).unwrap();
    let target = second_target().await;
    let cases: Vec<_> = suite.cases().collect();
    let count = cases.len();
    let told = AtomicUsize::new(0);
    let tell = |_: &_| {
        told.fetch_add(1, Ordering::Relaxed);
    };

    let plan = plan();
    let running = run_and_rerun(&suite, &target, cases, &plan, 1, &tell);
    let settled = tokio::time::timeout(PATIENCE, running).await.expect("the suite does not hang");

    assert_eq!((settled.len(), told.load(Ordering::Relaxed)), (count, count), "each case has its result");
    let redaction = Redaction::of(&target.profile);
    let about = About {
        target: &target.name,
        is_fake: false,
        began: String::new(),
        took_ms: 0,
        suite: "conformance".to_owned(),
        redaction: &redaction,
        baseline: &Baseline::default(),
        others: None,
    };
    let report = Report::of(&settled, about);
    let totals = report.totals;
    println!("{}", terminal::terminal(&report).lines().last().unwrap_or_default());
    assert!(totals.differ > 0 && totals.declined > 0 && totals.skipped > 0 && totals.agree > 0, "{totals:?}");
    assert_eq!((totals.flaky, totals.broken), (0, 0), "it always answers, and always the same");
    assert!(report.fails(), "a target that only knows examples does not pass");
    assert!(report.skipped.contains_key("the target has no clock"), "{:?}", report.skipped);
    for entry in &report.cases {
        match entry.standing {
            Standing::Differs => assert!(!entry.differs.is_empty(), "{} differs somewhere", entry.id),
            Standing::Agrees | Standing::Flaky | Standing::Declined | Standing::Broken | Standing::Skipped => {}
        }
    }
    let written = [json::json(&report).unwrap(), junit::junit(&report).unwrap(), html::html(&report).unwrap()];
    assert!(written.iter().all(|text| report.cases.iter().all(|entry| text.contains(last(&entry.id)))));
    assert_eq!(github::github(&report).lines().filter(|line| line.starts_with("::error")).count(), totals.failing);
}

fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}
