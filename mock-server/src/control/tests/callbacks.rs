use std::time::Duration;

use ess_client::callback::{self, CallbackKey};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::receiver::Receiver;
use super::{NOW, Server, launch};

const ADDRESSES: &str = "/_mock/callbacks/addresses";
const DELIVERIES: &str = "/_mock/callbacks/deliveries";

/// Lets everything due come to its end.
async fn settle(server: &Server) -> Value {
    let settled = server.post("/_mock/clock", json!({ "advance": "0s" })).await;
    assert_eq!(settled["settled"], true, "{settled}");
    settled
}

/// Sends contract messages alone, so that a launch is one message.
async fn without_billing(server: &Server) {
    server.good("PUT", "/_mock/settings", Some(json!({ "billing_callbacks": "off" }))).await;
}

#[tokio::test]
async fn an_advance_passes_the_whole_ladder_of_retries_each_at_its_moment() {
    let server = Server::frozen();
    let (receiver, url) = Receiver::start(5).await;
    server.post(ADDRESSES, json!({ "url": url })).await;
    without_billing(&server).await;
    let flow = launch(&server.account());

    let moved = server.post("/_mock/clock", json!({ "advance": "1m" })).await;

    assert_eq!((&moved["now"], &moved["settled"]), (&json!(NOW + 60), &json!(true)), "{moved}");
    let deliveries = server.get(&format!("{DELIVERIES}?flow={flow}")).await;
    let [delivery] = deliveries.as_array().unwrap().as_slice() else { panic!("one message: {deliveries}") };
    assert_eq!((&delivery["state"], &delivery["MsgType"]), (&json!("delivered"), &json!("FlowStatusChange")));
    let attempts = delivery["attempts"].as_array().unwrap();
    let after: Vec<f64> = attempts.iter().map(|one| one["at"].as_f64().unwrap() - NOW as f64).collect();
    assert_eq!(after, [0.0, 0.5, 1.5, 3.5, 7.5, 15.5]);
    let statuses: Vec<&Value> = attempts.iter().map(|one| &one["status"]).collect();
    assert_eq!(statuses, [500, 500, 500, 500, 500, 200]);
    let got = receiver.got.lock();
    assert_eq!(got.len(), 6);
    assert!(got.iter().all(|(_, body)| *body == got[0].1), "every attempt has the same bytes");
}

#[tokio::test]
async fn what_the_receiver_decrypts_is_the_plaintext_in_the_log() {
    let server = Server::frozen();
    let (receiver, url) = Receiver::start(0).await;
    let address = server.post(ADDRESSES, json!({ "url": url })).await;
    let world = server.get("/_mock/world").await;
    assert_eq!((&address["key"], &address["token"]), (&world["CALLBACK_KEY"], &world["CALLBACK_TOKEN"]));
    let flow = launch(&server.account());
    settle(&server).await;

    let log = server.get(DELIVERIES).await;

    let key = CallbackKey::new(address["key"].as_str().unwrap()).unwrap();
    let got = receiver.got.lock();
    assert_eq!(got.len(), 3, "BillingUse, FlowCost and FlowStatusChange");
    for ((headers, body), delivery) in got.iter().zip(log.as_array().unwrap()) {
        let plaintext = String::from_utf8(callback::open(body, &key).unwrap()).unwrap();
        assert_eq!(plaintext, delivery["plaintext"]);
        assert_eq!(delivery["flow"], flow);
        let message: Value = serde_json::from_str(&plaintext).unwrap();
        assert_eq!((&message["MsgId"], &message["MsgType"]), (&delivery["MsgId"], &delivery["MsgType"]));
        let signature = headers[callback::HEADER].to_str().unwrap();
        assert_eq!(signature, callback::sign(body, address["token"].as_str().unwrap()));
    }
}

#[tokio::test]
async fn a_receiver_that_is_silent_is_given_up_after_six_attempts_and_delays_nobody() {
    let server = Server::frozen();
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let dead = server.post(ADDRESSES, json!({ "url": format!("http://{}/", silent.local_addr().unwrap()) })).await;
    let (receiver, url) = Receiver::start(0).await;
    server.post(ADDRESSES, json!({ "url": url })).await;
    without_billing(&server).await;
    launch(&server.account());

    let first = settle(&server).await;
    assert_eq!(first["delivered"], 2);
    assert_eq!(receiver.got.lock().len(), 1);
    server.post("/_mock/clock", json!({ "advance": "2m" })).await;

    let id = dead["id"].as_str().unwrap();
    let deliveries = server.get(&format!("{DELIVERIES}?address={id}&state=given_up")).await;
    let attempts = deliveries[0]["attempts"].as_array().unwrap();
    let after: Vec<f64> = attempts.iter().map(|one| one["at"].as_f64().unwrap() - NOW as f64).collect();
    assert_eq!(after, [0.0, 5.5, 11.5, 18.5, 27.5, 40.5], "each silence counts five seconds");
    assert!(attempts.iter().all(|one| one["error"].as_str().unwrap().contains("no answer")), "{attempts:?}");
}

#[tokio::test]
async fn a_refused_connection_is_told_in_words() {
    let server = Server::frozen();
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    server.post(ADDRESSES, json!({ "url": format!("http://{closed}/") })).await;
    without_billing(&server).await;
    launch(&server.account());
    settle(&server).await;
    let waiting = server.get(&format!("{DELIVERIES}?state=waiting&type=FlowStatusChange&limit=1")).await;
    assert_eq!(waiting[0]["next_attempt_at"], json!(NOW as f64 + 0.5));
    let error = waiting[0]["attempts"][0]["error"].as_str().unwrap();
    assert!(error.to_lowercase().contains("refused"), "{error}");
}

