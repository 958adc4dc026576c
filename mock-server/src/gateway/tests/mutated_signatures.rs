//! Clients that make one mistake each when they sign: the autopsy must name it.

use ess_client::signature::{v1, v3};
use http::HeaderValue;

use super::{Raw, SECRET_ID, SECRET_KEY, SIGNED_AT};
use crate::gateway::credential::{self, Auth};
use crate::gateway::read;
use crate::gateway::signature::{self, Autopsy, Cause, Key};

const HOST: &str = "127.0.0.1:8480";
const BODY: &str = r#"{"FlowName": "采购合同", "FlowIds": ["yD1"]}"#;

/// What a client does, step by step; a mutation changes one step.
#[derive(Clone)]
struct Client {
    sent_type: &'static str,
    signed_type: &'static str,
    signed_host: &'static str,
    /// The order in which `content-type` and `host` are signed.
    host_first: bool,
    signed_body: String,
    /// What `X-TC-Timestamp` says.
    sent_time: i64,
    signed_time: i64,
    scope_date: String,
    key_date: String,
    scope_service: &'static str,
    key_service: &'static str,
    secret_key: String,
}

impl Client {
    fn good() -> Self {
        let date = v3::date(SIGNED_AT).unwrap();
        Self {
            sent_type: "application/json",
            signed_type: "application/json",
            signed_host: HOST,
            host_first: false,
            signed_body: BODY.to_owned(),
            sent_time: SIGNED_AT,
            signed_time: SIGNED_AT,
            scope_date: date.clone(),
            key_date: date,
            scope_service: "ess",
            key_service: "ess",
            secret_key: SECRET_KEY.to_owned(),
        }
    }

    fn request(&self) -> Raw {
        let mut headers = [("content-type", self.signed_type), ("host", self.signed_host)];
        if self.host_first {
            headers.reverse();
        }
        let request =
            v3::canonical_request("POST", "/", "", &headers, &v3::hashed_payload(self.signed_body.as_bytes()));
        let scope = v3::credential_scope(&self.scope_date, self.scope_service);
        let key = v3::signing_key(&self.secret_key, &self.key_date, self.key_service);
        let signature = v3::signature(&key, &v3::string_to_sign(self.signed_time, &scope, &request));
        let authorization = v3::authorization(SECRET_ID, &scope, "content-type;host", &signature);
        Raw::new(
            "POST",
            "/",
            &[
                ("host", HOST),
                ("content-type", self.sent_type),
                ("x-tc-action", "DescribeFlowBriefs"),
                ("x-tc-version", "2020-11-11"),
                ("x-tc-timestamp", &self.sent_time.to_string()),
                ("authorization", &authorization),
            ],
            BODY,
        )
    }
}

fn autopsy(request: &Raw) -> Option<Autopsy> {
    let incoming = read::read(&request.head, &request.body).unwrap();
    let credential = credential::read(&incoming, Auth::Strict).unwrap();
    let known = credential.secret_id.as_deref() == Some(SECRET_ID);
    let key = known.then_some(Key { secret_key: SECRET_KEY, token: None });
    let verdict = signature::verify(&incoming, &credential, key, Auth::Strict, SIGNED_AT);
    verdict.err().map(|rejection| *rejection.autopsy.unwrap())
}

fn mistaken(mistake: impl FnOnce(&mut Client)) -> Autopsy {
    let mut client = Client::good();
    mistake(&mut client);
    autopsy(&client.request()).expect("the signature is wrong")
}

#[test]
fn a_client_that_makes_no_mistake_is_believed() {
    assert_eq!(autopsy(&Client::good().request()), None);
}

