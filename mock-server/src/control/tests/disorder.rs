//! Callbacks in disorder, from the API call to a receiver on a real port.

use serde_json::{Value, json};

use super::receiver::Receiver;
use super::{NOW, Server, launch, launch_with, person};

const ADDRESSES: &str = "/_mock/callbacks/addresses";
const DELIVERIES: &str = "/_mock/callbacks/deliveries";
const DISORDER: &str = "/_mock/callbacks/disorder";

/// Every kind at once.
fn full() -> Value {
    json!({
        "lose": { "only": ["FlowCost"], "probability": 0.5 },
        "lose_first": { "probability": 0.5, "attempts": 2, "how": "answer" },
        "duplicate": { "probability": 0.5, "copies": 2, "gap": { "exponential": { "mean": "30m" } } },
        "outdated": { "only": ["FlowStatusChange/start"], "probability": 0.5, "within": "2h" },
        "delay": { "probability": 0.75, "by": { "uniform": { "from": "0s", "to": "1h" } } },
        "shuffle": { "messages": 4, "within": "10m" },
        "swap": [{ "send": "FlowStatusChange/finish", "before": "FlowStatusChange/sign" }],
    })
}

/// Three contracts launched and signed under this policy; every body that came, in the order it came. Messages say where they
/// go, so runs that are compared need the same receiver.
async fn bodies((receiver, url): &(Receiver, String), seed: u64, policy: Value) -> Vec<Vec<u8>> {
    let server = Server::frozen_with_seed(seed);
    receiver.got.lock().clear();
    server.post(ADDRESSES, json!({ "url": url, "key": "", "token": "", "disorder": policy })).await;
    for _ in 0..3 {
        let flow = launch(&server.account());
        for approver in [0, 1] {
            server.post("/_mock/clock", json!({ "advance": "5m" })).await;
            server.post(&format!("/_mock/flows/{flow}/sign"), json!({ "approver": approver })).await;
        }
    }
    let end = server.post("/_mock/clock", json!({ "advance": "10d" })).await;
    assert_eq!(end["settled"], true);
    let states = server.get(DELIVERIES).await;
    let states: Vec<&Value> = states.as_array().unwrap().iter().map(|one| &one["state"]).collect();
    assert!(states.iter().all(|state| **state == "delivered" || **state == "lost"), "{states:?}");
    let got = receiver.got.lock();
    got.iter().map(|(_, body)| body.to_vec()).collect()
}

/// Which messages these are, without what differs by seed.
fn outline(bodies: &[Vec<u8>]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let read = |body: &Vec<u8>| serde_json::from_slice::<Value>(body).unwrap();
    bodies.iter().map(read).map(|one| (text(&one["MsgType"]), text(&one["MsgData"]["Operate"]))).collect()
}

#[tokio::test]
async fn two_runs_with_one_seed_deliver_identical_bytes_in_identical_order_under_full_disorder() {
    let receiver = Receiver::start(0).await;
    let first = bodies(&receiver, 7, full()).await;
    assert_eq!(first, bodies(&receiver, 7, full()).await);
    let other = bodies(&receiver, 8, full()).await;
    assert_ne!(outline(&first), outline(&other), "another seed differs in more than its ids");
    let in_order = bodies(&receiver, 7, json!("in order")).await;
    assert_ne!(outline(&first), outline(&in_order));
    assert!(
        in_order
            .iter()
            .filter(|body| !first.contains(body))
            .all(|body| outline(std::slice::from_ref(body))[0].0 == "FlowCost")
    );
}

#[tokio::test]
async fn an_address_says_how_its_messages_come() {
    let server = Server::frozen();
    let address = server.post(ADDRESSES, json!({ "url": "http://127.0.0.1:9/" })).await;
    assert_eq!((&address["disorder"], &address["filter"]), (&json!("in order"), &json!([])));
    let id = address["id"].as_str().unwrap();
    let policy = json!({ "shuffle": { "messages": 3 } });

    server.good("PUT", DISORDER, Some(json!({ "disorder": policy }))).await;
    assert_eq!(server.get(ADDRESSES).await[0]["disorder"], policy, "the world's holds for it");
    let path = format!("{ADDRESSES}/{id}");
    let own = server.good("PATCH", &path, Some(json!({ "disorder": "in order" }))).await;
    assert_eq!(own["disorder"], "in order");
    let again = server.good("PATCH", &path, Some(json!({ "disorder": null }))).await;
    assert_eq!(again["disorder"], policy);
}

