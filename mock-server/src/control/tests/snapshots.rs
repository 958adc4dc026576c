use axum::body::Body;
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::receiver::Receiver;
use super::worlds::in_world;
use super::{NOW, Server, act, launch};

/// The bytes of an exported snapshot, and their type.
async fn export(server: &Server, path: &str, accept: &str) -> (String, String) {
    let request = Request::get(path).header("Accept", accept).body(Body::empty()).unwrap();
    let response = server.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (kind, String::from_utf8(bytes.into()).unwrap())
}

async fn import(server: &Server, name: &str, text: &str) -> (StatusCode, Value) {
    let path = format!("/_mock/snapshots/{name}");
    server
        .ask(Request::put(path).header("Content-Type", "application/yaml").body(Body::from(text.to_owned())).unwrap())
        .await
}

async fn flows(server: &Server, world: &str) -> Value {
    server.ask(in_world("GET", "/_mock/flows", None, world)).await.1
}

#[tokio::test]
async fn a_world_is_put_back_to_a_snapshot_with_its_time_and_the_same_calls_give_the_same_ids() {
    let server = Server::frozen();
    let first = launch(&server.account());
    let row = server.post("/_mock/snapshots", json!({ "name": "one-contract" })).await;
    let expected =
        json!({ "name": "one-contract", "world": "demo", "now": NOW, "mode": "frozen", "flows": 1, "pending": 0 });
    assert_eq!(row, expected);
    assert_eq!(server.get("/_mock/snapshots").await, json!([expected]));
    let second = launch(&server.account());
    server.post("/_mock/clock", json!({ "advance": "400d" })).await;
    assert_eq!(flows(&server, "demo").await[1]["status"], "expired");

    let restored = server.post("/_mock/snapshots/one-contract/restore", json!({})).await;

    assert_eq!(restored, json!({ "world": "demo", "now": NOW, "mode": "frozen" }));
    assert_eq!(flows(&server, "demo").await[0]["id"], first);
    assert_eq!(launch(&server.account()), second);
    server.post("/_mock/reset", json!({})).await;
    assert_eq!(flows(&server, "demo").await, json!([]), "a reset still goes back to how the world was made");
}

#[tokio::test]
async fn branches_go_on_from_a_snapshot_apart_and_reset_to_it() {
    let server = Server::frozen();
    let contract = launch(&server.account());
    server.post("/_mock/snapshots", json!({ "name": "base" })).await;
    let keys = json!([{ "organization": server.get("/_mock/world").await["ORGANIZATION_ID"], "secret_id": "job-1", "secret_key": "s" }]);
    let one = server.post("/_mock/worlds", json!({ "from": "base", "alias": "one", "keys": keys })).await;
    assert_eq!((&one["alias"], &one["SECRET_ID"], &one["SECRET_KEY"]), (&json!("one"), &json!("job-1"), &json!("s")));
    let two = server.post("/_mock/worlds", json!({ "from": "base" })).await["alias"].as_str().unwrap().to_owned();
    assert!(two.starts_with("base-"), "{two}");
    let own_seed = server.post("/_mock/worlds", json!({ "from": "one", "seed": 99, "alias": "three" })).await;
    assert_eq!(own_seed["alias"], "three");

    let account = |name: &str| server.registry.account(name).unwrap();
    let (in_one, in_two) = (launch(&account("one")), launch(&account(&two)));
    assert_eq!(in_one, in_two, "the same calls give the same ids in both");
    assert_ne!(launch(&account("three")), in_one, "another seed gives others");
    act(
        &account("one"),
        "CancelFlow",
        json!({ "Operator": { "UserId": one["OPERATOR_USER_ID"] }, "FlowId": contract, "CancelMessage": "x" }),
    );
    assert_eq!(
        (flows(&server, "one").await[0]["status"].clone(), flows(&server, &two).await[0]["status"].clone()),
        (json!("cancelled"), json!("signing"))
    );
    assert_eq!(flows(&server, "demo").await.as_array().unwrap().len(), 1, "where they come from nothing happened");

    let reset = server.ask(in_world("POST", "/_mock/reset", Some(json!({})), "one")).await.1;
    assert_eq!(reset, json!({ "reset": ["one"] }));
    assert_eq!(flows(&server, "one").await[0]["status"], "signing", "as in the snapshot");
    assert_eq!(flows(&server, &two).await.as_array().unwrap().len(), 2, "only the world that was meant");
}

