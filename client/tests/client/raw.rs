//! Requests that are wrong on purpose, as they stand on the wire.

use ess_client::raw::{Edit, Method, Opened, RawAnswer, RawRequest, Signing};
use ess_client::signature::v1::{self, Algorithm};
use ess_client::signature::v3;
use ess_client::{Client, Credentials, ErrorKind, Service};
use serde_json::{Value, json};

use crate::server::{Received, Server, Step};

const NOW: i64 = 1_700_000_000;

fn describe() -> RawRequest {
    RawRequest::new(Service::Ess, "DescribeFlowInfo", json!({"FlowIds": ["yD1", "yD2"], "Operator": {"UserId": "yDR"}}))
}

async fn sent(request: RawRequest) -> Received {
    let (received, _) = exchanged(request, Step::success("")).await;
    received
}

async fn exchanged(request: RawRequest, step: Step) -> (Received, RawAnswer) {
    let server = Server::that([step]).await;
    let credentials = Credentials::new("AKIDtest", "key").with_token("temporary");
    let client = Client::builder(credentials).server(&server.url).clock(|| NOW).build().unwrap();
    let answer = client.send_raw(&request).await.unwrap();
    (server.received().remove(0), answer)
}

/// The header's value, computed from what arrived.
fn authorization(received: &Received, secret_key: &str, payload: &[u8]) -> String {
    let mut line = received.line.split(' ');
    let (method, target) = (line.next().unwrap(), line.next().unwrap());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let signed = ["content-type", "host"].map(|name| (name, received.header(name).unwrap()));
    let canonical = v3::canonical_request(method, path, query, &signed, &v3::hashed_payload(payload));
    let timestamp: i64 = received.header("x-tc-timestamp").unwrap().parse().unwrap();
    let date = v3::date(timestamp).unwrap();
    let scope = v3::credential_scope(&date, "ess");
    let text = v3::string_to_sign(timestamp, &scope, &canonical);
    let signature = v3::signature(&v3::signing_key(secret_key, &date, "ess"), &text);
    v3::authorization("AKIDtest", &scope, "content-type;host", &signature)
}

/// The signature of the older methods, computed from the pairs that arrived.
fn old_signature(received: &Received, pairs: &[(String, String)], algorithm: Algorithm) -> String {
    let method = received.line.split(' ').next().unwrap();
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    v1::signature("key", algorithm, &v1::string_to_sign(method, received.header("host").unwrap(), "/", pairs))
}

/// The query's pairs, or the form's.
fn pairs(received: &Received) -> Vec<(String, String)> {
    let target = received.line.split(' ').nth(1).unwrap();
    let text = match target.split_once('?') {
        Some((_, query)) => query.to_owned(),
        None => String::from_utf8(received.body.clone()).unwrap(),
    };
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
    text.split('&')
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
}

#[tokio::test]
async fn unspoilt_it_is_a_well_signed_request() {
    let received = sent(describe()).await;

    assert_eq!(received.line, "POST / HTTP/1.1");
    assert_eq!(received.json(), json!({"FlowIds": ["yD1", "yD2"], "Operator": {"UserId": "yDR"}}));
    for (name, value) in [
        ("x-tc-action", "DescribeFlowInfo"),
        ("x-tc-version", "2020-11-11"),
        ("x-tc-token", "temporary"),
        ("content-type", "application/json"),
    ] {
        assert_eq!(received.header(name), Some(value), "{name}");
    }
    assert_eq!(received.header("authorization").unwrap(), authorization(&received, "key", &received.body));
}

#[tokio::test]
async fn what_is_changed_before_signing_is_signed() {
    let request = describe()
        .version("2021-05-26")
        .secret_key("another")
        .token("t")
        .region("ap-mars")
        .language("tlh")
        .timestamp_offset(-301)
        .content_type("application/json; charset=gbk")
        .text("{not json");

    let received = sent(request).await;

    for (name, value) in [
        ("x-tc-version", "2021-05-26"),
        ("x-tc-token", "t"),
        ("x-tc-region", "ap-mars"),
        ("x-tc-language", "tlh"),
        ("x-tc-timestamp", "1699999699"),
        ("content-type", "application/json; charset=gbk"),
    ] {
        assert_eq!(received.header(name), Some(value), "{name}");
    }
    assert_eq!(received.body, b"{not json");
    assert_eq!(received.header("authorization").unwrap(), authorization(&received, "another", b"{not json"));
}

#[tokio::test]
async fn what_is_changed_after_signing_is_not() {
    let request = describe()
        .after_signing(Edit::replace("X-TC-Action", "CancelFlow"))
        .after_signing(Edit::add("X-TC-Version", "2020-11-11"))
        .after_signing(Edit::remove("x-tc-timestamp"))
        .after_signing(Edit::replace("Authorization", "Bearer 合同"));

    let received = sent(request).await;

    assert_eq!(received.header("x-tc-action"), Some("CancelFlow"));
    assert_eq!(received.headers.iter().filter(|(name, _)| name == "x-tc-version").count(), 2);
    assert_eq!(received.header("x-tc-timestamp"), None);
    assert_eq!(received.header("authorization"), Some("Bearer 合同"));
}