#[test]
fn every_single_mistake_is_told_by_its_cause() {
    let tomorrow = || v3::date(SIGNED_AT + 86_400).unwrap();
    let python = || r#"{"FlowName": "\u91c7\u8d2d\u5408\u540c", "FlowIds": ["yD1"]}"#.to_owned();
    type Mistake = Box<dyn FnOnce(&mut Client)>;
    let cases: Vec<(&str, Cause, Mistake)> = vec![
        ("the vendor's host", Cause::Host, Box::new(|one| one.signed_host = "ess.tencentcloudapi.com")),
        ("another name of this machine", Cause::Host, Box::new(|one| one.signed_host = "localhost:8480")),
        ("a whole address", Cause::Host, Box::new(|one| one.signed_host = "http://127.0.0.1:8480")),
        ("lines in another order", Cause::HeaderOrder, Box::new(|one| one.host_first = true)),
        (
            "no charset, and one is sent",
            Cause::ContentTypeCharset,
            Box::new(|one| one.sent_type = "application/json; charset=utf-8"),
        ),
        (
            "a charset, and none is sent",
            Cause::ContentTypeCharset,
            Box::new(|one| one.signed_type = "application/json; charset=utf-8"),
        ),
        ("no body", Cause::PayloadHash, Box::new(|one| one.signed_body.clear())),
        ("a compact body", Cause::PayloadHash, Box::new(|one| one.signed_body.retain(|sign| sign != ' '))),
        ("a body in ASCII", Cause::PayloadHash, Box::new(move |one| one.signed_body = python())),
        ("a body and a newline", Cause::PayloadHash, Box::new(|one| one.signed_body.push('\n'))),
        ("the local date", Cause::DateAgainstTimestamp, Box::new(move |one| one.scope_date = tomorrow())),
        ("a key of the local date", Cause::DateAgainstTimestamp, Box::new(move |one| one.key_date = tomorrow())),
        ("a later second", Cause::DateAgainstTimestamp, Box::new(|one| one.signed_time += 1)),
        ("a key for another service", Cause::Service, Box::new(|one| one.key_service = "essbasic")),
        ("a newline behind the key", Cause::Key, Box::new(|one| one.secret_key.push('\n'))),
        ("another key", Cause::Key, Box::new(|one| one.secret_key = "AnotherSecretKey".to_owned())),
        ("the SecretId as the key", Cause::Key, Box::new(|one| one.secret_key = SECRET_ID.to_owned())),
        (
            "an hour late",
            Cause::Clock,
            Box::new(|one| (one.sent_time, one.signed_time) = (SIGNED_AT - 3600, SIGNED_AT - 3600)),
        ),
        ("milliseconds", Cause::Clock, Box::new(|one| one.sent_time *= 1000)),
    ];

    for (what, cause, mistake) in cases {
        let found = mistaken(mistake);
        assert_eq!(found.cause, cause, "{what}: {found}");
    }
}

#[test]
fn the_first_line_that_differs_is_shown_as_both_sides_have_it() {
    let host = mistaken(|one| one.signed_host = "ess.tencentcloudapi.com").first_difference.unwrap();
    assert_eq!((host.text, host.line), ("canonical request", 5));
    assert_eq!((host.server.as_str(), host.client.as_str()), ("host:127.0.0.1:8480", "host:ess.tencentcloudapi.com"));

    let later = mistaken(|one| one.signed_time += 1).first_difference.unwrap();
    assert_eq!((later.text, later.line, later.client), ("string to sign", 2, (SIGNED_AT + 1).to_string()));

    let service = mistaken(|one| one.key_service = "essbasic");
    assert_eq!(service.first_difference, None, "both signed the same text");
    assert!(service.finding.contains("`essbasic`"), "{service}");
}

#[test]
fn an_autopsy_tells_no_secret() {
    let mut client = Client::good();
    client.signed_host = "ess.tencentcloudapi.com";
    let right = Client::good().request();
    let right = right.head.headers["authorization"].to_str().unwrap().rsplit_once('=').unwrap().1.to_owned();

    let shown = autopsy(&client.request()).unwrap().to_string();

    assert!(!shown.contains(SECRET_KEY) && !shown.contains(&right), "{shown}");
}

#[test]
fn a_secret_id_nobody_has_is_the_keys_fault() {
    let mut request = Client::good().request();
    let header = request.head.headers["authorization"].to_str().unwrap().replace(SECRET_ID, "AKIDnobody");
    request.head.headers.insert("authorization", HeaderValue::from_str(&header).unwrap());

    let found = autopsy(&request).unwrap();

    assert_eq!(found.cause, Cause::Key);
    assert!(found.finding.contains("AKIDnobody"), "{found}");
}

#[test]
fn mistakes_with_the_older_signature_are_told_too() {
    let signed = |host: &str, key: &str, spoil: &dyn Fn(String) -> String| {
        let parameters = [
            ("Action", "DescribeFlowBriefs"),
            ("Nonce", "1"),
            ("SecretId", SECRET_ID),
            ("Timestamp", "1700000000"),
            ("Version", "2020-11-11"),
        ];
        let text = v1::string_to_sign("GET", host, "/", parameters);
        let signature = spoil(v1::signature(key, v1::Algorithm::HmacSha1, &text));
        let signature = percent_encoding::utf8_percent_encode(&signature, percent_encoding::NON_ALPHANUMERIC);
        let query: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let target = format!("/?{}&Signature={signature}", query.join("&"));
        autopsy(&Raw::new("GET", &target, &[("host", HOST)], ""))
    };
    let as_it_is = |signature| signature;

    assert_eq!(signed(HOST, SECRET_KEY, &as_it_is), None);
    assert_eq!(signed("ess.tencentcloudapi.com", SECRET_KEY, &as_it_is).unwrap().cause, Cause::Host);
    assert_eq!(signed(HOST, "another", &as_it_is).unwrap().cause, Cause::Key);
}
