use http::StatusCode;
use serde_json::{Value, json};

use super::{NOW, Server, launch, request};
use crate::engine::clock::EdgeTime;

pub(super) fn in_world(method: &str, path: &str, body: Option<Value>, world: &str) -> http::Request<axum::body::Body> {
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
    assert_eq!(keys.len(), 7);
    let applications = world["applications"].as_array().unwrap();
    assert_eq!(applications.len(), 2, "a platform with two applications");
    assert_eq!(applications[0]["CUSTOMERS"].as_array().unwrap().len(), 3);
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

#[tokio::test]
async fn a_world_can_be_brought_along_and_begins_when_it_says() {
    let server = Server::frozen();
    let file = json!({
        "alias": "mine",
        "begins": "2020-11-11T08:00:00+08:00",
        "callback_key": "",
        "callback_token": "",
        "organizations": [{
            "id": "the-company",
            "name": "自带世界有限公司",
            "edition": "flagship",
            "contracts": 1,
            "files": [{ "id": "the-file", "pages": 3, "words": ["盖章处"], "fields": ["date"] }],
        }],
    });

    let world = server.post("/_mock/worlds", json!({ "from": file })).await;

    assert_eq!(world["ORGANIZATION_ID"], "the-company");
    assert!(world["alias"].as_str().unwrap().starts_with("mine-"), "{world}");
    let alias = world["alias"].as_str().unwrap();
    let (_, clock) = server.ask(in_world("GET", "/_mock/clock", None, alias)).await;
    assert_eq!(clock, json!({ "now": 1_605_052_800, "mode": "frozen" }));
    assert_eq!(server.get("/_mock/clock").await["now"], NOW, "the first world keeps its time");
    let secret = world["SECRET_ID"].as_str().unwrap();
    let account = server.registry.account(secret).expect("its fresh key opens it");
    let pages = account.enter(EdgeTime::read(), |world, _, _| {
        world.files.get("the-file").and_then(|file| file.content.pages.as_ref().map(Vec::len))
    });
    assert_eq!(pages, Some(3));
}

#[tokio::test]
async fn a_world_that_cannot_be_is_refused_with_the_place() {
    let server = Server::frozen();
    let refuse = async |file: Value| {
        let (status, answer) = server.ask(request("POST", "/_mock/worlds", Some(json!({ "from": file })))).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{answer}");
        answer["error"].as_str().unwrap().to_owned()
    };
    let world = |organization: Value| json!({ "alias": "a", "callback_key": "", "callback_token": "", "organizations": [organization] });
    let company = |more: Value| {
        let mut company = json!({ "id": "c", "name": "某公司", "edition": "basic", "contracts": 1 });
        company.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        company
    };

    let unknown = refuse(world(company(json!({ "colour": "red" })))).await;
    assert!(unknown.contains("unknown field `colour`") && unknown.contains("line 1 column"), "{unknown}");
    let described = refuse(world(company(json!({ "files": [{ "id": "f", "name": "a.xlsx" }] })))).await;
    assert!(described.contains("files: `f`: body is needed"), "{described}");
    let both = refuse(world(company(json!({ "files": [{ "id": "f", "pages": 2, "body": "AAAA" }] })))).await;
    assert!(both.contains("give one or the other"), "{both}");
    let twice = refuse(world(company(json!({ "files": [{ "id": "c" }] })))).await;
    assert!(twice.contains("the id `c` stands twice"), "{twice}");
    assert_eq!(server.get("/_mock/worlds").await.as_array().unwrap().len(), 1, "a refused world is not there");
}
