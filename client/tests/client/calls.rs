//! One call and what becomes of it, against a scripted server.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use ess_client::schemas::{self, ess, essbasic};
use ess_client::signature::v3;
use ess_client::{Client, ClientBuilder, Credentials, ErrorKind, Fault, Language, Outcome, RetryPolicy, Service};
use serde_json::json;

use crate::server::{Received, Server, Step};

const NOW: i64 = 1_700_000_000;

/// Three attempts as by default, with pauses no test waits for.
const QUICK: RetryPolicy = RetryPolicy {
    attempts: 3,
    first_pause: Duration::from_millis(1),
    first_pause_after_limit: Duration::from_millis(1),
    longest_pause: Duration::from_millis(2),
};

fn client_of(url: &str) -> ClientBuilder {
    Client::builder(Credentials::new("AKIDtest", "key")).server(url).retry(QUICK).clock(|| NOW)
}

fn operator() -> ess::UserInfo {
    ess::UserInfo { user_id: Some("yMOCKusr".into()), ..Default::default() }
}

/// Changes nothing.
fn describe() -> ess::DescribeFlowBriefsRequest {
    ess::DescribeFlowBriefsRequest { operator: operator(), flow_ids: vec!["yMOCKflow".into()], ..Default::default() }
}

/// Changes something.
fn cancel() -> ess::CancelFlowRequest {
    ess::CancelFlowRequest {
        operator: operator(),
        flow_id: "yMOCKflow".into(),
        cancel_message: "合同有误".into(),
        ..Default::default()
    }
}

