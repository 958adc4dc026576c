//! The journal of requests, through whole calls.

use axum::body::Body;
use http::Request;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};

use super::{Server, launch};
use crate::edge::{Edge, EdgeOptions};
use crate::gateway::credential::Auth;

const OPERATOR: &str = "yDemoUUckp1b3eumUzG2tFvHGQaK46Qr";

/// Sends a call through the whole edge; answers its `Response`.
async fn call(server: &Server, action: &str, parameters: &Value) -> Value {
    send(server, Auth::Off, action, parameters.to_string(), &[]).await
}

async fn send(server: &Server, auth: Auth, action: &str, body: String, headers: &[(&str, &str)]) -> Value {
    let mut request = Request::post("/")
        .header("content-type", "application/json")
        .header("host", "mock")
        .header("user-agent", "test-client")
        .header("x-tc-action", action)
        .header("x-tc-version", "2020-11-11")
        .header("x-tc-timestamp", crate::engine::clock::EdgeTime::read().seconds());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body)).unwrap();
    let response =
        Edge::new(server.registry.clone(), EdgeOptions { auth, ..EdgeOptions::default() }).answer(request).await;
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    serde_json::from_slice::<Value>(&bytes).unwrap()["Response"].take()
}

fn cancel(flow: &str, why: &str) -> Value {
    json!({"Operator": {"UserId": OPERATOR, "ClientIp": "1.2.3.4"}, "FlowId": flow, "CancelMessage": why})
}

#[tokio::test]
async fn calls_stand_there_in_their_order_with_all_that_is_known_of_them() {
    let server = Server::frozen();
    let flow = launch(&server.account());
    call(&server, "CancelFlow", &cancel(&flow, "不签了")).await;
    call(&server, "CancelFlow", &cancel("yDnobody", "不签了")).await;
    call(&server, "CancelFlow", &json!({"FlowId": 5})).await;
    call(&server, "NoSuchAction", &json!({})).await;

    let list = server.get("/_mock/requests").await;

    assert_eq!((&list["count"], &list["evicted"], &list["latest"]), (&json!(4), &json!(0), &json!(4)));
    let rows = list["requests"].as_array().unwrap();
    let ends: Vec<_> =
        rows.iter().map(|row| (row["action"].as_str().unwrap(), row["outcome"].as_str().unwrap())).collect();
    assert_eq!(
        ends,
        [
            ("CancelFlow", "done"),
            ("CancelFlow", "refused"),
            ("CancelFlow", "turned_away"),
            ("NoSuchAction", "turned_away")
        ]
    );
    assert_eq!(rows[0]["request"], cancel(&flow, "不签了"));
    assert_eq!(rows[0]["unread"], json!(["Operator.ClientIp"]));
    assert_eq!(rows[0]["client"], "test-client");
    assert_eq!(rows[0]["response"]["Response"]["RequestId"], rows[0]["RequestId"]);
    assert_eq!(
        (&rows[1]["reason"], &rows[1]["Code"]),
        (&json!("FlowUnknown"), &rows[1]["response"]["Response"]["Error"]["Code"])
    );
    assert_eq!(rows[2]["Code"], "InvalidParameter");
    assert_eq!(server.get("/_mock/requests/2").await, rows[1]);
}

#[tokio::test]
async fn entries_are_found_by_query() {
    let server = Server::frozen();
    let flow = launch(&server.account());
    call(&server, "CancelFlow", &cancel(&flow, "不签了")).await;
    call(&server, "DescribeFlowInfo", &json!({"Operator": {"UserId": OPERATOR}, "FlowIds": [flow]})).await;
    call(&server, "CancelFlow", &cancel("yDnobody", "不签了")).await;

    for (query, count) in [
        ("action=CancelFlow".to_owned(), 2),
        (format!("mentions={flow}"), 2),
        ("outcome=refused".to_owned(), 1),
        ("action=CancelFlow&since=1".to_owned(), 1),
        ("unread=true".to_owned(), 2),
        ("assumed=true".to_owned(), 2),
        ("action=CancelFlow&organization=nobody".to_owned(), 0),
    ] {
        assert_eq!(server.get(&format!("/_mock/requests?{query}")).await["count"], count, "{query}");
    }
    assert_eq!(server.get("/_mock/requests?limit=1").await["requests"].as_array().unwrap().len(), 1);
    let error = server.bad("GET", "/_mock/requests?actoin=CancelFlow", None, 400).await;
    assert!(error.contains("actoin"), "{error}");
}

