//! Which fault a request gets that has several, and what the modes of `--auth` let pass.

use super::super::credential::Auth;
use super::super::fault::Fault;
use super::super::{credential, read, signature};
use super::{Raw, SECRET_ID, SECRET_KEY, SIGNED_AT};

/// A call that is right but for what a test changes. Its signature is by ess-client.
fn call(action: &str, version: &str, secret_id: &str, timestamp: i64, body: &str) -> Raw {
    use ess_client::signature::v3;
    let headers = [("content-type", "application/json"), ("host", "127.0.0.1:8480")];
    let request = v3::canonical_request("POST", "/", "", &headers, &v3::hashed_payload(body.as_bytes()));
    let date = v3::date(timestamp).unwrap();
    let scope = v3::credential_scope(&date, "ess");
    let key = v3::signing_key(SECRET_KEY, &date, "ess");
    let signature = v3::signature(&key, &v3::string_to_sign(timestamp, &scope, &request));
    let authorization = v3::authorization(secret_id, &scope, &v3::signed_headers(&headers), &signature);
    let timestamp = timestamp.to_string();
    let mut all = headers.to_vec();
    all.extend_from_slice(&[
        ("x-tc-action", action),
        ("x-tc-version", version),
        ("x-tc-timestamp", &timestamp),
        ("authorization", &authorization),
    ]);
    Raw::new("POST", "/", &all, body)
}

fn describe(body: &str) -> Raw {
    call("DescribeFlowInfo", "2020-11-11", SECRET_ID, SIGNED_AT, body)
}

fn code(request: &Raw, auth: Auth) -> &'static str {
    request.served(auth, SIGNED_AT).map_or_else(|fault| fault.code(), |_| "served")
}

#[test]
fn version_and_action_come_before_the_credential() {
    assert_eq!(code(&call("DescribeFlowInfo", "2019-01-01", "AKIDnobody", 0, "{"), Auth::Strict), "NoSuchVersion");
    assert_eq!(code(&call("Nothing", "2020-11-11", "AKIDnobody", 0, "{"), Auth::Strict), "InvalidAction");
}

#[test]
fn the_credential_comes_before_the_timestamp_and_that_before_the_signature() {
    let mut stale = call("DescribeFlowInfo", "2020-11-11", SECRET_ID, SIGNED_AT - 301, "{");
    stale.body.push(b' ');
    let unknown = call("DescribeFlowInfo", "2020-11-11", "AKIDnobody", 0, "{");

    assert_eq!(code(&unknown, Auth::Strict), "AuthFailure.SecretIdNotFound");
    assert_eq!(code(&stale, Auth::Strict), "AuthFailure.SignatureExpire");
}

