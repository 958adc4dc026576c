//! Each choice about callbacks changes what a receiver sees, and nothing else.

use serde_json::{Value, json};

use super::receiver::Receiver;
use super::{Server, act, launch};

const ADDRESSES: &str = "/_mock/callbacks/addresses";

/// What a receiver without a key gets of one launch under these settings.
async fn told(settings: Value, address: Value) -> Vec<(Option<String>, String)> {
    let server = Server::frozen();
    server.good("PUT", "/_mock/settings", Some(settings)).await;
    let (receiver, url) = Receiver::start(0).await;
    let mut wanted = json!({ "url": url, "key": "" });
    wanted.as_object_mut().unwrap().extend(address.as_object().unwrap().clone());
    server.post(ADDRESSES, wanted).await;
    launch(&server.account());
    server.post("/_mock/clock", json!({ "advance": "0s" })).await;
    let got = receiver.got.lock();
    got.iter()
        .map(|(headers, body)| {
            let signature = headers.get("Content-Signature").map(|value| value.to_str().unwrap().to_owned());
            (signature, String::from_utf8(body.to_vec()).unwrap())
        })
        .collect()
}

fn kinds(told: &[(Option<String>, String)]) -> Vec<String> {
    let kind = |body: &str| serde_json::from_str::<Value>(body).unwrap()["MsgType"].as_str().unwrap().to_owned();
    told.iter().map(|(_, body)| kind(body)).collect()
}

#[tokio::test]
async fn flow_cost_can_be_left_out_alone_and_with_billing_use() {
    let all = told(json!({}), json!({})).await;
    assert_eq!(kinds(&all), ["BillingUse", "FlowCost", "FlowStatusChange"]);
    let without_cost = told(json!({ "flow_cost_callbacks": "off" }), json!({})).await;
    assert_eq!(kinds(&without_cost), ["BillingUse", "FlowStatusChange"]);
    let without_both = told(json!({ "billing_callbacks": "off" }), json!({})).await;
    assert_eq!(kinds(&without_both), ["FlowStatusChange"]);
}

#[tokio::test]
async fn an_encrypted_body_is_wrapped_or_bare() {
    let key = json!({ "key": "k".repeat(32) });
    let wrapped = told(json!({}), key.clone()).await;
    let bare = told(json!({ "callback_wrapper": "bare" }), key).await;
    assert_eq!(wrapped.len(), bare.len());
    for ((_, wrapped), (_, bare)) in wrapped.iter().zip(&bare) {
        assert!(wrapped.starts_with(r#"{"encrypt":""#) && wrapped.ends_with(r#""}"#), "{wrapped}");
        assert!(bare.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"+/=".contains(&sign)), "{bare}");
    }
}

#[tokio::test]
async fn without_a_token_there_is_no_signature_or_one_by_an_empty_token() {
    let token = json!({ "token": "" });
    let absent = told(json!({}), token.clone()).await;
    assert!(absent.iter().all(|(signature, _)| signature.is_none()));
    for (signature, body) in told(json!({ "signature_without_token": "empty_token" }), token).await {
        assert_eq!(signature.unwrap(), ess_client::callback::sign(body.as_bytes(), ""));
    }
}

#[tokio::test]
async fn a_message_names_the_initiator_or_the_signer_it_is_about() {
    let user = async |settings: Value| {
        let server = Server::frozen();
        server.good("PUT", "/_mock/settings", Some(settings)).await;
        let (receiver, url) = Receiver::start(0).await;
        server.post(ADDRESSES, json!({ "url": url, "key": "" })).await;
        let world = server.get("/_mock/world").await;
        let flow = launch(&server.account());
        // The person who is due is nobody the platform has an account for; the initiator is.
        act(
            &server.account(),
            "CancelFlow",
            json!({ "Operator": { "UserId": world["OPERATOR_USER_ID"] }, "FlowId": flow, "CancelMessage": "x" }),
        );
        server.post("/_mock/clock", json!({ "advance": "0s" })).await;
        let got = receiver.got.lock();
        let bodies = got.iter().map(|(_, body)| serde_json::from_slice::<Value>(body).unwrap());
        let start = bodies.into_iter().find(|body| body["MsgType"] == "FlowStatusChange").unwrap();
        (start["MsgData"]["UserId"].clone(), world["OPERATOR_USER_ID"].clone())
    };
    let (told, operator) = user(json!({})).await;
    assert_eq!(told, operator);
    let (told, _) = user(json!({ "callback_user_id": "signer" })).await;
    assert_eq!(told, "");
}

#[tokio::test]
async fn addresses_need_a_key_or_must_be_alone_where_the_settings_say_so() {
    let server = Server::frozen();
    let settings = json!({ "callback_keys": "required", "callback_addresses": "one" });
    server.good("PUT", "/_mock/settings", Some(settings)).await;
    let address = |key: &str| json!({ "url": "http://127.0.0.1:9/", "key": key });
    let keyless = server.bad("POST", ADDRESSES, Some(address("")), 409).await;
    assert!(keyless.contains("callback_keys"), "{keyless}");
    server.post(ADDRESSES, json!({ "url": "http://127.0.0.1:9/" })).await;
    let second = server.bad("POST", ADDRESSES, Some(address(&"k".repeat(32))), 409).await;
    assert!(second.contains("callback_addresses"), "{second}");
}
