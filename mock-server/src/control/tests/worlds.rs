use http::StatusCode;
use serde_json::{Value, json};

use super::{NOW, Server, launch, request};

fn in_world(method: &str, path: &str, body: Option<Value>, world: &str) -> http::Request<axum::body::Body> {
    let mut request = request(method, path, body);
    request.headers_mut().insert("X-Mock-World", world.parse().unwrap());
    request
}

#[tokio::test]
async fn a_ready_server_says_so_and_names_damaged_worlds() {
    let server = Server::frozen();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(server.get("/_mock/health").await, json!({ "status": "ready", "version": version }));
    server.account().mark_damaged("a handler panicked".into());
    let damaged = json!([{ "world": "demo", "why": "a handler panicked" }]);
    assert_eq!(server.get("/_mock/health").await["damaged"], damaged);
    server.post("/_mock/reset", json!({})).await;
    assert_eq!(server.get("/_mock/health").await["damaged"], Value::Null);
}

#[tokio::test]
async fn the_demo_world_holds_everything_a_client_needs() {
    let world = Server::frozen().get("/_mock/world").await;
    let keys = world["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 3);
    for (name, value) in world.as_object().unwrap() {
        assert!(!value.is_null() && *value != json!(""), "{name}");
    }
    assert_eq!(world["alias"], "demo");
    assert_eq!(world["SECRET_ID"], "AKIDdemo00000000000000000000000000000");
    assert_eq!(world["SECRET_ID"], keys[0]["SECRET_ID"]);
    assert_eq!(world["PROXY_ORG_OPEN_ID"], "org_dianziqian");
    assert_eq!(world["PROXY_OPERATOR_OPEN_ID"], "n9527");
}

#[tokio::test]
async fn a_new_world_has_fresh_keys_and_sees_nothing_of_the_first() {
    let server = Server::frozen();
    launch(&server.account());
    let first = server.get("/_mock/world").await;

    let second = server.post("/_mock/worlds", json!({ "from": "demo" })).await;

    assert_ne!(second["alias"], first["alias"]);
    assert_eq!(second["ORGANIZATION_ID"], first["ORGANIZATION_ID"]);
    for (new, old) in second["keys"].as_array().unwrap().iter().zip(first["keys"].as_array().unwrap()) {
        assert_ne!(new["SECRET_ID"], old["SECRET_ID"]);
        assert_ne!(new["SECRET_KEY"], old["SECRET_KEY"]);
    }
    let aliases: Vec<Value> =
        server.get("/_mock/worlds").await.as_array().unwrap().iter().map(|row| row["alias"].clone()).collect();
    assert_eq!(aliases, [first["alias"].clone(), second["alias"].clone()]);
    for name in [&second["alias"], &second["keys"][2]["SECRET_ID"]] {
        let name = name.as_str().unwrap();
        assert_eq!(server.ask(in_world("GET", "/_mock/world", None, name)).await, (StatusCode::OK, second.clone()));
        assert_eq!(server.ask(in_world("GET", "/_mock/flows", None, name)).await, (StatusCode::OK, json!([])));
    }
}

#[tokio::test]
async fn worlds_have_clocks_of_their_own_and_are_reset_one_by_one_or_together() {
    let server = Server::frozen();
    let second = server.post("/_mock/worlds", json!({})).await["alias"].as_str().unwrap().to_owned();
    let ask = async |method, path, body| server.ask(in_world(method, path, body, &second)).await.1;
    let (flow, other) = (launch(&server.account()), launch(&server.registry.account(&second).unwrap()));
    assert_ne!(flow, other);
    let moved = ask("POST", "/_mock/clock", Some(json!({ "advance": "1d" }))).await;
    assert_eq!((&moved["now"], &server.get("/_mock/clock").await["now"]), (&json!(NOW + 86_400), &json!(NOW)));

    assert_eq!(ask("POST", "/_mock/reset", Some(json!({}))).await, json!({ "reset": [second] }));
    assert_eq!(ask("GET", "/_mock/flows", None).await, json!([]));
    assert_eq!(server.get("/_mock/flows").await[0]["id"], flow);

    let all = server.post("/_mock/reset", json!({ "all": true })).await;
    assert_eq!(all, json!({ "reset": ["demo", second] }));
    assert_eq!(server.get("/_mock/flows").await, json!([]));
    assert_eq!(launch(&server.account()), flow, "the same calls in a world as it was give the same ids");
}

#[tokio::test]
async fn what_no_world_can_be_made_from_is_refused() {
    let error = Server::frozen().bad("POST", "/_mock/worlds", Some(json!({ "from": "yesterday" })), 404).await;
    assert!(error.contains("`yesterday`") && error.contains("`demo`"), "{error}");
}
