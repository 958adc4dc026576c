//! What is planned, sent and reported.

use ess_client::callback::Generation;

use super::super::Story;
use super::receiver::Reference;
use super::*;
use crate::domain::time::Timestamp;

fn order(scenario: &Scenario, seed: u64) -> Vec<(String, i64)> {
    let plan = plan(scenario, seed);
    let start = plan.iter().map(|one| one.at).min().unwrap_or_default();
    let named = |at: Timestamp| i64::try_from(at.since(start).as_millis()).unwrap();
    plan.iter().map(|one| (scenario.messages[one.message].name.clone(), named(one.at))).collect()
}

fn named(order: &[(String, i64)]) -> Vec<(&str, i64)> {
    order.iter().map(|(name, at)| (name.as_str(), *at)).collect()
}

#[test]
fn without_steps_every_message_is_sent_once_as_it_comes() {
    assert_eq!(named(&order(&lease(""), 0)), [("started", 0), ("signed", 60_000), ("finished", 60_000)]);
}

#[test]
fn a_step_comes_after_its_message_has_happened_and_holds_nobody_back_with_its_repeats() {
    let scenario = lease("steps: [{ send: started, repeat: 3, every: 40s }, { send: signed, after: 1s }]\n");

    let expected = [("started", 0), ("started", 40_000), ("signed", 60_000), ("started", 80_000)];
    assert_eq!(named(&order(&scenario, 0)), expected);
}

#[test]
fn what_was_lost_comes_by_the_ladder_of_retries() {
    let scenario = lease("steps: [{ send: signed, lost: 3 }, finished]\n");

    assert_eq!(named(&order(&scenario, 0)), [("finished", 0), ("signed", 3_500)]);
}

#[test]
fn a_shuffle_is_drawn_with_the_seed() {
    let scenario = lease("steps: [{ shuffle: [started, signed, finished] }]\n");
    let orders: std::collections::BTreeSet<_> = (0..40).map(|seed| order(&scenario, seed)).collect();

    assert_eq!(order(&scenario, 3), order(&scenario, 3));
    assert_eq!(orders.len(), 6, "every order of three comes up");
}

#[test]
fn a_story_is_told_again_about_contracts_of_its_own_and_knows_how_they_end() {
    let story = Story::read("test.yaml", LEASE).unwrap();
    let (first, second) = (story.tell(1).unwrap(), story.tell(2).unwrap());

    assert_eq!(first.contracts.len(), 1);
    assert_eq!((first.contracts[0].name.as_str(), first.contracts[0].status), ("lease", 4));
    assert_ne!(first.contracts[0].id, second.contracts[0].id);
    let ids = |scenario: &Scenario| scenario.messages.iter().map(|one| one.flow.clone()).collect::<Vec<_>>();
    assert!(ids(&first).iter().all(|id| id.as_ref().is_some_and(|id| id.as_str() == first.contracts[0].id)));
    assert_eq!(ids(&story.tell(1).unwrap()), ids(&first), "the seed decides");
}

#[tokio::test]
async fn what_is_refused_comes_again_until_it_is_received() {
    let reference = Reference::open_after(2).await;

    let report = played(&lease("steps: [started, signed]\n"), &receiver(&reference.url)).await;

    let seen: Vec<_> = report.attempts.iter().map(|row| (row.message.as_str(), row.attempt, row.status)).collect();
    assert_eq!(
        seen,
        [("started", 1, Some(503)), ("started", 2, Some(503)), ("started", 3, Some(200)), ("signed", 1, Some(200))]
    );
    assert_eq!(report.failure(), None);
}

#[tokio::test]
async fn a_message_nobody_takes_is_named_after_six_attempts_and_the_rest_is_sent() {
    let reference = Reference::open_after(7).await;

    let report = played(&lease("steps: [started, { send: signed, retry: false }]\n"), &receiver(&reference.url)).await;

    assert_eq!(report.attempts.len(), 7);
    assert_eq!(report.undelivered(), ["started", "signed"]);
    assert_eq!(
        report.failure().unwrap(),
        "scenario `lease`: 2 of its messages could not be delivered: started (503), signed (503)"
    );
}

#[tokio::test]
async fn nobody_listening_is_undeliverable() {
    let report = played(&lease("steps: [started]\n"), &receiver("http://127.0.0.1:1/")).await;

    assert_eq!((report.attempts.len(), report.undelivered()), (6, vec!["started"]));
    assert!(report.attempts[0].error.is_some());
}

#[tokio::test]
async fn a_stated_expectation_that_is_not_met_is_a_failure_and_an_unstated_one_a_remark() {
    let reference = Reference::open().await;
    let with = |expect: &str| lease(&format!("steps: [{{ send: started, hostile: wrong_key{expect} }}]\n"));

    let good = played(&with(""), &receiver(&reference.url)).await;
    let missed = played(&with(", expect: accept"), &receiver(&reference.url)).await;

    assert_eq!((good.failure(), good.attempts[0].as_good), (None, true));
    assert!(missed.failure().unwrap().contains("1 answers are not those a good receiver gives: started (400)"));
}

#[tokio::test]
async fn another_generation_leaves_out_what_it_does_not_tell() {
    let scenario = scenario(&format!("{LEASE}  - {{ as: charged, BillingUse: {{ contract: lease }} }}\n"));
    let reference = Reference::open().await;
    let legacy = Receiver { generation: Some(Generation::Legacy), ..receiver(&reference.url) };

    let report = played(&scenario, &legacy).await;

    assert_eq!(report.left_out.iter().collect::<Vec<_>>(), ["charged"]);
    assert!(reference.plaintexts.lock().iter().all(|text| text.starts_with("{\"FlowId\"")));
}

#[tokio::test]
async fn fields_written_out_stand_in_the_message() {
    let text = LEASE.replace("operate: start, status: 1", "operate: start, FlowName: 别名, UserData: bW9vZA==");
    let reference = Reference::open().await;

    played(&scenario(&text), &receiver(&reference.url)).await;

    let first = reference.plaintexts.lock()[0].clone();
    assert!(first.contains("\"FlowName\":\"别名\"") && first.contains("\"UserData\":\"bW9vZA==\""), "{first}");
}

#[tokio::test]
async fn the_table_tells_what_was_answered() {
    let reference = Reference::open_after(1).await;
    let mut report = played(&lease("steps: [started, { send: signed, hostile: unknown_type }, { send: signed, hostile: zero_padding, expect: refuse }]\n"), &receiver(&reference.url)).await;
    for row in &mut report.attempts {
        row.took_ms = 1;
    }
    insta::assert_snapshot!(report.table());
}
