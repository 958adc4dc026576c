//! All orders of a contract's messages.

use ess_conformance::receiver::probe::Asker;
use ess_conformance::receiver::rules::Rule;
use ess_conformance::receiver::status::Status;
use ess_mock_server::scenario::Story;
use ess_mock_server::scenario::player::{Pace, Receiver, play};
use ess_mock_server::scenario::report::Report;
use ess_mock_server::scenario::schedule::plan;

use super::planted::{self, Defect};
use super::*;

#[tokio::test]
async fn a_short_failing_order_is_found_for_the_naive_receiver_with_few_deliveries() {
    let root = serve(naive_receiver::app(key(), TOKEN)).await;
    // What has gone back is not waited for.
    let patient = Subject { settle: Duration::from_secs(600), ..subject(&root) };

    let verdict = judged(patient, orders()).await.unwrap();

    let orders = verdict.orders.as_ref().unwrap();
    let failing = orders.failing.as_ref().unwrap();
    assert!(failing.deliveries.len() <= 3, "{}", verdict.text(None));
    assert_eq!((failing.breach.rule, failing.repeats), (Rule::NeverBackwards, true));
    // Under two seconds at ten milliseconds a delivery; it takes less than one.
    assert!(orders.deliveries < 200, "{}", orders.deliveries);
}

#[tokio::test]
async fn the_saved_order_makes_the_naive_receiver_fail_again_when_it_is_replayed() {
    let root = serve(naive_receiver::app(key(), TOKEN)).await;
    let verdict = judged(subject(&root), orders()).await.unwrap();
    let text = verdict.failing_order().unwrap().file.clone().unwrap();

    // What `ess-mock replay` does.
    let scenario = Story::read("failing-order.yaml", &text).unwrap().tell(99).unwrap();
    let url = format!("{root}/callback");
    let (key, token) = (Some(KEY.to_owned()), Some(TOKEN.to_owned()));
    let patience = Duration::from_secs(30);
    let receiver = Receiver { url, key, token, generation: None, patience, pace: Pace::Fast, seed: 99 };
    let mut report = Report::of(&scenario.name, 99);
    play(&scenario, &plan(&scenario, 99), &receiver, &mut report).await;

    assert_eq!(report.failure(), None, "every message was received");
    let service = scenario.contracts.iter().find(|one| one.name == "service").unwrap();
    let held = Asker::new(subject(&root).probe).unwrap().ask(&service.id).await.unwrap();
    assert_eq!(held.status, Some(Status::Started), "it was told 21 before");
}

#[tokio::test]
async fn the_correct_receiver_fails_in_none_of_all_720_orders() {
    let root = serve(correct_receiver::app(key(), TOKEN)).await;

    let verdict = judged(subject(&root), orders()).await.unwrap();

    let orders = verdict.orders.as_ref().unwrap();
    assert!(verdict.is_good(), "{}", verdict.text(None));
    assert_eq!((orders.played, orders.deliveries), (720, 720 * 12));
}

#[tokio::test]
async fn a_duplicate_that_counts_shrinks_to_one_message_and_the_same_again() {
    let root = serve(planted::app(Defect::CountsTwice, || ())).await;

    let verdict = judged(subject(&root), orders()).await.unwrap();

    let failing = verdict.failing_order().unwrap();
    let sent: Vec<&str> = failing.deliveries.iter().map(|one| one.message.as_str()).collect();
    assert_eq!((failing.breach.rule, sent.len()), (Rule::Idempotent, 2), "{sent:?}");
    assert_eq!(sent[0], sent[1]);
}

#[tokio::test]
async fn signers_that_run_backwards_are_found_by_their_order_alone() {
    let root = serve(planted::app(Defect::SignersRunBackwards, || ())).await;

    let verdict = judged(subject(&root), orders()).await.unwrap();

    let failing = verdict.failing_order().unwrap();
    assert_eq!(failing.breach.rule, Rule::NeverBackwards);
    assert!(failing.breach.seen.contains("of signer"), "{}", failing.breach.seen);
    assert_eq!(failing.deliveries.len(), 2, "{}", verdict.text(None));
}

#[tokio::test]
async fn a_story_of_more_messages_than_the_bound_is_not_begun() {
    let root = serve(naive_receiver::app(key(), TOKEN)).await;
    let mut programme = orders();
    programme.orders.as_mut().unwrap().bound = 5;

    let failure = judged(subject(&root), programme).await.unwrap_err().to_string();

    assert!(failure.contains("6 messages are about `service`") && failure.contains("--bound 6"), "{failure}");
}