#[test]
fn the_signature_comes_before_the_parameters() {
    let spoiled = describe("{").with_header("host", "elsewhere");

    assert_eq!(code(&spoiled, Auth::Strict), "AuthFailure.SignatureFailure");
    assert_eq!(code(&describe("{"), Auth::Strict), "InvalidParameter");
    assert_eq!(code(&describe(r#"{"Operator":{},"$schema":1}"#), Auth::Strict), "UnknownParameter");
    let start = call("StartFlow", "2020-11-11", SECRET_ID, SIGNED_AT, r#"{"FlowId":"a"}"#);
    assert_eq!(code(&start, Auth::Strict), "MissingParameter");
    assert_eq!(code(&describe(r#"{"Operator":{},"FlowIds":["a"]}"#), Auth::Strict), "served");
}

#[test]
fn a_timestamp_is_good_for_five_minutes_both_ways() {
    let request = describe(r#"{"Operator":{},"FlowIds":["a"]}"#);

    for now in [SIGNED_AT - 300, SIGNED_AT + 300] {
        assert!(request.served(Auth::Strict, now).is_ok());
    }
    for now in [SIGNED_AT - 301, SIGNED_AT + 301] {
        assert_eq!(request.served(Auth::Strict, now), Err(Fault::SignatureExpired));
    }
}

#[test]
fn lenient_takes_any_signature_of_a_known_key_at_any_time() {
    let mut request = describe(r#"{"Operator":{}}"#).with_header("host", "elsewhere");
    request = request.with_header("x-tc-timestamp", "1");
    let half = request.with_header("authorization", &format!("TC3-HMAC-SHA256 Credential={SECRET_ID}/d/s/tc3_request"));

    assert_eq!(code(&half, Auth::Lenient), "served");
    assert_eq!(
        code(&call("DescribeFlowInfo", "2020-11-11", "AKIDnobody", SIGNED_AT, "{}"), Auth::Lenient),
        "AuthFailure.SecretIdNotFound"
    );
    let mut unsigned = describe("{}");
    unsigned.head.headers.remove("authorization");
    assert_eq!(unsigned.served(Auth::Lenient, SIGNED_AT), Err(Fault::Missing { name: "Authorization".into() }));
}

#[test]
fn off_takes_unsigned_calls_too_but_no_unknown_key() {
    let mut unsigned = describe(r#"{"Operator":{}}"#);
    unsigned.head.headers.remove("authorization");

    assert_eq!(code(&unsigned, Auth::Off), "served");
    assert_eq!(code(&unsigned.with_header("authorization", "Bearer x"), Auth::Off), "served");
    assert_eq!(
        code(&call("DescribeFlowInfo", "2020-11-11", "AKIDnobody", SIGNED_AT, "{}"), Auth::Off),
        "AuthFailure.SecretIdNotFound"
    );
}

#[test]
fn a_malformed_authorization_is_told_what_is_wrong_with_it() {
    let scope = format!("{SECRET_ID}/2023-11-14/ess/tc3_request");
    for (authorization, detail) in [
        ("Bearer x".to_owned(), "`SignatureMethod` not valid"),
        ("TC3-HMAC-SHA256".to_owned(), "`Credential` not found"),
        (format!("TC3-HMAC-SHA256 Credential={SECRET_ID}, SignedHeaders=a, Signature=b"), "`Credential` not valid"),
        (format!("TC3-HMAC-SHA256 Credential={scope}, Signature=b"), "`SignedHeaders` not found"),
        (format!("TC3-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=b"), "`SignedHeaders` not valid"),
        (format!("TC3-HMAC-SHA256 Credential={scope}, SignedHeaders=content-type;host"), "`Signature` not found"),
    ] {
        let request = describe("{}").with_header("authorization", &authorization);
        assert_eq!(
            request.served(Auth::Strict, SIGNED_AT),
            Err(Fault::InvalidAuthorization { detail }),
            "{authorization}"
        );
    }
    let nameless = describe("{}").with_header("authorization", "TC3-HMAC-SHA256 Credential=/d/s/tc3_request");
    assert_eq!(nameless.served(Auth::Strict, SIGNED_AT), Err(Fault::Missing { name: "SecretId".into() }));
}

#[test]
fn temporary_credentials_need_their_token() {
    let judged = |token: Option<&str>| {
        let mut request = describe("{}");
        if let Some(token) = token {
            request = request.with_header("x-tc-token", token);
        }
        let incoming = read::read(&request.head, &request.body).unwrap();
        let credential = credential::read(&incoming, Auth::Strict).unwrap();
        let key = signature::Key { secret_key: SECRET_KEY, token: Some("t-1") };
        signature::verify(&incoming, &credential, Some(key), Auth::Strict, SIGNED_AT).map_err(|it| it.fault)
    };

    assert_eq!(judged(None), Err(Fault::TokenFailure));
    assert_eq!(judged(Some("t-2")), Err(Fault::TokenFailure));
    assert_eq!(judged(Some("t-1")), Ok(()));
}

#[test]
fn a_failed_signature_is_explained_to_the_log_without_the_secret() {
    let request = describe("{}").with_header("host", "elsewhere:1");
    let incoming = read::read(&request.head, &request.body).unwrap();
    let credential = credential::read(&incoming, Auth::Strict).unwrap();
    let key = signature::Key { secret_key: SECRET_KEY, token: None };

    let rejection = signature::verify(&incoming, &credential, Some(key), Auth::Strict, SIGNED_AT).unwrap_err();

    let shown = rejection.autopsy.unwrap().to_string();
    assert!(shown.contains("| host:elsewhere:1\n"), "{shown}");
    assert!(shown.contains("| host:elsewhere\n"), "the host without its port was tried too: {shown}");
    assert!(shown.contains("/ess/tc3_request"), "{shown}");
    assert!(!shown.contains(SECRET_KEY), "{shown}");
}

#[test]
fn a_scope_of_another_day_is_pointed_out() {
    let request = describe("{}").with_header("x-tc-timestamp", "1700006400");
    let incoming = read::read(&request.head, &request.body).unwrap();
    let credential = credential::read(&incoming, Auth::Strict).unwrap();
    let key = signature::Key { secret_key: SECRET_KEY, token: None };

    let rejection = signature::verify(&incoming, &credential, Some(key), Auth::Strict, 1_700_006_400).unwrap_err();

    assert_eq!(rejection.fault, Fault::SignatureFailure);
    assert!(rejection.autopsy.unwrap().to_string().contains("says 2023-11-14, but the UTC date"));
}