#[tokio::test]
async fn a_contracts_policy_is_stronger_than_an_addresss() {
    let server = Server::frozen();
    let (receiver, url) = Receiver::start(0).await;
    server.post(ADDRESSES, json!({ "url": url, "disorder": { "lose": {} } })).await;
    let flow = launch(&server.account());
    server.good("PUT", DISORDER, Some(json!({ "flow": flow, "disorder": "in order" }))).await;
    server.post(&format!("/_mock/flows/{flow}/sign"), json!({ "approver": 0 })).await;
    server.post("/_mock/clock", json!({ "advance": "0s" })).await;

    assert_eq!(receiver.got.lock().len(), 1);
    let log = server.get(&format!("{DELIVERIES}?state=lost")).await;
    assert_eq!(log.as_array().unwrap().len(), 3, "what was made before is lost, and stands in the log");
    assert!(log[0]["lost_because"].as_str().unwrap().contains("loses such messages for good"), "{log}");
    let policies = server.good("PUT", DISORDER, Some(json!({ "flow": flow, "disorder": null }))).await;
    assert_eq!(policies, json!({ "world": "in order", "flows": [] }));
    let error = server.bad("PUT", DISORDER, Some(json!({ "flow": "nothing", "disorder": null })), 400).await;
    assert!(error.contains("no contract nothing"), "{error}");
}

#[tokio::test]
async fn held_messages_do_not_hold_up_an_advance_and_come_at_their_latest_moment() {
    let server = Server::frozen();
    let (receiver, url) = Receiver::start(0).await;
    server.post(ADDRESSES, json!({ "url": url, "disorder": { "shuffle": { "messages": 99, "within": "20m" } } })).await;
    launch(&server.account());

    let settled = server.post("/_mock/clock", json!({ "advance": "0s" })).await;
    assert_eq!((&settled["settled"], &settled["delivered"]), (&json!(true), &json!(0)));
    let held = server.get(&format!("{DELIVERIES}?state=held")).await;
    assert_eq!(held.as_array().unwrap().len(), 3);
    assert_eq!((&held[0]["held_by"], &held[0]["next_attempt_at"]), (&json!("shuffle"), &json!(NOW + 1200)));
    assert_eq!(server.get(ADDRESSES).await[0]["backlog"], 3);

    server.post("/_mock/clock", json!({ "advance": "19m" })).await;
    assert_eq!(receiver.got.lock().len(), 0);
    server.post("/_mock/clock", json!({ "advance": "10m" })).await;
    assert_eq!(receiver.got.lock().len(), 3);
    let log = server.get(DELIVERIES).await;
    assert!(log.as_array().unwrap().iter().all(|one| one["attempts"][0]["at"] == NOW + 1200));
}

#[tokio::test]
async fn a_filter_lets_its_types_through_and_no_others() {
    let server = Server::frozen();
    let (receiver, url) = Receiver::start(0).await;
    let address = server.post(ADDRESSES, json!({ "url": url, "filter": ["BillingUse"] })).await;
    assert_eq!(address["filter"], json!(["BillingUse"]));
    launch(&server.account());
    server.post("/_mock/clock", json!({ "advance": "0s" })).await;
    assert_eq!(receiver.got.lock().len(), 1);
    assert_eq!(server.get(DELIVERIES).await[0]["MsgType"], "BillingUse");
    let body = json!({ "url": url, "filter": ["FlowStatusChanged"] });
    let error = server.bad("POST", ADDRESSES, Some(body), 400).await;
    assert!(error.contains("no MsgType `FlowStatusChanged`; expected one of"), "{error}");
}

