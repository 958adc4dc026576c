//! Each defect is found, for the right reason; and what is allowed is not taken for a defect.

use std::collections::BTreeMap;
use std::time::Duration;

use ess_client::callback::Generation;
use ess_conformance::receiver::report::{Ended, Verdict};
use ess_conformance::receiver::rules::Rule;
use ess_conformance::receiver::{Failure, Subject};

use super::planted::{self, Defect};
use super::*;

async fn judged_with(defect: Defect, change: impl FnOnce(&mut Subject)) -> Verdict {
    let root = serve(planted::app(defect, || ())).await;
    let mut subject = subject(&root);
    change(&mut subject);
    judged(subject, stories()).await.unwrap_or_else(|failure| panic!("{defect:?}: {failure}"))
}

async fn broken_by(defect: Defect) -> BTreeMap<Rule, Vec<String>> {
    judged_with(defect, |_| ()).await.broken()
}

fn has(broken: &BTreeMap<Rule, Vec<String>>, rule: Rule, place: &str) -> bool {
    broken.get(&rule).is_some_and(|places| places.iter().any(|one| one == place))
}

#[tokio::test]
async fn the_correct_receiver_keeps_every_rule() {
    let root = serve(correct_receiver::app(key(), TOKEN)).await;

    let verdict = judged(subject(&root), stories()).await.unwrap();

    assert!(verdict.is_good(), "{}", verdict.text(None));
    for rule in Rule::ALL {
        let checks: usize = verdict.played.iter().filter_map(|one| one.checks.get(&rule)).sum();
        assert!(checks > 20, "{rule:?}: {checks}");
    }
}

#[tokio::test]
async fn the_naive_receiver_runs_backwards() {
    let root = serve(naive_receiver::app(key(), TOKEN)).await;

    let broken = judged(subject(&root), stories()).await.unwrap().broken();

    assert!(has(&broken, Rule::NeverBackwards, "finish_before_sign"), "{broken:?}");
    assert!(has(&broken, Rule::NeverBackwards, "stale_status"), "{broken:?}");
    assert!(!broken.contains_key(&Rule::Rejects) && !broken.contains_key(&Rule::Answers), "{broken:?}");
}

#[tokio::test]
async fn a_receiver_without_a_defect_is_not_blamed() {
    let verdict = judged_with(Defect::Nothing, |_| ()).await;

    assert!(verdict.is_good(), "{}", verdict.text(None));
}

#[tokio::test]
async fn errors_for_good_messages_are_the_answers_fault_alone() {
    let broken = broken_by(Defect::Answers500).await;

    assert!(has(&broken, Rule::Answers, "finish_before_sign"), "{broken:?}");
    // Its first message is one of an odd shape.
    assert_eq!(broken[&Rule::Survives], ["type_of_tomorrow"]);
    assert_eq!(broken.len(), 2, "every story ends with its first breach: {broken:?}");
}

#[tokio::test]
async fn a_receiver_that_does_not_answer_in_time_is_given_up_after_three_stories() {
    let verdict = judged_with(Defect::NeverAnswers, |subject| subject.patience = Duration::from_millis(30)).await;

    let broken = verdict.broken();
    assert_eq!(broken.keys().collect::<Vec<_>>(), [&Rule::Answers]);
    assert_eq!(broken[&Rule::Answers].len(), 3);
    let text = verdict.text(None);
    assert!(
        text.contains("no answer within 30ms") && text.contains("it did not answer in 3 stories in a row"),
        "{text}"
    );
}

#[tokio::test]
async fn a_duplicate_that_counts_is_named_with_what_it_changed() {
    let verdict = judged_with(Defect::CountsTwice, |_| ()).await;

    let broken = verdict.broken();
    assert_eq!(broken.keys().collect::<Vec<_>>(), [&Rule::Idempotent], "{broken:?}");
    assert!(
        has(&broken, Rule::Idempotent, "duplicate_storm") && has(&broken, Rule::Idempotent, "replayed"),
        "{broken:?}"
    );
    assert!(verdict.text(None).contains("`messages` went from 1 to 2"), "{}", verdict.text(None));
}

