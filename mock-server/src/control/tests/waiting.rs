use serde_json::{Value, json};

use super::super::ControlOptions;
use super::receiver::Receiver;
use super::{Server, launch};
use crate::engine::clock::Clock;
use crate::gateway::signature::SignatureClock;

async fn wait(server: &Server, body: Value) -> Value {
    server.post("/_mock/wait", body).await
}

async fn sign(server: &Server, flow: &str, approver: usize) {
    server.post(&format!("/_mock/flows/{flow}/sign"), json!({ "approver": approver })).await;
}

#[tokio::test]
async fn a_contracts_status_is_waited_for_under_any_clock() {
    for clock in [Clock::Real, Clock::Frozen(crate::domain::time::Timestamp::from_seconds(super::NOW))] {
        let server = Server::new(clock, ControlOptions::default());
        let flow = launch(&server.account());
        let there = wait(&server, json!({ "flow": flow, "status": "signing", "timeout": "0s" })).await;
        assert_eq!(there["flow"]["status_code"], 1, "what is there already is answered at once");

        let signed = json!({ "flow": flow, "status": 4, "timeout": "10m" });
        let (seen, ()) = tokio::join!(wait(&server, signed), async {
            sign(&server, &flow, 0).await;
            sign(&server, &flow, 1).await;
        });

        assert_eq!((&seen["flow"]["id"], &seen["flow"]["status"]), (&json!(flow), &json!("signed")));
    }
}

#[tokio::test]
async fn what_time_does_is_seen_too() {
    let server = Server::frozen();
    let flow = launch(&server.account());
    let (seen, _) = tokio::join!(
        wait(&server, json!({ "flow": flow, "status": "expired", "timeout": "10m" })),
        server.post("/_mock/clock", json!({ "advance": "365d" }))
    );
    assert_eq!(seen["flow"]["status"], "expired");
}

#[tokio::test]
async fn callbacks_are_waited_for_until_they_were_delivered() {
    let server = Server::new(Clock::Real, ControlOptions::default());
    let (receiver, url) = Receiver::start(1).await;
    server.post("/_mock/callbacks/addresses", json!({ "url": url, "key": "", "token": "" })).await;
    let flow = launch(&server.account());

    let start = json!({ "MsgType": "FlowStatusChange", "Operate": "start", "flow": flow });
    let started = wait(&server, json!({ "callback": start, "timeout": "10m" })).await;
    assert_eq!(started["callbacks"][0]["state"], "delivered", "{started}");
    assert!(!receiver.got.lock().is_empty());

    let signs = json!({ "Operate": "sign", "flow": flow, "count": 2 });
    let (seen, ()) = tokio::join!(wait(&server, json!({ "callback": signs, "timeout": "10m" })), async {
        sign(&server, &flow, 0).await;
        sign(&server, &flow, 1).await;
    });
    assert_eq!(seen["callbacks"].as_array().unwrap().len(), 2, "{seen}");
}

#[tokio::test]
async fn what_did_not_come_is_told_with_what_there_was_instead() {
    let server = Server::frozen();
    let flow = launch(&server.account());
    let late = async |body: Value| server.bad("POST", "/_mock/wait", Some(body), 408).await;

    let error = late(json!({ "flow": flow, "status": 4, "timeout": "0s" })).await;
    assert!(error.contains("to be signed: it is signing. It is the turn of approver 0"), "{error}");
    let error = late(json!({ "flow": "nobody", "status": 4, "timeout": "0s" })).await;
    assert!(error.contains("no such contract"), "{error}");
    let error = late(json!({ "callback": {}, "timeout": "1ms" })).await;
    assert!(error.contains("Waited 1ms for 1 delivered") && error.contains("Nobody listens"), "{error}");

    server.post("/_mock/callbacks/addresses", json!({ "url": "http://127.0.0.1:9/" })).await;
    let error = late(json!({ "callback": {}, "timeout": "0s" })).await;
    assert!(error.contains("none at all"), "{error}");
    sign(&server, &flow, 0).await;
    let finish = json!({ "MsgType": "FlowStatusChange", "Operate": "finish", "flow": flow });
    let error = late(json!({ "callback": finish, "timeout": "0s" })).await;
    assert!(error.contains("with MsgType FlowStatusChange Operate finish"), "{error}");
    assert!(error.contains("0 came. There are: FlowStatusChange sign ("), "{error}");

    server.post(&format!("/_mock/flows/{flow}/reject"), json!({ "approver": 1, "message": "no" })).await;
    let error = server.bad("POST", "/_mock/wait", Some(json!({ "flow": flow, "status": 4 })), 409).await;
    assert!(error.contains("is rejected and will never be signed"), "{error}");
}

#[tokio::test]
async fn what_is_no_wish_is_explained() {
    let server = Server::frozen();
    for (body, word) in [
        (json!({}), "either which status"),
        (json!({ "flow": "one" }), "either which status"),
        (json!({ "flow": "one", "status": 4, "callback": {} }), "either which status"),
        (json!({ "flow": "one", "status": 11 }), "4 (signed)"),
        (json!({ "flow": "one", "status": "done" }), "4 (signed)"),
        (json!({ "flow": "one", "status": 4, "timeout": "11m" }), "ten minutes"),
        (json!({ "flow": "one", "status": 4, "timeout": "soon" }), "10s"),
        (json!({ "callback": { "count": 0 } }), "1 or more"),
        (json!({ "callback": { "MsgType": "FlowCost", "Operate": "sign" } }), "only FlowStatusChange"),
        (json!({ "callback": { "operate": "sign" } }), "unknown field `operate`"),
    ] {
        let error = server.bad("POST", "/_mock/wait", Some(body), 400).await;
        assert!(error.contains(word), "{error}");
    }
}

#[tokio::test]
async fn health_says_when_signatures_expire_by_the_worlds_clock() {
    let options = ControlOptions { signature_clock: SignatureClock::World, ..ControlOptions::default() };
    let health = Server::new(Clock::Real, options).get("/_mock/health").await;
    assert_eq!(health["signature_clock"], "world");
    assert_eq!(Server::frozen().get("/_mock/health").await.get("signature_clock"), None);
}