#[tokio::test]
async fn an_unsigned_payload_is_declared_and_left_out() {
    let received = sent(describe().unsigned_payload()).await;

    assert_eq!(received.header("x-tc-content-sha256"), Some("UNSIGNED-PAYLOAD"));
    assert_eq!(received.header("authorization").unwrap(), authorization(&received, "key", b"UNSIGNED-PAYLOAD"));
}

#[tokio::test]
async fn a_get_carries_its_parameters_flattened_in_a_signed_query() {
    let received = sent(describe().method(Method::Get)).await;

    assert_eq!(received.line, "GET /?FlowIds.0=yD1&FlowIds.1=yD2&Operator.UserId=yDR HTTP/1.1");
    assert_eq!(received.header("authorization").unwrap(), authorization(&received, "key", b""));

    let odd = sent(describe().method(Method::Get).text("FlowIds.0=合同 \"&=&%zz")).await;
    assert!(odd.line.ends_with("&=&%zz HTTP/1.1"), "{}", odd.line);
    assert_eq!(odd.header("authorization").unwrap(), authorization(&odd, "key", b""));
}

#[tokio::test]
async fn a_form_is_flattened_and_its_parameters_can_be_changed_after_signing() {
    let form = describe().content_type("application/x-www-form-urlencoded");

    let received = sent(form.clone().after_signing_parameter(Edit::replace("FlowIds.1", "yD3"))).await;

    assert_eq!(received.body, b"FlowIds.0=yD1&FlowIds.1=yD3&Operator.UserId=yDR");
    let before = sent(form).await;
    assert_eq!(before.header("authorization").unwrap(), authorization(&before, "key", &before.body));
    assert_eq!(received.header("authorization"), Some(&*authorization(&received, "key", &before.body)));
}

#[tokio::test]
async fn the_older_methods_sign_every_pair() {
    for algorithm in [Algorithm::HmacSha1, Algorithm::HmacSha256] {
        for method in [Method::Get, Method::Post] {
            let received = sent(describe().signing(Signing::V1(algorithm)).method(method).region("ap-mars")).await;

            let pairs = pairs(&received);
            for (name, expected) in [
                ("Action", "DescribeFlowInfo"),
                ("Version", "2020-11-11"),
                ("Timestamp", "1700000000"),
                ("SecretId", "AKIDtest"),
                ("SignatureMethod", algorithm.name()),
                ("Region", "ap-mars"),
                ("Token", "temporary"),
                ("FlowIds.1", "yD2"),
            ] {
                assert_eq!(value(&pairs, name), Some(expected), "{name}");
            }
            assert!(value(&pairs, "Nonce").unwrap().parse::<u32>().unwrap() > 0);
            assert_eq!(value(&pairs, "Signature"), Some(&*old_signature(&received, &pairs, algorithm)));
            assert_eq!((received.header("authorization"), received.header("x-tc-action")), (None, None));
        }
    }
}

#[tokio::test]
async fn an_old_request_is_spoilt_by_its_parameters() {
    let old = describe().signing(Signing::V1(Algorithm::HmacSha1)).method(Method::Post);

    let received = sent(old.clone().after_signing_parameter(Edit::remove("Nonce"))).await;
    assert_eq!(value(&pairs(&received), "Nonce"), None);

    let received = sent(old.text("FlowIds.0=%FF&FlowIds.0=b")).await;
    let body = String::from_utf8(received.body).unwrap();
    assert!(body.starts_with("FlowIds.0=%FF&FlowIds.0=b&Action=DescribeFlowInfo&"), "{body}");
}

#[tokio::test]
async fn every_answer_is_an_answer() {
    let (_, reply) = exchanged(describe(), Step::success(r#""FlowId":"yD","#)).await;
    let Opened::Reply(opened) = reply.opened else { panic!("{reply:?}") };
    assert_eq!((opened.request_id.as_str(), &opened["FlowId"]), ("request-1", &Value::from("yD")));

    let (_, refused) = exchanged(describe(), Step::error("InvalidAction")).await;
    assert_eq!((refused.status, refused.code()), (200, Some("InvalidAction")));
    assert!(refused.body.starts_with(b"{\"Response\""));

    let (_, foreign) = exchanged(describe(), Step::Status(502, "Content-Type: text/html", "<html>")).await;
    assert_eq!((foreign.status, &foreign.body[..], foreign.opened), (502, &b"<html>"[..], Opened::Foreign));
}

#[tokio::test]
async fn what_http_cannot_carry_is_said_before_anything_is_sent() {
    let server = Server::that([]).await;
    let client = Client::builder(Credentials::new("AKIDtest", "key")).server(&server.url).build().unwrap();

    for request in [
        describe().after_signing(Edit::replace("X-TC-Action", "a\nb")),
        describe().after_signing(Edit::replace("X TC", "a")),
        describe().method(Method::Get).text(&b"\xff"[..]),
    ] {
        let error = client.send_raw(&request).await.unwrap_err();
        assert!(matches!(error, ErrorKind::Unsendable(_)), "{error:?}");
    }
    assert!(server.received().is_empty());
}

#[test]
fn a_raw_request_never_prints_its_secrets() {
    let shown = format!("{:?}", describe().secret_key("hidden").token("hidden"));

    assert!(shown.contains("DescribeFlowInfo") && !shown.contains("hidden"), "{shown}");
}
