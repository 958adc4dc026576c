//! Three stubs with planted differences: one poses as the fake, one as the target, one as the same target at an earlier time.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use ess_conformance::baseline::Baseline;
use ess_conformance::redaction::Redaction;
use ess_conformance::report::terminal::terminal;
use ess_conformance::report::{About, Others, Report};
use ess_conformance::rerun::{Settled, run_and_rerun};
use ess_conformance::verdict::{Seen, Verdict};

use crate::stub::{refusal, serve, success, target};
use crate::{plan, play, read, suite_of};

const CASES: &str = "
says: a contract that has ended cannot be cancelled
source: ex CancelFlow
basis: documented
steps:
  - call: CancelFlow
    with: { Operator: operator, FlowId: '${row.flow}', CancelMessage: 写错了 }
    refused: { code: OperationDenied.FlowHasTerminated }
each:
  agree: { flow: agree }
  changed_since_last_run: { flow: changed }
  declined: { flow: declined }
  document_differs: { flow: document }
  fake_differs: { flow: fake }
  flaky: { flow: flaky }
  not_comparable: { flow: silent }
";

fn as_documented() -> (u16, String) {
    refusal("OperationDenied.FlowHasTerminated", "此流程已经终止")
}

fn otherwise() -> (u16, String) {
    refusal("ResourceNotFound.Flow", "合同yDwFmUUckpstqfvzUE1h3jo1f3cqjkGm不存在")
}

#[tokio::test(flavor = "multi_thread")]
async fn three_stubs_give_each_verdict_exactly_once() {
    let folder = suite_of(&[("ess/cancel_flow/verdicts", CASES)]);
    let suite = read(&folder);
    let fake = serve(|_, request| match request["FlowId"].as_str() {
        Some("fake") => success(serde_json::json!({})),
        Some("silent") => (502, "<html>bad gateway</html>".to_owned()),
        Some(_) | None => as_documented(),
    });
    let asked = AtomicUsize::new(0);
    let now = serve(move |_, request| match request["FlowId"].as_str() {
        Some("document") => otherwise(),
        Some("declined") => refusal("OperationDenied.NoQuota", "合同份额不足"),
        Some("flaky") if asked.fetch_add(1, Ordering::Relaxed) == 0 => otherwise(),
        Some(_) | None => as_documented(),
    });
    let earlier = serve(|_, request| match request["FlowId"].as_str() {
        Some("document" | "changed") => otherwise(),
        Some(_) | None => as_documented(),
    });
    let (fake, now, earlier) =
        (target("fake", &fake.await), target("stub", &now.await), target("stub", &earlier.await));
    let redaction = Redaction::of(&now.profile);

    let settled = run_and_rerun(&suite, &now, suite.cases().collect(), &plan(), 1, &|_| {}).await;
    let beside = play(&suite, &fake, suite.cases().collect()).await;
    let before = play(&suite, &earlier, suite.cases().collect()).await;

    let baseline = Baseline::default();
    let others = Others {
        fake: beside.into_iter().map(|result| (result.id.clone(), Settled::once(result))).collect(),
        fake_redaction: &redaction,
        before: before.into_iter().map(|result| (result.id, Seen::of(&result.outcome, &redaction))).collect(),
    };
    let about = About {
        target: "stub",
        is_fake: false,
        began: String::new(),
        took_ms: 0,
        suite: String::new(),
        redaction: &redaction,
        baseline: &baseline,
        others: Some(others),
    };
    let report = Report::of(&settled, about);
    let once: BTreeMap<Verdict, usize> = Verdict::ALL.into_iter().map(|verdict| (verdict, 1)).collect();
    assert_eq!(report.verdicts.as_ref(), Some(&once));
    for entry in &report.cases {
        let (_, row) = entry.id.rsplit_once('/').unwrap();
        assert_eq!(entry.compared.as_ref().unwrap().verdict.words().replace(' ', "_"), row);
    }
    insta::assert_snapshot!(terminal(&report));
}
