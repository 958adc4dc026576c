//! Where no program signs, a human is shown the way and waited for.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ess_conformance::outcome::Outcome;
use ess_conformance::run::{Plan, run};
use ess_conformance::stage::human::Human;
use ess_conformance::stage::watch::Nobody;
use ess_conformance::suite::Suite;
use ess_conformance::suite::folder::Folder;
use ess_conformance::target::address::Address;
use ess_conformance::target::opening::{Wanted, open};
use tokio::sync::mpsc;

use super::stand::Stand;

fn wanted(stand: &Stand, human: Option<Human>) -> Wanted {
    Wanted {
        address: Address::Plain(stand.proxy.url.clone()),
        profile: Some(stand.profile()),
        control_token: None,
        hosts: Vec::new(),
        pace: Duration::ZERO,
        human,
        callback_listen: None,
        callback_url: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_human_is_shown_a_link_and_waited_for_until_the_contract_is_signed() {
    let signs = r#"[{ use: signed_contract }, { call: DescribeFlowBriefs, with: { Operator: "${operator}", FlowIds: ["${signed_contract.id}"] }, answers: { "FlowBriefs[0].FlowStatus": 4 } }]"#;
    let stand = Stand::set(&[("ess/some/signs", signs)]).await;
    let suite = Suite::read(Folder::At(stand.suite().to_owned())).unwrap();
    let (asked, mut invitations) = mpsc::unbounded_channel();
    let shown: Arc<Mutex<Vec<String>>> = Arc::default();
    let texts = shown.clone();
    let show = move |text: &str| {
        texts.lock().unwrap().push(text.to_owned());
        asked.send(()).unwrap();
    };
    let human = Human { show: Arc::new(show), patience: Duration::from_secs(60), pause: Duration::from_millis(20) };
    let (target, _) = open(&suite, wanted(&stand, Some(human))).await.unwrap();
    let plan = Plan { jobs: 1, fail_fast: false, watch: Arc::new(Nobody), inbox: None };

    // Whoever sees an invitation signs: whose turn it is, the fake knows.
    let acting = async {
        while invitations.recv().await.is_some() {
            let flow = stand.contracts().await.last().unwrap()["id"].as_str().unwrap().to_owned();
            let url = format!("{}/_mock/flows/{flow}/sign", stand.fake.url());
            let signed =
                super::http().post(url).header("content-type", "application/json").body("{}").send().await.unwrap();
            assert!(signed.status().is_success());
        }
    };
    let results = tokio::select! {
        results = run(&suite, &target, suite.cases().collect(), &plan, &|_| {}) => results,
        () = acting => panic!("nobody asks any more"),
    };

    assert_eq!(results[0].outcome, Outcome::Agrees);
    let shown = shown.lock().unwrap();
    assert_eq!(shown.len(), 2);
    assert!(shown[0].starts_with("Please sign 采购合同 as 卫国安"), "{}", shown[0]);
    assert!(shown[1].contains("as 周小签") && shown[1].contains('█') && shown[1].contains("http"), "{}", shown[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_waited_for_without_end() {
    let stand = Stand::set(&[("ess/some/signs", "[{ use: signed_contract }]")]).await;
    let suite = Suite::read(Folder::At(stand.suite().to_owned())).unwrap();
    let human = Human { show: Arc::new(|_| {}), patience: Duration::ZERO, pause: Duration::from_millis(1) };
    let (target, _) = open(&suite, wanted(&stand, Some(human))).await.unwrap();
    let plan = Plan { jobs: 1, fail_fast: false, watch: Arc::new(Nobody), inbox: None };

    let results = run(&suite, &target, suite.cases().collect(), &plan, &|_| {}).await;

    assert_eq!(results[0].outcome, Outcome::Skipped { reason: "nobody did it within 0 s".to_owned() });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_seals_instead_where_nobody_signs_and_the_profile_says_so() {
    let looks = r#"[{ use: signed_contract }, { call: DescribeFlowBriefs, with: { Operator: "${operator}", FlowIds: ["${signed_contract.id}"] }, answers: { "FlowBriefs[0].FlowStatus": 4 } }]"#;
    let stand = Stand::set(&[("ess/some/looks", looks)]).await;
    let profile = std::fs::read_to_string(stand.profile()).unwrap();
    std::fs::write(stand.profile(), format!("instead: {{ signed_contract: sealed_contract }}\n{profile}")).unwrap();
    let suite = Suite::read(Folder::At(stand.suite().to_owned())).unwrap();
    let (target, _) = open(&suite, wanted(&stand, None)).await.unwrap();
    let plan = Plan { jobs: 1, fail_fast: false, watch: Arc::new(Nobody), inbox: None };

    let results = run(&suite, &target, suite.cases().collect(), &plan, &|_| {}).await;

    assert_eq!(results[0].outcome, Outcome::Agrees);
}