#[tokio::test]
async fn a_changed_address_holds_at_once_for_what_is_on_its_way_too() {
    let server = Server::frozen();
    let (wrong, wrong_url) = Receiver::start(usize::MAX).await;
    let (right, right_url) = Receiver::start(0).await;
    let address = server.post(ADDRESSES, json!({ "url": wrong_url, "filter": ["FlowStatusChange"] })).await;
    launch(&server.account());
    server.post("/_mock/clock", json!({ "advance": "0s" })).await;
    assert_eq!(wrong.got.lock().len(), 1);

    let path = format!("{ADDRESSES}/{}", address["id"].as_str().unwrap());
    let changed = server.good("PATCH", &path, Some(json!({ "url": right_url, "key": "", "token": "" }))).await;
    assert_eq!(
        (&changed["url"], &changed["key"], &changed["filter"]),
        (&json!(right_url), &json!(""), &address["filter"])
    );
    server.post("/_mock/clock", json!({ "advance": "1s" })).await;

    let got = right.got.lock().clone();
    assert_eq!((wrong.got.lock().len(), got.len()), (1, 1));
    assert!(got[0].1.starts_with(b"{\"MsgId\""), "plain, as the address says now");
    let log = server.get(&format!("{DELIVERIES}?requests=true")).await;
    let sent = |attempt: usize| &log[0]["attempts"][attempt]["request"];
    assert_eq!((&sent(0)["url"], &sent(1)["url"]), (&json!(wrong_url), &json!(right_url)));
    assert_eq!(sent(0)["body"], String::from_utf8(wrong.got.lock()[0].1.to_vec()).unwrap());
    assert_eq!(sent(1)["body"], String::from_utf8(got[0].1.to_vec()).unwrap());

    let replaced = server.good("PUT", &path, Some(json!({ "url": wrong_url, "generation": "legacy" }))).await;
    assert_eq!((&replaced["generation"], &replaced["filter"]), (&json!("legacy"), &json!([])));
    assert_eq!(replaced["key"], address["key"], "the world's own again");
    server.bad("PATCH", &format!("{ADDRESSES}/nothing"), Some(json!({})), 404).await;
    server.bad("PATCH", &path, Some(json!({ "key": "short" })), 400).await;
    server.bad("PATCH", &path, Some(json!({ "organization": "other" })), 400).await;
    server.bad("PUT", &path, Some(json!({ "url": "nowhere" })), 400).await;
}

#[tokio::test]
async fn deliveries_are_found_by_what_they_are_and_when() {
    let server = Server::frozen();
    let (_receiver, url) = Receiver::start(0).await;
    server.post(ADDRESSES, json!({ "url": url })).await;
    let flow = launch_with(&server.account(), json!([person("张三", "18888888888")]));
    server.post("/_mock/clock", json!({ "advance": "1m" })).await;
    server.post(&format!("/_mock/flows/{flow}/sign"), json!({ "approver": 0 })).await;
    server.post("/_mock/clock", json!({ "advance": "1m" })).await;
    let all = server.get(DELIVERIES).await;
    let ids = async |query: &str| {
        let found = server.get(&format!("{DELIVERIES}?{query}")).await;
        found.as_array().unwrap().iter().map(|one| one["id"].clone()).collect::<Vec<_>>()
    };
    let every = ids("").await;
    assert_eq!(every.len(), 5, "{all}");
    assert_eq!(ids("operate=sign").await, every[3..4]);
    assert_eq!(ids(&format!("since={}", NOW + 60)).await, every[3..]);
    assert_eq!(ids("until=2023-11-14T22:14:20Z").await, every[..3]);
    assert_eq!(ids(&format!("organization={}", all[0]["organization"].as_str().unwrap())).await, every);
    assert_eq!(ids("organization=nobody").await.len(), 0);
    assert_eq!(ids(&format!("message={}", all[2]["MsgId"].as_str().unwrap())).await, every[2..3]);
    assert_eq!(ids(&format!("after={}&limit=2", every[1].as_str().unwrap())).await, every[2..4]);
    assert_eq!(ids("limit=2").await, every[3..]);
    for query in ["operate=signed", "since=yesterday", "after=nothing"] {
        server.bad("GET", &format!("{DELIVERIES}?{query}"), None, 400).await;
    }

    let one = server.get(&format!("{DELIVERIES}/{}", every[2].as_str().unwrap())).await;
    let request = &one["attempts"][0]["request"];
    assert_eq!((&request["method"], &request["url"]), (&json!("POST"), &json!(url)));
    assert!(request["headers"].as_array().unwrap().iter().any(|header| header[0] == "Content-Signature"), "{request}");
    server.bad("GET", &format!("{DELIVERIES}/nothing"), None, 404).await;
}

