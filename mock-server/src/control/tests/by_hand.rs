use ess_client::callback::{self, CallbackKey};
use serde_json::{Value, json};

use super::receiver::Receiver;
use super::{Server, launch};

const ADDRESSES: &str = "/_mock/callbacks/addresses";
const SEND: &str = "/_mock/callbacks/send";

async fn settle(server: &Server) {
    let settled = server.post("/_mock/clock", json!({ "advance": "0s" })).await;
    assert_eq!(settled["settled"], true, "{settled}");
}

/// What the receiver got, opened with the world's key.
async fn opened(server: &Server, receiver: &Receiver) -> Vec<Value> {
    let world = server.get("/_mock/world").await;
    let key = CallbackKey::new(world["CALLBACK_KEY"].as_str().unwrap()).unwrap();
    let got = receiver.got.lock();
    got.iter().map(|(_, body)| serde_json::from_slice(&callback::open(body, &key).unwrap()).unwrap()).collect()
}

#[tokio::test]
async fn a_message_by_hand_is_about_the_real_contract_with_what_is_wanted_on_top() {
    let server = Server::frozen();
    let flow = launch(&server.account());
    let (receiver, url) = Receiver::start(0).await;
    server.post(ADDRESSES, json!({ "url": url })).await;

    let wish = json!({ "MsgType": "FlowStatusChange", "flow": flow, "times": 2, "data": { "FlowMessage": "by hand" } });
    let sent = server.post(SEND, wish).await;
    settle(&server).await;

    let [one, other] = sent.as_array().unwrap().as_slice() else { panic!("two deliveries: {sent}") };
    assert_eq!((&one["MsgId"], &one["flow"]), (&other["MsgId"], &json!(flow)));
    let messages = opened(&server, &receiver).await;
    assert_eq!(messages.len(), 2);
    let data = &messages[0]["MsgData"];
    assert_eq!(
        (&data["FlowId"], &data["FlowName"], &data["FlowMessage"]),
        (&json!(flow), &json!("采购合同"), &json!("by hand"))
    );
    assert_eq!((&data["Operate"], &data["CallbackUrl"]), (&json!("start"), &json!(url)));
    assert_eq!(data["Approvers"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn every_listed_type_can_be_sent_and_addresses_hear_what_their_generation_knows() {
    let server = Server::frozen();
    for generation in ["company", "partner", "legacy"] {
        server.post(ADDRESSES, json!({ "url": "http://127.0.0.1:9/", "generation": generation })).await;
    }
    let addresses = server.get(ADDRESSES).await;
    let first_of = |generation: &Value| {
        addresses.as_array().unwrap().iter().find(|one| one["generation"] == *generation).unwrap()["id"].clone()
    };

    for row in server.get("/_mock/callbacks/messages").await.as_array().unwrap() {
        let wish = json!({ "MsgType": row["MsgType"], "address": first_of(&row["generation"]) });
        let sent = server.post(SEND, wish).await;
        assert_eq!((sent.as_array().unwrap().len(), &sent[0]["MsgType"]), (1, &row["MsgType"]), "{row}");
    }

    let sent = server.post(SEND, json!({ "MsgType": "OrgAuth" })).await;
    let generations: Vec<&Value> = sent.as_array().unwrap().iter().map(|one| &one["address"]["generation"]).collect();
    assert_eq!(generations, ["partner"]);
}

#[tokio::test]
async fn every_listed_hostile_body_goes_out_and_no_two_are_alike() {
    let server = Server::frozen();
    let (receiver, url) = Receiver::start(0).await;
    server.post(ADDRESSES, json!({ "url": url, "key": "h7Tq0ZpL2mXc9VbNs4RdKf6WgYj1EuAo" })).await;
    let flow = launch(&server.account());
    settle(&server).await;
    receiver.got.lock().clear();

    let listed = server.get("/_mock/callbacks/hostile").await;
    let names: Vec<&Value> = listed.as_array().unwrap().iter().map(|one| &one["name"]).collect();
    // The receiver of this test looks at the body alone, at most 2 MB of it: what is spoiled elsewhere has tests of its own.
    for name in names.iter().filter(|name| **name != "oversized" && **name != "slow_drip") {
        server.post(SEND, json!({ "MsgType": "FlowStatusChange", "flow": flow, "hostile": name })).await;
    }
    settle(&server).await;

    assert!(names.len() >= 25, "{}", names.len());
    assert_eq!(receiver.got.lock().len(), names.len() - 2);
}

#[tokio::test]
async fn what_cannot_be_sent_is_said_with_what_there_is() {
    let server = Server::frozen();
    let bad = async |wish: Value, status: u16| server.bad("POST", SEND, Some(wish), status).await;

    let silent = bad(json!({ "MsgType": "FlowCost" }), 409).await;
    assert!(silent.contains("Nobody listens to this organization."), "{silent}");
    let address = server.post(ADDRESSES, json!({ "url": "http://127.0.0.1:9/", "key": "" })).await;
    for (wish, status, words) in [
        (json!({ "MsgType": "FlowCots" }), 400, "nearest are FlowCost"),
        (
            json!({ "MsgType": "FlowCost", "data": { "Cots": 1 } }),
            400,
            "FlowCost has no field `Cots`; nearest are Cost",
        ),
        (json!({ "MsgType": "FlowCost", "flow": "yDnone" }), 404, "this world has no `yDnone`"),
        (json!({ "MsgType": "FlowCost", "address": "none" }), 404, "no callback address none"),
        (json!({ "MsgType": "FlowCost", "hostile": "wrongkey" }), 400, "nearest are wrong_key"),
        (json!({ "MsgType": "FlowCost", "hostile": "wrong_key" }), 409, "needs an address with a key"),
        (json!({ "MsgType": "FlowCost", "hostile": "stale_status" }), 409, "tells no contract's status"),
        (json!({ "MsgType": "FlowCost", "times": 1001 }), 400, "not between 1 and 1000"),
        (json!({ "MsgType": "FlowCost", "msgtype": "x" }), 400, "unknown field"),
    ] {
        let error = bad(wish, status).await;
        assert!(error.contains(words), "{error}");
    }
    let log = server.get(&format!("/_mock/callbacks/deliveries?address={}", address["id"].as_str().unwrap())).await;
    assert_eq!(log, json!([]), "what was refused was not sent");
}