#[tokio::test]
async fn a_duplicate_is_answered_200_too() {
    let broken = broken_by(Defect::RefusesDuplicates).await;

    assert_eq!(broken.keys().collect::<Vec<_>>(), [&Rule::Answers], "{broken:?}");
    assert!(has(&broken, Rule::Answers, "duplicate_storm"), "{broken:?}");
}

#[tokio::test]
async fn what_came_last_is_not_what_holds() {
    let broken = broken_by(Defect::RunsBackwards).await;

    assert!(has(&broken, Rule::NeverBackwards, "finish_before_sign"), "{broken:?}");
    assert!(
        has(&broken, Rule::NeverBackwards, "reject_races_cancel") || has(&broken, Rule::NeverBackwards, "ended_twice")
    );
}

#[tokio::test]
async fn what_says_that_it_is_newest_is_not_what_holds() {
    let broken = broken_by(Defect::LatestTimeWins).await;

    assert!(has(&broken, Rule::NeverBackwards, "ended_twice"), "{broken:?}");
    assert!(!has(&broken, Rule::NeverBackwards, "stale_status"), "its time tells that it is older: {broken:?}");
}

#[tokio::test]
async fn a_wrong_signature_is_not_to_be_believed() {
    let broken = broken_by(Defect::AcceptsAnySignature).await;

    for body in ["signature_missing", "signature_by_another_token", "signature_over_plaintext", "forged_probe"] {
        assert!(has(&broken, Rule::Rejects, body), "{body}: {broken:?}");
    }
    assert!(!has(&broken, Rule::Rejects, "wrong_key"), "what does not open is refused by it, too");
}

#[tokio::test]
async fn answering_200_to_everything_loses_messages() {
    let broken = broken_by(Defect::Answers200Always).await;

    assert_eq!(broken.keys().collect::<Vec<_>>(), [&Rule::Rejects], "{broken:?}");
    assert!(has(&broken, Rule::Rejects, "wrong_key") && has(&broken, Rule::Rejects, "key_rotation"), "{broken:?}");
}

#[tokio::test]
async fn a_receiver_that_dies_at_an_unknown_type_is_told_where() {
    // A thread that owns the receiver's runtime, and drops it with every connection, as the end of a process would.
    let (address, listens) = tokio::sync::oneshot::channel();
    let (dies, death) = std::sync::mpsc::channel();
    let process = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let app = planted::app(Defect::DiesAtUnknownTypes, move || dies.send(()).unwrap());
        address.send(runtime.block_on(serve(app))).unwrap();
        death.recv().unwrap();
        runtime.shutdown_background();
    });

    let verdict = judged(subject(&listens.await.unwrap()), stories()).await.unwrap();

    process.join().unwrap();
    let broken = verdict.broken();
    assert_eq!(broken, BTreeMap::from([(Rule::Survives, vec!["hostile_parade".to_owned()])]));
    let since = "since `hostile_parade` nobody listens there any more";
    let after = verdict.played.iter().filter(|one| matches!(&one.ended, Ended::Skipped { why } if why == since));
    assert!(after.count() > 60, "what cannot be played is skipped: {}", verdict.text(None));
}

#[tokio::test]
async fn an_unknown_type_is_answered_200() {
    let broken = broken_by(Defect::RefusesUnknownTypes).await;

    assert_eq!(broken.keys().collect::<Vec<_>>(), [&Rule::Survives], "{broken:?}");
    assert!(has(&broken, Rule::Survives, "unknown_type") && has(&broken, Rule::Survives, "type_of_tomorrow"));
}

#[tokio::test]
async fn an_end_that_is_never_held_does_not_converge() {
    let broken = broken_by(Defect::NeverEnds).await;

    assert!(has(&broken, Rule::Converges, "finish_before_sign"), "{broken:?}");
    assert!(!broken.contains_key(&Rule::NeverBackwards) && !broken.contains_key(&Rule::Rejects), "{broken:?}");
}

#[tokio::test]
async fn what_was_refused_must_count_when_it_comes_rightly() {
    let broken = broken_by(Defect::RemembersTheRefused).await;

    assert!(has(&broken, Rule::Converges, "signature_missing"), "{broken:?}");
}

