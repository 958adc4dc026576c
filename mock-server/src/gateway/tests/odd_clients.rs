//! Requests as the official clients send them (wire), with signatures computed by another implementation (Python's
//! hashlib and hmac), so that a mistake shared by our client and our gateway would show.

use serde_json::{Value, json};

use super::super::credential::Auth;
use super::super::fault::Fault;
use super::{Raw, SECRET_ID, SIGNED_AT};

const BODY: &str = r#"{"Operator":{"UserId":"yDR合同"},"FlowIds":["yDRx"]}"#;

fn parameters() -> Value {
    json!({"Operator": {"UserId": "yDR合同"}, "FlowIds": ["yDRx"]})
}

/// A signed call with the newer generation's headers and the client's own on top.
fn signed(service: &str, signed_headers: &str, signature: &str, own: &[(&str, &str)]) -> Raw {
    let authorization = format!(
        "TC3-HMAC-SHA256 Credential={SECRET_ID}/2023-11-14/{service}/tc3_request, SignedHeaders={signed_headers}, \
         Signature={signature}"
    );
    let mut headers = vec![
        ("X-TC-Action", "DescribeFlowInfo"),
        ("X-TC-Version", "2020-11-11"),
        ("X-TC-Timestamp", "1700000000"),
        ("Authorization", authorization.as_str()),
    ];
    headers.extend_from_slice(own);
    Raw::new("POST", "/", &headers, BODY)
}

#[track_caller]
fn assert_served(request: &Raw) {
    assert_eq!(request.served(Auth::Strict, SIGNED_AT), Ok(parameters()));
}

#[test]
fn java_signs_its_charset_and_the_first_label_of_the_address() {
    assert_served(&signed(
        "127",
        "content-type;host",
        "6e56a2ae3ada9ff44e8e8573f2e466b832016218be09a0b711fa02afa5610634",
        &[
            ("Content-Type", "application/json; charset=utf-8"),
            ("Host", "127.0.0.1:8480"),
            ("X-TC-Region", ""),
            ("X-TC-RequestClient", "SDK_JAVA_3.2.11"),
        ],
    ));
}

#[test]
fn node_signs_the_host_without_the_port_it_sends() {
    assert_served(&signed(
        "127",
        "content-type;host",
        "b57fb1ea6c92b0dd436f0a8166f007125db0ba84917b3cba2a673c6dfba19761",
        &[("Content-Type", "application/json"), ("Host", "127.0.0.1:8480"), ("X-TC-TraceId", "1b-2c")],
    ));
}

#[test]
fn tccli_sends_and_signs_the_whole_address_as_its_host() {
    assert_served(&signed(
        "ess",
        "content-type;host",
        "ddaf611e1f1d1976857571433e283a29e2cc30bbdc8093a1993f6594fd38d79e",
        &[("Content-Type", "application/json"), ("Host", "http://127.0.0.1:8480"), ("X-TC-Language", "zh-CN")],
    ));
}

#[test]
fn the_vendors_tool_server_signs_the_action_in_lower_case_and_sends_it_mixed() {
    assert_served(&signed(
        "ess",
        "content-type;host;x-tc-action",
        "b06c8d0bdc6ad6ed9d50c500227f527307ed5c175dbf6095d76c6cf35972ba06",
        &[("Content-Type", "application/json; charset=utf-8"), ("Host", "127.0.0.1:8480")],
    ));
}

#[test]
fn the_collections_sign_for_the_file_host_and_go_sends_names_in_its_own_case() {
    let authorization = format!(
        "TC3-HMAC-SHA256 Credential={SECRET_ID}/2023-11-14/file/tc3_request,SignedHeaders=content-type;host,\
         Signature=5c9d37b427cd7e63a1c05b10b9aa5336b59aceab2d7b8abf9043baa2f7ef1e19"
    );
    assert_served(&Raw::new(
        "POST",
        "/",
        &[
            ("X-Tc-Action", "DescribeFlowInfo"),
            ("X-Tc-Version", "2020-11-11"),
            ("X-Tc-Timestamp", "1700000000"),
            ("X-Tc-Requestclient", "SDK_GO_1.3.166|1.0.1074"),
            ("Content-Type", "application/json"),
            ("Host", "file.test.ess.tencent.cn"),
            ("authorization", &authorization),
        ],
        BODY,
    ));
}