#[tokio::test]
async fn a_request_carries_what_official_sdks_send() {
    let server = Server::that([Step::success("")]).await;
    let client = client_of(&server.url).build().unwrap();

    let reply = client.call(&cancel()).await.unwrap();

    assert_eq!(reply.request_id, "request-1");
    let [request] = &server.received()[..] else { panic!("one request") };
    assert_eq!(request.line, "POST / HTTP/1.1");
    for (name, value) in [
        ("content-type", "application/json"),
        ("host", server.url.strip_prefix("http://").unwrap()),
        ("x-tc-action", "CancelFlow"),
        ("x-tc-version", "2020-11-11"),
        ("x-tc-timestamp", "1700000000"),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
    assert!(request.header("x-tc-requestclient").unwrap().starts_with("ESS_CLIENT_RUST_"));
    for absent in ["x-tc-region", "x-tc-token", "x-tc-language", "x-tc-content-sha256"] {
        assert_eq!(request.header(absent), None, "{absent} was not asked for");
    }
    assert_eq!(
        request.json(),
        json!({"Operator": {"UserId": "yMOCKusr"}, "FlowId": "yMOCKflow", "CancelMessage": "合同有误"})
    );
    assert_eq!(request.header("authorization").unwrap(), expected_authorization(request, &request.body, "ess"));
}

#[tokio::test]
async fn region_token_language_and_unsigned_payload_are_sent_when_asked_for() {
    let server = Server::that([Step::success("")]).await;
    let client = Client::builder(Credentials::new("AKIDtest", "key").with_token("temporary"))
        .server(&server.url)
        .clock(|| NOW)
        .region("ap-guangzhou")
        .language(Language::Chinese)
        .unsigned_payload(true)
        .build()
        .unwrap();

    client.call(&essbasic::DescribeExtendedServiceAuthInfoRequest::default()).await.unwrap();

    let [request] = &server.received()[..] else { panic!("one request") };
    for (name, value) in [
        ("x-tc-region", "ap-guangzhou"),
        ("x-tc-token", "temporary"),
        ("x-tc-language", "zh-CN"),
        ("x-tc-version", "2021-05-26"),
        ("x-tc-content-sha256", "UNSIGNED-PAYLOAD"),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
    let expected = expected_authorization(request, b"UNSIGNED-PAYLOAD", "essbasic");
    assert_eq!(request.header("authorization").unwrap(), expected);
}

#[tokio::test]
async fn a_typed_answer_is_read_through_the_reply() {
    let server = Server::that([Step::success(r#""FlowId":"yMOCKflow","FlowApprovers":null,"#)]).await;

    let request = ess::CreateFlowRequest { operator: operator(), ..Default::default() };
    let reply = client_of(&server.url).build().unwrap().call(&request).await.unwrap();

    assert_eq!(reply.flow_id, "yMOCKflow");
}

#[tokio::test]
async fn an_error_of_the_service_keeps_code_message_and_request_id() {
    let server = Server::that([Step::error("OperationDenied.FlowHasTerminated")]).await;

    let error = client_of(&server.url).build().unwrap().call(&cancel()).await.unwrap_err();

    assert_eq!(error.code(), Some("OperationDenied.FlowHasTerminated"));
    assert_eq!(error.message(), Some("sentence of OperationDenied.FlowHasTerminated"));
    assert_eq!(error.request_id(), Some("request-1"));
    assert_eq!((error.action(), error.attempts()), ("CancelFlow", 1));
    assert_eq!((error.fault(), error.outcome()), (Fault::Caller, Outcome::NotCarriedOut));
}

#[tokio::test]
async fn a_reading_action_is_repeated_after_every_passing_fault() {
    for fault in [
        Step::error("InternalError"),
        Step::error("InternalError.Db"),
        Step::error("RequestLimitExceeded"),
        Step::Status(502, "Content-Type: text/html", "<html>Bad Gateway</html>"),
        Step::HangUp,
        Step::HalfAnswer,
    ] {
        let server = Server::that([fault, Step::HangUp, Step::success(r#""FlowBriefs":[],"#)]).await;

        let reply = client_of(&server.url).build().unwrap().call(&describe()).await.unwrap();

        assert!(reply.flow_briefs.is_empty());
        assert_eq!(server.received().len(), 3);
    }
}

#[tokio::test]
async fn a_changing_action_is_repeated_only_after_a_refusal_to_look_at_it() {
    let server = Server::that([Step::error("RequestLimitExceeded"), Step::success("")]).await;
    client_of(&server.url).build().unwrap().call(&cancel()).await.unwrap();
    assert_eq!(server.received().len(), 2);

    for fault in [
        Step::error("InternalError"),
        Step::Status(502, "Content-Type: text/html", "<html>Bad Gateway</html>"),
        Step::HangUp,
        Step::HalfAnswer,
    ] {
        let server = Server::that([fault]).await;

        let error = client_of(&server.url).build().unwrap().call(&cancel()).await.unwrap_err();

        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1), "{error}");
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent_so_even_a_changing_action_is_repeated() {
    let client = client_of(&Server::nobody().await).build().unwrap();

    let error = client.call(&cancel()).await.unwrap_err();

    assert!(matches!(error.kind(), ErrorKind::NotConnected(_)), "{error:?}");
    assert_eq!((error.attempts(), error.outcome(), error.fault()), (3, Outcome::NotCarriedOut, Fault::Network));
    assert_eq!(error.to_string(), "CancelFlow failed after 3 attempts: no connection to the service");
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_sent_nothing() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { while listener.accept().await.is_ok() {} });

    let error = client_of(&url).build().unwrap().call(&cancel()).await.unwrap_err();

    // A machine without certificates fails one step earlier, to the same effect.
    assert!(matches!(error.kind(), ErrorKind::NotConnected(_) | ErrorKind::Tls(_)), "{error:?}");
    assert_eq!(error.outcome(), Outcome::NotCarriedOut);
}

#[tokio::test]
async fn a_silent_service_costs_the_time_limit_and_no_more() {
    let quick_to_give_up = |url: &str| client_of(url).timeout(Duration::from_millis(250)).build().unwrap();

    let server = Server::that([Step::Silence, Step::success(r#""FlowBriefs":[],"#)]).await;
    quick_to_give_up(&server.url).call(&describe()).await.expect("a reading action is tried again");

    let server = Server::that([Step::Silence]).await;
    let error = quick_to_give_up(&server.url).call(&cancel()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TimedOut { limit, .. } if limit.as_millis() == 250), "{error:?}");
    assert_eq!((error.attempts(), error.outcome()), (1, Outcome::Unknown));
}

#[tokio::test]
async fn a_call_is_tried_as_often_as_the_policy_says() {
    let internal = || Step::error("InternalError");

    let server = Server::that([internal(), internal(), internal()]).await;
    let error = client_of(&server.url).build().unwrap().call(&describe()).await.unwrap_err();
    assert_eq!((error.attempts(), error.code()), (3, Some("InternalError")));

    let server = Server::that([internal()]).await;
    let client = client_of(&server.url).retry(RetryPolicy::never()).build().unwrap();
    assert_eq!(client.call(&describe()).await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn every_attempt_is_signed_with_its_own_time() {
    let server = Server::that([Step::error("InternalError"), Step::success(r#""FlowBriefs":[],"#)]).await;
    let ticks = AtomicI64::new(NOW);
    let client = client_of(&server.url).clock(move || ticks.fetch_add(400, Ordering::Relaxed)).build().unwrap();

    client.call(&describe()).await.unwrap();

    let received = server.received();
    let times: Vec<_> = received.iter().map(|request| request.header("x-tc-timestamp").unwrap()).collect();
    assert_eq!(times, ["1700000000", "1700000400"], "a signature is good for 300 seconds");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = Server::that([Step::Status(302, "Location: /elsewhere", "")]).await;

    let error = client_of(&server.url).build().unwrap().call(&describe()).await.unwrap_err();

    assert!(matches!(error.kind(), ErrorKind::NotAnAnswer { status: 302, .. }), "{error:?}");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn a_clock_without_a_date_sends_nothing() {
    let server = Server::that([]).await;

    let error = client_of(&server.url).clock(|| i64::MAX).build().unwrap().call(&describe()).await.unwrap_err();

    assert!(matches!(error.kind(), ErrorKind::Unsendable(_)), "{error:?}");
}

#[tokio::test]
async fn files_go_to_their_own_address() {
    let (calls, files) = (Server::that([Step::success("")]).await, Server::that([Step::success("")]).await);
    let client = client_of(&calls.url).file_endpoint(&files.url).build().unwrap();

    client.call(&ess::UploadFilesRequest { business_type: "DOCUMENT".into(), ..Default::default() }).await.unwrap();
    client.call(&cancel()).await.unwrap();

    assert_eq!(files.received()[0].header("x-tc-action"), Some("UploadFiles"));
    assert_eq!(calls.received()[0].header("x-tc-action"), Some("CancelFlow"));
}

#[tokio::test]
async fn an_untyped_request_is_sent_as_it_is_and_answered_as_it_comes() {
    let server = Server::that([Step::success(r#""Anything":[1],"#)]).await;
    let action = schemas::action(Service::Ess, "DescribeFlowBriefs").unwrap();

    let request = json!({"NoSuchParameter": true});
    let reply = client_of(&server.url).build().unwrap().call_json(action, &request).await.unwrap();

    assert_eq!(server.received()[0].json(), request);
    assert_eq!(reply["Anything"], json!([1]));
}

#[tokio::test]
async fn clones_call_side_by_side_from_tasks_of_their_own() {
    let server = Server::that([Step::success(""), Step::success("")]).await;
    let client = client_of(&server.url).build().unwrap();

    let another = client.clone();
    let first = tokio::spawn(async move { another.call(&cancel()).await });
    let second = client.call(&cancel()).await;

    assert_eq!(first.await.unwrap().unwrap(), second.unwrap());
}

/// The header's value, computed from what arrived rather than from what was meant.
fn expected_authorization(request: &Received, payload: &[u8], service: &str) -> String {
    let headers = [("content-type", "application/json"), ("host", request.header("host").unwrap())];
    let canonical = v3::canonical_request("POST", "/", "", &headers, &v3::hashed_payload(payload));
    let scope = v3::credential_scope("2023-11-14", service);
    let text = v3::string_to_sign(NOW, &scope, &canonical);
    let signature = v3::signature(&v3::signing_key("key", "2023-11-14", service), &text);
    v3::authorization("AKIDtest", &scope, "content-type;host", &signature)
}