#[tokio::test]
async fn a_message_about_one_contract_must_not_change_another() {
    let broken = broken_by(Defect::MixesContracts).await;

    assert!(has(&broken, Rule::Converges, "auto_sign_burst"), "{broken:?}");
}

#[tokio::test]
async fn who_answers_first_and_works_later_is_given_time() {
    let root = serve(planted::app(Defect::WorksLater, || ())).await;
    let patient = Subject { settle: Duration::from_secs(20), ..subject(&root) };
    let mut programme = stories();
    let some =
        ["duplicate_storm", "finish_before_sign", "release_after_completion", "wrong_key", "stale_status", "chunked"];
    programme.pieces.retain(|one| some.contains(&one.name.as_str()));

    let verdict = judged(patient, programme).await.unwrap();

    assert!(verdict.is_good(), "{}", verdict.text(None));
}

#[tokio::test]
async fn who_keeps_only_ends_may_say_so() {
    let strict = broken_by(Defect::KeepsEndsOnly).await;
    let told = judged_with(Defect::KeepsEndsOnly, |subject| subject.ends_only = true).await;

    assert_eq!(strict.keys().collect::<Vec<_>>(), [&Rule::Converges], "{strict:?}");
    assert!(told.is_good(), "{}", told.text(None));
}

#[tokio::test]
async fn without_a_token_what_is_wrong_with_signatures_is_skipped_with_that_reason() {
    let root = serve(planted::app(Defect::AcceptsAnySignature, || ())).await;
    let plain = Subject { token: None, ..subject(&root) };

    let verdict = judged(plain, stories()).await.unwrap();

    let skipped = |one: &&ess_conformance::receiver::report::Played| matches!(&one.ended, Ended::Skipped { why } if why.contains("needs an address with a"));
    assert!(verdict.is_good(), "{}", verdict.text(None));
    assert_eq!(verdict.played.iter().filter(skipped).count(), 13, "{}", verdict.text(None));
}

#[tokio::test]
async fn another_generation_is_played_its_own_scenarios() {
    let root = serve(correct_receiver::app(key(), TOKEN)).await;
    let legacy = Subject { generation: Generation::Legacy, ..subject(&root) };

    let verdict = judged(legacy, stories()).await.unwrap();

    assert!(verdict.is_good(), "{}", verdict.text(None));
    let played = |name: &str| verdict.played.iter().any(|one| one.name == name && matches!(one.ended, Ended::Good));
    assert!(played("legacy_generation") && !played("partner_onboarding"), "{}", verdict.text(None));
}

#[tokio::test]
async fn a_state_in_words_of_its_own_is_no_verdict() {
    let root = serve(planted::app(Defect::OwnWords, || ())).await;

    let failure = judged(subject(&root), stories()).await.unwrap_err();

    assert!(
        matches!(&failure, Failure::Misuse(what) if what.contains("`status` is \"SIGNED\"; expected")),
        "{failure}"
    );
}

#[tokio::test]
async fn a_receiver_that_knows_this_runs_contracts_was_judged_before() {
    let root = serve(naive_receiver::app(key(), TOKEN)).await;
    let twice = [judged(subject(&root), stories()).await, judged(subject(&root), stories()).await];

    let [Ok(_), Err(Failure::Misuse(what))] = twice else { panic!("{twice:?}") };
    assert!(what.contains("judged with --seed 1 before"), "{what}");
}

#[tokio::test]
async fn nobody_listening_is_unreachable() {
    let failure = judged(subject("http://127.0.0.1:1"), stories()).await.unwrap_err();

    assert!(
        matches!(&failure, Failure::Unreachable(what) if what.contains("nobody answers at http://127.0.0.1:1/callback"))
    );
}

#[tokio::test]
async fn the_report_tells_where_what_and_why() {
    let root = serve(naive_receiver::app(key(), TOKEN)).await;
    let mut programme = stories();
    programme
        .pieces
        .retain(|one| ["finish_before_sign", "partner_onboarding", "wrong_key"].contains(&one.name.as_str()));

    let verdict = judged(subject(&root), programme).await.unwrap();

    insta::assert_snapshot!(verdict.text(None).replace(&root, "http://receiver"));
}