#[tokio::test]
async fn the_newest_deliveries_that_fit_are_listed() {
    let server = Server::frozen();
    let (_receiver, url) = Receiver::start(0).await;
    server.post(ADDRESSES, json!({ "url": url })).await;
    let flows = [launch(&server.account()), launch(&server.account())];
    settle(&server).await;
    let count = async |query: &str| server.get(&format!("{DELIVERIES}{query}")).await.as_array().unwrap().len();
    assert_eq!(count("").await, 6);
    assert_eq!(count("?type=BillingUse").await, 2);
    assert_eq!(count(&format!("?flow={}", flows[1])).await, 3);
    assert_eq!(count("?state=waiting").await, 0);
    assert_eq!(count("?address=nobody").await, 0);
    let newest = server.get(&format!("{DELIVERIES}?limit=1")).await;
    assert_eq!(newest[0]["flow"], flows[1]);
    for query in ["?states=waiting", "?state=vanished", "?limit=some"] {
        server.bad("GET", &format!("{DELIVERIES}{query}"), None, 400).await;
    }
}

#[tokio::test]
async fn a_message_is_sent_once_more_as_a_delivery_of_its_own() {
    let server = Server::frozen();
    let (receiver, url) = Receiver::start(0).await;
    let address = server.post(ADDRESSES, json!({ "url": url })).await;
    without_billing(&server).await;
    launch(&server.account());
    settle(&server).await;
    let first = server.get(DELIVERIES).await[0].clone();

    let again = server.post(&format!("{DELIVERIES}/{}/resend", first["id"].as_str().unwrap()), json!({})).await;
    settle(&server).await;

    assert_ne!(again["id"], first["id"]);
    assert_eq!(again["MsgId"], first["MsgId"]);
    let bodies: Vec<_> = receiver.got.lock().iter().map(|(_, body)| body.clone()).collect();
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0], bodies[1]);
    server.bad("POST", &format!("{DELIVERIES}/nothing/resend"), None, 404).await;
    server.good("DELETE", &format!("{ADDRESSES}/{}", address["id"].as_str().unwrap()), None).await;
    server.bad("POST", &format!("{DELIVERIES}/{}/resend", first["id"].as_str().unwrap()), None, 409).await;
}

#[tokio::test]
async fn an_address_that_is_taken_away_hears_nothing_more() {
    let server = Server::frozen();
    let (receiver, url) = Receiver::start(usize::MAX).await;
    let address = server.post(ADDRESSES, json!({ "url": url })).await;
    without_billing(&server).await;
    launch(&server.account());
    settle(&server).await;
    let id = address["id"].as_str().unwrap();

    let removed = server.good("DELETE", &format!("{ADDRESSES}/{id}"), None).await;

    assert_eq!(removed, json!({ "removed": id }));
    assert_eq!(server.get(ADDRESSES).await, json!([]));
    assert_eq!(server.get(DELIVERIES).await[0]["state"], "given_up");
    let moved = server.post("/_mock/clock", json!({ "advance": "1h" })).await;
    assert_eq!(moved["fired"], 0, "its retries are no longer due");
    assert_eq!(receiver.got.lock().len(), 1);
    server.bad("DELETE", &format!("{ADDRESSES}/{id}"), None, 404).await;
}

#[tokio::test]
async fn addresses_are_checked_and_shown_as_they_may_be_given() {
    let server = Server::frozen();
    let world = server.get("/_mock/world").await;
    let plain = server.post(ADDRESSES, json!({ "url": "https://receiver.example/x", "key": "", "token": "" })).await;
    assert_eq!((&plain["key"], &plain["token"], &plain["generation"]), (&json!(""), &json!(""), &json!("company")));
    assert_eq!(plain["organization"], world["ORGANIZATION_ID"]);
    let other = &world["keys"][1]["ORGANIZATION_ID"];
    let body = json!({ "url": "http://127.0.0.1:9", "key": "0123456789abcdef0123456789abcdef", "token": "t",
        "generation": "legacy", "organization": other });
    let full = server.post(ADDRESSES, body).await;
    assert_eq!(&full["organization"], other);
    assert_eq!(server.get(ADDRESSES).await, json!([plain, full]));
    for (body, word) in [
        (json!({}), "missing field `url`"),
        (json!({ "url": "ftp://a/" }), "http:// or https://"),
        (json!({ "url": "nowhere" }), "http:// or https://"),
        (json!({ "url": "http://a/", "key": "short" }), "32 bytes"),
        (json!({ "url": "http://a/", "generation": "new" }), "`company`, `partner`, `legacy`"),
        (json!({ "url": "http://a/", "organization": "nobody" }), "no `nobody`"),
        (json!({ "url": "http://a/", "id": "mine" }), "unknown field `id`"),
    ] {
        let error = server.bad("POST", ADDRESSES, Some(body), 400).await;
        assert!(error.contains(word), "{error}");
    }
}

#[tokio::test]
async fn a_reset_forgets_attempts_under_way_and_ends_the_advance_that_waits_for_them() {
    let server = Server::frozen();
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    server.post(ADDRESSES, json!({ "url": format!("http://{}/", silent.local_addr().unwrap()) })).await;
    launch(&server.account());
    let advance = server.post("/_mock/clock", json!({ "advance": "10d" }));
    let reset = async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        server.post("/_mock/reset", json!({})).await
    };

    tokio::join!(async { drop(advance.await) }, reset);

    assert_eq!(server.get("/_mock/clock").await, json!({ "now": NOW, "mode": "frozen" }));
    assert_eq!(server.get(DELIVERIES).await, json!([]));
    assert_eq!(server.get(ADDRESSES).await, json!([]));
}