#[tokio::test]
async fn verifying_says_what_came_nearest() {
    let server = Server::frozen();
    let flow = launch(&server.account());
    call(&server, "CancelFlow", &cancel(&flow, "不签了")).await;
    let verify = "/_mock/requests/verify";

    let once = json!({"action": "CancelFlow", "body": {"FlowId": flow}});
    assert_eq!(server.post(verify, once).await, json!({"verified": true, "count": 1}));
    let never = json!({"action": "StartFlow", "times": 0});
    assert_eq!(server.post(verify, never).await["count"], 0);
    let some = json!({"action": "CancelFlow", "times": {"at_least": 1, "at_most": 2}});
    assert_eq!(server.post(verify, some).await["count"], 1);

    let other = json!({"action": "CancelFlow", "body": {"FlowId": flow, "CancelMessage": "价格不对"}});
    let error = server.bad("POST", verify, Some(other), 409).await;
    assert_eq!(
        error,
        "Expected exactly 1, found 0. Request 1 differs: CancelMessage is \"不签了\", expected \"价格不对\"."
    );
    let exact = json!({"action": "CancelFlow", "body": {"FlowId": flow}, "match": "equals"});
    assert!(server.bad("POST", verify, Some(exact), 409).await.contains("CancelMessage is"));
    let twice = json!({"action": "CancelFlow", "times": 2});
    assert_eq!(server.bad("POST", verify, Some(twice), 409).await, "Expected exactly 2, found 1 (requests 1).");
    assert!(server.bad("POST", verify, Some(json!({"action": "CancelFlwo"})), 400).await.contains("CancelFlwo"));
}

#[tokio::test]
async fn what_is_gone_is_unknown_and_never_none() {
    let server = Server::with_journal(1);
    for _ in 0..3 {
        call(&server, "CancelFlow", &cancel("yDnobody", "不签了")).await;
    }

    let list = server.get("/_mock/requests?action=StartFlow").await;
    assert_eq!((&list["count"], &list["at_least"], &list["evicted"]), (&json!("unknown"), &json!(0), &json!(2)));
    assert_eq!(server.get("/_mock/requests?action=StartFlow&since=2").await["count"], 0);
    let error =
        server.bad("POST", "/_mock/requests/verify", Some(json!({"action": "StartFlow", "times": 0})), 409).await;
    assert!(error.starts_with("Unknown: 2 requests"), "{error}");
    assert!(server.bad("GET", "/_mock/requests/1", None, 404).await.contains("no longer kept"));
    assert!(server.bad("GET", "/_mock/requests/9", None, 404).await.contains("the newest is 3"));
    assert!(server.bad("GET", "/_mock/requests/first", None, 400).await.contains("no number"));
}

#[tokio::test]
async fn a_reset_and_clearing_forget_what_was_asked() {
    let server = Server::frozen();
    call(&server, "CancelFlow", &cancel("yDnobody", "不签了")).await;
    assert_eq!(server.good("DELETE", "/_mock/requests", None).await, json!({"cleared": 1}));
    call(&server, "CancelFlow", &cancel("yDnobody", "不签了")).await;

    server.post("/_mock/reset", json!({})).await;

    let list = server.get("/_mock/requests").await;
    assert_eq!((&list["count"], &list["latest"]), (&json!(0), &json!(2)));
}

#[tokio::test]
async fn uploads_are_kept_as_their_hash() {
    use base64::Engine as _;
    let server = Server::frozen();
    let body = base64::engine::general_purpose::STANDARD.encode(vec![b'%'; 40_000]);
    let files = json!([{"FileName": "a.pdf", "FileBody": body}]);
    call(&server, "UploadFiles", &json!({"BusinessType": "DOCUMENT", "FileInfos": files})).await;

    let row = &server.get("/_mock/requests").await["requests"][0];

    assert_eq!(row["request"]["FileInfos"][0]["FileName"], "a.pdf");
    assert_eq!(row["request"]["FileInfos"][0]["FileBody"]["bytes"], body.len());
}

#[tokio::test]
async fn a_wrong_signature_is_explained_and_only_there() {
    let server = Server::frozen();
    let now = crate::engine::clock::EdgeTime::read().seconds();
    let date = ess_client::signature::v3::date(now).unwrap();
    let authorization = format!(
        "TC3-HMAC-SHA256 Credential=AKIDdemo00000000000000000000000000000/{date}/ess/tc3_request, \
         SignedHeaders=content-type;host, Signature={}",
        "0".repeat(64)
    );

    let answer = send(&server, Auth::Strict, "CancelFlow", "{}".to_owned(), &[("authorization", &authorization)]).await;

    assert_eq!(answer["Error"]["Code"], "AuthFailure.SignatureFailure");
    assert!(!answer.to_string().contains("canonical"), "the client learns nothing");
    let row = &server.get("/_mock/requests").await["requests"][0];
    assert_eq!((&row["outcome"], &row["autopsy"]["cause"]), (&json!("turned_away"), &json!("key")));
    assert!(row["autopsy"]["canonical_request"].as_str().unwrap().contains("host:mock\n"));
    assert!(row["organization"].is_string(), "whose key it names is known");
}
