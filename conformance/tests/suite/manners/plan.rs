//! What a run will cause is known beforehand, and bounded.

use ess_conformance::manners::effects::Effects;
use ess_conformance::manners::flight_plan::{Again, FlightPlan};
use ess_conformance::suite::Suite;
use ess_conformance::suite::folder::Folder;
use ess_conformance::target::plain::Plain;
use ess_conformance::target::profile::Profile;
use ess_conformance::target::{Reach, Target};

use super::CASES;
use super::stand::{Stand, stderr, stdout};

/// A suite of these cases, and somebody else's target, whose profile is the stand's.
fn read(stand: &Stand) -> (Suite, Target) {
    let suite = Suite::read(Folder::At(stand.suite().to_owned())).unwrap();
    let text = std::fs::read_to_string(stand.profile()).unwrap();
    let profile = Profile::read("profile.yaml", &text, |_| None).unwrap();
    let plain = Plain::new(Some(stand.proxy.url.clone()), &[], std::time::Duration::ZERO).unwrap();
    (suite, Target { name: "somebody else's".to_owned(), profile, reach: Reach::Plain(plain) })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_flight_plan_says_what_happens() {
    let stand = Stand::set(&CASES).await;
    let (suite, target) = read(&stand);

    let plan = FlightPlan::of(&suite, &target, &suite.cases().collect::<Vec<_>>(), Again::Each(0), None);
    let output = stand.run(&["--yes"]).await;

    let created = u64::try_from(stand.contracts().await.len()).unwrap();
    assert_eq!(
        plan.expected,
        Effects { contracts: created, quota: 4, messages: 10, codes: 1, files: 3, reports: 0 },
        "{}",
        stdout(&output)
    );
    let sent =
        stand.proxy.calls().into_iter().filter(|action| {
            !["DescribeFlowBriefs", "CancelFlow", "CancelMultiFlowSignQRCode"].contains(&action.as_str())
        });
    assert_eq!(plan.calls, sent.count());
    assert!(stderr(&output).contains("contracts created  5, at most 10 if cases differ\n"), "{}", stderr(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_calls_and_repeated_preparations_are_in_the_bound_alone() {
    let refused = r#"[{ call: CreateReleaseFlow, with: { Operator: "${operator}", NeedRelievedFlowId: "${nobody}" }, refused: { code: ResourceNotFound } }]"#;
    let table =
        "[{ use: running_contract }]\nbefore: [{ use: running_contract }]\neach: { one: {}, two: {}, three: {} }";
    let stand = Stand::set(&[("ess/some/refused", refused), ("ess/some/table", table)]).await;
    let (suite, target) = read(&stand);

    let plan = FlightPlan::of(&suite, &target, &suite.cases().collect::<Vec<_>>(), Again::Each(0), None);

    assert_eq!((plan.expected.contracts, plan.bound.contracts), (4, 7), "{plan}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_says_the_plan_and_sends_nothing() {
    let stand = Stand::set(&CASES).await;

    let output = stand.run(&["--dry-run", "--max-flows", "3"]).await;

    let said = stdout(&output);
    let port = stand.proxy.url.rsplit_once(':').unwrap().1;
    insta::assert_snapshot!(said.replace(port, "PORT"));
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stand.proxy.calls(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_before_somebody_agrees() {
    let stand = Stand::set(&CASES).await;

    let output = stand.run(&[]).await;

    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).ends_with("say --yes if the flight plan is as you want it\n"), "{}", stderr(&output));
    assert_eq!(stand.proxy.calls(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cap_stops_before_the_next_contract() {
    let stand = Stand::set(&CASES).await;

    let output = stand.run(&["--yes", "--max-flows", "3"]).await;

    let said = stdout(&output);
    assert!(said.contains("1  --max-flows 3 is reached"), "two would be one too many: {said}");
    assert_eq!(stand.contracts().await.len(), 3, "the first, the draft, and the last, which fits again");
    assert_eq!(stand.proxy.calls().iter().filter(|action| *action == "CreateFlowGroupByFiles").count(), 0);
    assert_eq!(said.lines().last(), Some("residue: 0"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_preparation_needs_skips_the_case_before_anything_is_created_for_it() {
    let stand = Stand::set(&[
        ("ess/some/signs", "[{ use: signed_contract }]"),
        ("ess/some/names", r#"[{ use: running_contract }, { check: "${organization.nothing}", is: 1 }]"#),
        ("ess/some/key", "[{ use: running_contract }, { call: DescribeFlowInfo, by: another }]"),
        (
            "ess/some/beyond",
            r#"[{ use: running_contract }, { call: CancelOrganizationFlows, with: { Operator: "${operator}" } }]"#,
        ),
    ])
    .await;

    let output = stand.run(&["--yes"]).await;

    let said = stdout(&output);
    insta::assert_snapshot!(said.split_once("\n\n").unwrap().0);
    assert_eq!(stand.proxy.calls(), [""; 0]);
}
