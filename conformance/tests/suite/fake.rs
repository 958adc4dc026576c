//! Every case, played against the fake.

use std::sync::Arc;

use ess_conformance::inbox::Inbox;
use ess_conformance::outcome::Outcome;
use ess_conformance::run::{Plan, run};
use ess_conformance::stage::watch::Nobody;
use ess_conformance::target::Target;

use crate::suite;

/// As many as the issue of a suite that can be trusted asks for.
const FEWEST_CASES: usize = 300;

#[tokio::test(flavor = "multi_thread")]
async fn the_fake_is_as_every_case_says() {
    let suite = suite();
    let target = Target::fake(&suite.folder).await.unwrap();
    let inbox = Inbox::start(([127, 0, 0, 1], 0).into(), None).await.unwrap();
    // Whoever plants mutants wants to know whether, not where (conformance/mutants/run).
    let fail_fast = std::env::var_os("ESS_CONFORMANCE_FAIL_FAST").is_some();
    let plan = Plan { jobs: 4, fail_fast, watch: Arc::new(Nobody), inbox: Some(inbox) };
    let cases: Vec<_> = suite.cases().collect();
    let count = cases.len();

    let results = run(&suite, &target, cases, &plan, &|_| {}).await;

    let otherwise: Vec<String> = results
        .iter()
        .filter(|result| result.outcome != Outcome::Agrees)
        .map(|result| format!("{}: {:?}", result.id, result.outcome))
        .collect();
    assert_eq!(otherwise.join("\n"), "");
    assert!(count >= FEWEST_CASES && results.len() == count, "{count} cases");
}
