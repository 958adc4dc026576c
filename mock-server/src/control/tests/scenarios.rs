//! What a world has sent, recorded and played again.

use std::time::Duration;

use axum::body::Bytes;
use ess_client::callback::{self, CallbackKey};
use http::StatusCode;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::{Server, launch, request};
use crate::callbacks::receiver::Receiver;
use crate::scenario::Scenario;
use crate::scenario::player::{self, Pace};
use crate::scenario::report::Report;
use crate::scenario::schedule::plan;

const RECORD: &str = "/_mock/scenarios/record";

impl Server {
    /// A recording is no JSON, so it is read apart.
    async fn recording(&self, wanted: Value) -> String {
        let answer = self.router.clone().oneshot(request("POST", RECORD, Some(wanted))).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "application/yaml");
        String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
    }
}

/// A contract launched and signed by one of two, heard by a receiver that refuses the first three requests.
async fn lived() -> (Server, Receiver, Value, String) {
    lived_under(json!("in order")).await
}

/// The same under a disorder policy.
async fn lived_under(disorder: Value) -> (Server, Receiver, Value, String) {
    let server = Server::frozen();
    let (receiver, url) = Receiver::start(3).await;
    let address = server.post("/_mock/callbacks/addresses", json!({ "url": url, "disorder": disorder })).await;
    let flow = launch(&server.account());
    server.post("/_mock/clock", json!({ "advance": "10m" })).await;
    server.post(&format!("/_mock/flows/{flow}/sign"), json!({ "approver": 0 })).await;
    server.post("/_mock/clock", json!({ "advance": "1h" })).await;
    (server, receiver, address, flow)
}

fn opened(bodies: &[Bytes], key: &str) -> Vec<String> {
    let key = CallbackKey::new(key).unwrap();
    bodies.iter().map(|body| String::from_utf8(callback::open(body, &key).unwrap()).unwrap()).collect()
}

#[tokio::test]
async fn a_recording_replays_the_same_messages_in_the_same_order() {
    let (server, live, address, _) = lived().await;
    let text = server.recording(json!({ "name": "lived", "says": "Somebody signs." })).await;
    let (key, other_key) = (address["key"].as_str().unwrap(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ123456");
    for secret in [key, address["token"].as_str().unwrap()] {
        assert!(!text.contains(secret), "no secret stands in a recording");
    }

    let (before, after, report) = replayed(&text, &live, key, other_key).await;
    assert_eq!(before.len(), 7, "three messages twice, because the first requests were refused, and the signature");
    assert_eq!(before, after);
    assert_eq!((report.failure(), report.scenario.as_str()), (None, "lived"));
    let gaps: Vec<f64> = report.attempts.windows(2).map(|two| two[1].at - two[0].at).collect();
    assert_eq!(gaps.iter().sum::<f64>(), 600.0, "{gaps:?}");
}

/// What was heard live, and what a receiver with another key hears when the recording is played.
async fn replayed(text: &str, live: &Receiver, key: &str, other_key: &str) -> (Vec<String>, Vec<String>, Report) {
    let scenario = Scenario::parse("recording", text, 0).unwrap_or_else(|mistake| panic!("{mistake}\n{text}"));
    let (replayed, url) = Receiver::start(0).await;
    let to = player::Receiver {
        url,
        key: Some(other_key.to_owned()),
        token: None,
        generation: None,
        patience: Duration::from_secs(5),
        pace: Pace::Fast,
        seed: 3,
    };
    let mut report = Report::of(&scenario.name, 3);
    player::play(&scenario, &plan(&scenario, 3), &to, &mut report).await;

    let bodies = |receiver: &Receiver| receiver.got.lock().iter().map(|(_, body)| body.clone()).collect::<Vec<_>>();
    let (before, after) = (opened(&bodies(live), key), opened(&bodies(&replayed), other_key));
    (before, after, report)
}

#[tokio::test]
async fn a_recording_keeps_the_order_in_which_a_policy_had_messages_sent() {
    let shuffle = json!({ "messages": 4 });
    let losing = json!({ "shuffle": shuffle, "lose_first": { "attempts": 2, "only": ["FlowCost"] } });
    let (server, live, address, _) = lived_under(losing).await;
    let text = server.recording(json!({})).await;
    let key = address["key"].as_str().unwrap();
    let (before, after, _) = replayed(&text, &live, key, key).await;
    assert_eq!(before, after);

    // Nothing is lost here, so that the first requests are those of the launch, in another order than they were made.
    let (server, live, address, _) = lived_under(json!({ "shuffle": shuffle })).await;
    let text = server.recording(json!({})).await;
    let key = address["key"].as_str().unwrap();
    let (before, after, _) = replayed(&text, &live, key, key).await;
    assert_eq!(before, after);
    let log = server.get("/_mock/callbacks/deliveries").await;
    let made: Vec<&str> = log.as_array().unwrap().iter().map(|one| one["plaintext"].as_str().unwrap()).collect();
    let firsts: Vec<&str> = before.iter().map(String::as_str).take(3).collect();
    assert!(made[..3].iter().all(|one| firsts.contains(one)), "the first three attempts are of the launch");
    assert_ne!(firsts, made[..3], "the first three attempts were made at one moment, shuffled");
}

#[tokio::test]
async fn a_recording_has_what_it_is_asked_for() {
    let (server, _live, address, flow) = lived().await;
    let sent =
        async |wanted: Value| Scenario::parse("recording", &server.recording(wanted).await, 0).unwrap().moves.len();

    assert_eq!(sent(json!({})).await, 7);
    assert_eq!(sent(json!({ "flow": flow, "address": address["id"] })).await, 7);
    assert_eq!(sent(json!({ "type": "FlowStatusChange" })).await, 3);
    assert_eq!(sent(json!({ "since": super::NOW + 600 })).await, 1);
    let nothing = server.bad("POST", RECORD, Some(json!({ "flow": "yDnone" })), 404).await;
    assert!(nothing.starts_with("Nothing that fits was sent yet."), "{nothing}");
    let typing_error = server.bad("POST", RECORD, Some(json!({ "flows": "yD" })), 400).await;
    assert!(typing_error.contains("unknown field `flows`"), "{typing_error}");
}
