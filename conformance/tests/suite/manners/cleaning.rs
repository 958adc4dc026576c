//! Nothing is left behind, however a run ends.

use super::CASES;
use super::proxy::Fate;
use super::stand::{Stand, stdout};

fn last_line(text: &str) -> &str {
    text.lines().last().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_takes_back_what_it_created() {
    let stand = Stand::set(&CASES).await;

    let output = stand.run(&["--yes"]).await;

    let said = stdout(&output);
    assert_eq!(last_line(&said), "residue: 0", "{said}");
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!(stand.contracts().await.len(), 5, "two contracts, a draft, a group of two");
    assert_eq!(stand.open_contracts().await, [""; 0]);
    assert!(said.contains("5 × contract: withdrawn") && said.contains("1 × QR code: withdrawn"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_platform_launched_for_its_customers_is_taken_back_in_their_names() {
    let own = "[{ use: customers_contract }]";
    let seconds = "[{ use: customers_contract, with: { agent: \"${second_agent}\" } }]";
    let stand = Stand::set(&[("essbasic/some/own", own), ("essbasic/some/seconds", seconds)]).await;

    let output = stand.run(&["--yes"]).await;

    let said = stdout(&output);
    assert!(said.contains("2 × contract: withdrawn") && said.ends_with("residue: 0\n"), "{said}");
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!((stand.contracts().await.len(), stand.open_contracts().await.len()), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_of_a_platform_whose_id_nobody_learnt_is_found_in_its_bill() {
    let stand = Stand::set(&[("essbasic/some/own", "[{ use: customers_contract }]")]).await;
    stand.proxy.plan(1, Fate::AnswerLost);

    let output = stand.run(&["--yes", "--reruns", "0"]).await;

    let said = stdout(&output);
    assert!(said.contains("1 × contract: withdrawn") && said.ends_with("residue: 0\n"), "{said}");
    assert_eq!((stand.contracts().await.len(), stand.open_contracts().await.len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_run_created_is_taken_back_and_what_it_was_about_to_create_is_named() {
    let stand = Stand::set(&CASES).await;
    stand.proxy.plan(2, Fate::HeldBefore);
    let mut run = stand.start(&["--yes"]);
    stand.proxy.held().await;
    run.kill().await.unwrap();
    assert_eq!(stand.open_contracts().await.len(), 4, "the second contract was on its way");

    let output = stand.cleanup().await;

    let said = stdout(&output);
    assert_eq!(stand.open_contracts().await, [""; 0], "{said}");
    assert!(said.contains("4 × contract: withdrawn") && said.contains("1 × QR code: withdrawn"), "{said}");
    // Nobody can know that it never arrived.
    assert!(said.contains("residue: 1\n  CreateFlowByFiles \"采购合同 ess-"), "{said}");
    assert!(
        last_line(&said)
            .contains("its answer was lost, and the company's bill does not list it; what there is of it ends at "),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_of_a_killed_run_whose_id_nobody_learnt_is_found_by_its_name() {
    let stand = Stand::set(&CASES).await;
    stand.proxy.plan(2, Fate::HeldAfter);
    let mut run = stand.start(&["--yes"]);
    stand.proxy.held().await;
    run.kill().await.unwrap();
    assert_eq!(stand.open_contracts().await.len(), 5);

    let output = stand.cleanup().await;

    let said = stdout(&output);
    assert_eq!(stand.open_contracts().await, [""; 0], "{said}");
    assert_eq!(last_line(&said), "residue: 0", "{said}");
    assert_eq!(output.status.code(), Some(0));

    let again = stand.cleanup().await;
    assert_eq!(stdout(&again), "residue: 0\n", "there is nothing to do a second time");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_whose_answer_was_lost_is_taken_back_at_the_end_of_the_run() {
    let stand = Stand::set(&CASES).await;
    stand.proxy.plan(1, Fate::AnswerLost);

    let output = stand.run(&["--yes", "--reruns", "0"]).await;

    let said = stdout(&output);
    assert!(said.contains("BROKEN ess/some/a_contract") && said.contains("HTTP 502"), "{said}");
    assert_eq!(last_line(&said), "residue: 0", "{said}");
    assert_eq!(stand.open_contracts().await, [""; 0]);
    assert_eq!(output.status.code(), Some(1), "the case could not be played");
}