#[tokio::test]
async fn a_range_is_sent_once_more_in_order() {
    let server = Server::frozen();
    let (receiver, url) = Receiver::start(0).await;
    let address = server.post(ADDRESSES, json!({ "url": url, "disorder": { "lose": { "only": ["FlowCost"] } } })).await;
    launch(&server.account());
    server.post("/_mock/clock", json!({ "advance": "0s" })).await;
    assert_eq!(receiver.got.lock().len(), 2);

    let resent = server.post(&format!("{DELIVERIES}/resend"), json!({ "state": "lost" })).await;
    assert_eq!(resent["resent"].as_array().unwrap().len(), 1, "also what a policy has lost");
    let resent = server.post(&format!("{DELIVERIES}/resend"), json!({ "until": NOW + 1, "state": "delivered" })).await;
    server.post("/_mock/clock", json!({ "advance": "0s" })).await;

    assert_eq!(resent["resent"].as_array().unwrap().len(), 2);
    let got: Vec<_> = receiver.got.lock().iter().map(|(_, body)| body.clone()).collect();
    assert_eq!((got.len(), &got[3..]), (5, &got[..2]));
    server.good("DELETE", &format!("{ADDRESSES}/{}", address["id"].as_str().unwrap()), None).await;
    let gone = server.post(&format!("{DELIVERIES}/resend"), json!({ "limit": 1 })).await;
    assert!(gone["skipped"][0]["why"].as_str().unwrap().contains("taken away"), "{gone}");
    server.bad("POST", &format!("{DELIVERIES}/resend"), Some(json!({ "stat": "lost" })), 400).await;
}

#[tokio::test]
async fn what_does_not_fit_is_dropped_loudly() {
    let server = Server::frozen();
    server.good("PUT", "/_mock/settings", Some(json!({ "callback_backlog": 2 }))).await;
    let policy = json!({ "delay": { "by": { "fixed": "1h" } } });
    let address = server.post(ADDRESSES, json!({ "url": "http://127.0.0.1:9/", "disorder": policy })).await;
    assert_eq!(server.get("/_mock/health").await.get("dropped_callbacks"), None);
    launch(&server.account());

    let shown = server.get(ADDRESSES).await[0].clone();
    assert_eq!((&shown["backlog"], &shown["dropped"]), (&json!(2), &json!(1)));
    let dropped = server.get(&format!("{DELIVERIES}?state=dropped")).await;
    assert_eq!(dropped[0]["MsgType"], "BillingUse", "the oldest");
    let health = server.get("/_mock/health").await;
    let world = server.account().alias.to_string();
    assert_eq!(health["dropped_callbacks"], json!([{ "world": world, "address": address["id"], "dropped": 1 }]));
    server.bad("PUT", "/_mock/settings", Some(json!({ "callback_backlog": 0 })), 400).await;
}

#[tokio::test]
async fn the_api_changes_the_same_list_of_addresses() {
    let server = Server::frozen();
    let (receiver, url) = Receiver::start(0).await;
    let key = "0123456789abcdef0123456789abcdef";
    let change = |kind: u8| {
        json!({ "Operator": { "UserId": "yDemoUUckp1b3eumUzG2tFvHGQaK46Qr" }, "OperateType": kind,
            "CallbackInfo": { "CallbackUrl": url, "CallbackKey": key, "CallbackToken": "token" } })
    };
    for _ in 0..2 {
        super::act(&server.account(), "ModifyApplicationCallbackInfo", change(1));
    }
    let addresses = server.get(ADDRESSES).await;
    assert_eq!(addresses.as_array().unwrap().len(), 1, "a known URL is not added again: {addresses}");
    assert_eq!((&addresses[0]["url"], &addresses[0]["key"]), (&json!(url), &json!(key)));
    assert_eq!((&addresses[0]["token"], &addresses[0]["generation"]), (&json!("token"), &json!("company")));
    launch(&server.account());
    server.post("/_mock/clock", json!({ "advance": "0s" })).await;
    assert_eq!(receiver.got.lock().len(), 3);

    super::act(&server.account(), "ModifyApplicationCallbackInfo", change(2));
    assert_eq!(server.get(ADDRESSES).await, json!([]));
}