#[test]
fn a_body_declared_unsigned_is_not_covered_and_php_closes_its_connection() {
    let unsigned = |content_sha256: &str| {
        signed(
            "ess",
            "content-type;host",
            "db4e8ae752ab8923ee557c956a08d0cf8a374a60a045dc5e676a9baa10007cf5",
            &[
                ("Content-Type", "application/json"),
                ("Host", "127.0.0.1:8480"),
                ("Connection", "close"),
                ("X-TC-Content-SHA256", content_sha256),
            ],
        )
    };

    assert_served(&unsigned("UNSIGNED-PAYLOAD"));
    assert_eq!(unsigned("x").served(Auth::Strict, SIGNED_AT), Err(Fault::SignatureFailure));
}

#[test]
fn a_get_signs_its_raw_query_and_nothing_as_its_body() {
    let authorization = format!(
        "TC3-HMAC-SHA256 Credential={SECRET_ID}/2023-11-14/ess/tc3_request, SignedHeaders=content-type;host, \
         Signature=fe785254a4e5cb103310d6b728de7c88a5f67acfa24aa6f9df51cac310adbbfc"
    );
    assert_served(&Raw::new(
        "GET",
        "/?Operator.UserId=yDR%E5%90%88%E5%90%8C&FlowIds.0=yDRx",
        &[
            ("X-TC-Action", "DescribeFlowInfo"),
            ("X-TC-Version", "2020-11-11"),
            ("X-TC-Timestamp", "1700000000"),
            ("Authorization", &authorization),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Content-Length", "0"),
            ("Host", "127.0.0.1:8480"),
        ],
        "",
    ));
}

/// The form of the older generation; the signature's `+` and `=` are escaped on their way.
const OLD_FORM: &str = "Action=DescribeFlowInfo&Version=2020-11-11&Timestamp=1700000000&Nonce=11886&SecretId=AKIDgatewaytests\
    &Region=&Operator.UserId=yDR%E5%90%88%E5%90%8C&FlowIds.0=yDRx&SignatureMethod=HmacSHA256\
    &Signature=ubUkoQjIpHmhK42AbJzapgqXmcVwIUWgp7xM%2B2U17jw%3D";

/// The same as a query, with the method that is meant when none is named.
const OLD_QUERY: &str = "/?Action=DescribeFlowInfo&Version=2020-11-11&Timestamp=1700000000&Nonce=11886&SecretId=AKIDgatewaytests\
    &Operator.UserId=yDR%E5%90%88%E5%90%8C&FlowIds.0=yDRx&Signature=c60ueu9I4iUx02%2BUu%2F0G%2FlKtg3k%3D";

fn old_form(body: &str) -> Raw {
    Raw::new(
        "POST",
        "/",
        &[("Host", "127.0.0.1:8480"), ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
        body,
    )
}

#[test]
fn the_older_signatures_cover_a_form_or_a_query() {
    assert_served(&old_form(OLD_FORM));
    assert_served(&Raw::new("GET", OLD_QUERY, &[("Host", "127.0.0.1:8480")], ""));
}

#[test]
fn an_older_signature_fails_with_any_parameter_changed() {
    for (from, to) in [("yDRx", "yDRy"), ("11886", "11887"), ("HmacSHA256", "HmacSHA1"), ("HmacSHA256", "HmacMD5")] {
        let request = old_form(&OLD_FORM.replace(from, to));
        assert_eq!(request.served(Auth::Strict, SIGNED_AT), Err(Fault::SignatureFailure), "{to}");
    }
}

/// Java's request, which every change below must spoil.
fn good() -> Raw {
    signed(
        "127",
        "content-type;host",
        "6e56a2ae3ada9ff44e8e8573f2e466b832016218be09a0b711fa02afa5610634",
        &[("Content-Type", "application/json; charset=utf-8"), ("Host", "127.0.0.1:8480")],
    )
}

#[test]
fn a_signature_fails_with_anything_changed_that_it_covers() {
    let mut other_body = good();
    other_body.body[40] ^= 1;
    let mut get = good();
    get.head.method = http::Method::GET;
    get.body.clear();

    for request in [
        other_body,
        get,
        good().with_header("content-type", "application/json"),
        good().with_header("host", "127.0.0.2:8480"),
        good().with_header("x-tc-timestamp", "1700000001"),
    ] {
        assert_eq!(request.served(Auth::Strict, SIGNED_AT), Err(Fault::SignatureFailure), "{:?}", request.head);
    }
}

#[test]
fn what_a_signature_does_not_cover_may_change() {
    assert_served(&good().with_header("x-tc-region", "ap-shanghai"));
    assert_served(&good().with_header("user-agent", "anything"));
}