#[tokio::test]
async fn a_branch_keeps_back_what_was_on_its_way_unless_it_is_told_to_send_it() {
    let server = Server::frozen();
    let (receiver, url) = Receiver::start(1).await;
    server.good("PUT", "/_mock/settings", Some(json!({ "billing_callbacks": "off" }))).await;
    server.post("/_mock/callbacks/addresses", json!({ "url": url })).await;
    launch(&server.account());
    server.post("/_mock/clock", json!({ "advance": "0s" })).await;
    assert_eq!(receiver.got.lock().len(), 1, "the first attempt failed, and the second waits");
    let row = server.post("/_mock/snapshots", json!({ "name": "waiting" })).await;
    assert_eq!(row["pending"], 1);
    server.post("/_mock/worlds", json!({ "from": "waiting", "alias": "quiet" })).await;
    server.post("/_mock/worlds", json!({ "from": "waiting", "alias": "loud", "callbacks": "send" })).await;
    let advance = async |world: &str| {
        let moved = server.ask(in_world("POST", "/_mock/clock", Some(json!({ "advance": "1m" })), world)).await.1;
        assert_eq!(moved["settled"], true, "{moved}");
    };

    advance("quiet").await;
    assert_eq!(receiver.got.lock().len(), 1, "seeding a world sends nothing");
    launch(&server.registry.account("quiet").unwrap());
    advance("quiet").await;
    assert_eq!(receiver.got.lock().len(), 2, "what happens there is told");
    advance("loud").await;
    assert_eq!(receiver.got.lock().len(), 3);
    advance("demo").await;
    server.post("/_mock/snapshots/waiting/restore", json!({})).await;
    advance("demo").await;
    let got = receiver.got.lock();
    assert_eq!(got.len(), 5, "putting a world back puts back what was on its way");
    assert!(got[2].1 == got[0].1 && got[4].1 == got[0].1, "it is the same message each time");
}

#[tokio::test]
async fn a_snapshot_is_written_in_either_notation_and_brought_back() {
    let server = Server::frozen();
    launch(&server.account());
    server.post("/_mock/snapshots", json!({ "name": "base" })).await;

    let (kind, json_text) = export(&server, "/_mock/snapshots/base", "*/*").await;
    assert_eq!(kind, "application/json");
    super::description::check(
        &http::Method::GET,
        "/_mock/snapshots/base",
        StatusCode::OK,
        &serde_json::from_str(&json_text).unwrap(),
    );
    let (kind, yaml) = export(&server, "/_mock/snapshots/base?format=yaml", "*/*").await;
    assert_eq!(kind, "application/yaml");
    assert!(yaml.starts_with("format: ess-mock snapshot 1\nclock: frozen\n"), "{}", &yaml[..80]);
    assert_eq!(export(&server, "/_mock/snapshots/base", "application/yaml").await.1, yaml);

    for (name, text) in [("from-json", &json_text), ("from-yaml", &yaml)] {
        let (status, row) = import(&server, name, text).await;
        assert_eq!((status, &row["flows"], &row["world"]), (StatusCode::OK, &json!(1), &Value::Null), "{row}");
        assert_eq!(export(&server, &format!("/_mock/snapshots/{name}"), "*/*").await.1, json_text);
    }
    server.post("/_mock/worlds", json!({ "from": "from-yaml", "alias": "again" })).await;
    assert_eq!(flows(&server, "again").await, flows(&server, "demo").await);
}

#[tokio::test]
async fn names_that_are_taken_unknown_or_no_names_are_told() {
    let server = Server::frozen();
    server.post("/_mock/snapshots", json!({ "name": "base" })).await;
    let bad =
        async |method: &str, path: &str, body: Value, status: u16| server.bad(method, path, Some(body), status).await;
    assert!(
        bad("POST", "/_mock/snapshots", json!({ "name": "base" }), 409)
            .await
            .contains("delete it, or take another name")
    );
    assert!(bad("POST", "/_mock/snapshots", json!({ "name": "demo" }), 409).await.contains("a world is called `demo`"));
    assert!(bad("POST", "/_mock/snapshots", json!({ "name": "a/b" }), 400).await.contains("Expected 1 to 64 letters"));
    assert!(bad("POST", "/_mock/snapshots/none/restore", json!({}), 404).await.contains("no snapshot `none`"));
    assert!(
        bad("POST", "/_mock/worlds", json!({ "alias": "base" }), 409).await.contains("a snapshot is called `base`")
    );
    assert!(bad("POST", "/_mock/worlds", json!({ "alias": "demo" }), 409).await.contains("is called `demo`"));
    let key = json!([{ "organization": "nobody", "secret_id": "a", "secret_key": "b" }]);
    assert!(bad("POST", "/_mock/worlds", json!({ "keys": key }), 400).await.contains("no organization `nobody`"));
    let (status, answer) = import(&server, "broken", "format: ess-mock snapshot 1\nworld: [").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(answer["error"].as_str().unwrap().contains("line"), "{answer}");
    assert_eq!(server.good("DELETE", "/_mock/snapshots/base", None).await, json!({ "removed": "base" }));
    server.bad("DELETE", "/_mock/snapshots/base", None, 404).await;
}

#[tokio::test]
async fn a_world_that_was_taken_away_is_gone_with_its_keys_and_the_first_stays() {
    let server = Server::frozen();
    let world = server.post("/_mock/worlds", json!({ "alias": "gone" })).await;
    let secret = world["SECRET_ID"].as_str().unwrap();
    assert!(server.registry.key(secret).is_some());

    assert_eq!(server.good("DELETE", "/_mock/worlds/gone", None).await, json!({ "removed": "gone" }));

    assert!(server.registry.key(secret).is_none() && server.registry.account("gone").is_none());
    assert!(server.bad("DELETE", "/_mock/worlds/demo", None, 409).await.contains("the first world"));
    assert!(server.bad("DELETE", "/_mock/worlds/gone", None, 404).await.contains("`gone`"));
    let next = server.post("/_mock/worlds", json!({})).await;
    assert_ne!(next["SECRET_ID"], world["SECRET_ID"], "no key is given twice");
}
