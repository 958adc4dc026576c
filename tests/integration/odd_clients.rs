//! Requests as the official clients put them on the wire, byte for byte, freshly signed. (wire)
//!
//! Each test writes a client's head down in the client's own order and case. What differs from client to client is what a
//! server gets wrong: the Host that is signed, the service of the scope, Content-Type parameters, which headers are signed,
//! and what happens to the connection.

use ess_client::signature::v1::{self, Algorithm};
use ess_schemas::Service;
use ess_tests::{Request, Signing};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use crate::socket::{self, Connection};
use crate::stage::{Stage, now};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const ACTION: &str = "CreateSchemeUrl";

impl Stage {
    fn body(&self) -> String {
        json!({ "Operator": { "UserId": self.value("OPERATOR_USER_ID") }, "Name": "张三" }).to_string()
    }

    /// `Authorization` of a POST that signs `content-type;host`.
    fn sign(&self, timestamp: i64, service: &str, content_type: &str, host: &str, body: &str) -> String {
        let headers = [("content-type", content_type), ("host", host)];
        let payload = body.as_bytes();
        self.key.authorization(&Signing { timestamp, service, method: "POST", query: "", headers: &headers, payload })
    }

    async fn assert_served(&self, request: &Request) {
        let answer = socket::exchange(self.server.address(), &request.bytes()).await;
        let response = answer.response();
        // The name, escaped in the link.
        let served = response["SchemeUrl"].as_str().is_some_and(|url| url.contains("name=%E5%BC%A0"));
        assert!(served, "{response}\nto {}", String::from_utf8_lossy(&request.bytes()));
    }
}

#[tokio::test]
async fn tccli_sends_and_signs_a_whole_address_as_its_host() {
    let stage = Stage::set().await;
    let (timestamp, host) = (now(), format!("http://{}", stage.host));
    // Python escapes what is not ASCII.
    let body = stage.body().replace("张三", "\\u5f20\\u4e09");
    let request = Request::new(
        "POST / HTTP/1.1",
        &[
            ("Host", &host),
            ("User-Agent", "python-requests/2.34.2"),
            ("Accept-Encoding", "gzip, deflate"),
            ("Accept", "*/*"),
            ("Connection", "keep-alive"),
            ("Content-Type", JSON),
            ("X-TC-Action", ACTION),
            ("X-TC-RequestClient", "SDK_PYTHON_3.1.194; _CLI_3.1.189.1"),
            ("X-TC-Timestamp", &timestamp.to_string()),
            ("X-TC-Version", "2020-11-11"),
            ("X-TC-Region", "ap-guangzhou"),
            ("X-TC-Language", "zh-CN"),
            ("X-TC-TraceId", "0d3c3a4e-9d6d-4a57-9a43-0c5b3bb2f2a1"),
            ("Authorization", &stage.sign(timestamp, "ess", JSON, &host, &body)),
            ("Content-Length", &body.len().to_string()),
        ],
        body,
    );

    stage.assert_served(&request).await;
}

#[tokio::test]
async fn node_signs_the_host_without_the_port_it_sends() {
    let stage = Stage::set().await;
    let (timestamp, body) = (now(), stage.body());
    let request = Request::new(
        "POST / HTTP/1.1",
        &[
            ("Host", &stage.host),
            ("X-TC-Action", ACTION),
            ("X-TC-Region", ""),
            ("X-TC-Timestamp", &timestamp.to_string()),
            ("X-TC-Version", "2020-11-11"),
            ("X-TC-RequestClient", "SDK_NODEJS_4.1.313"),
            ("X-TC-TraceId", "6fb7bb5c-1d5f-44ba-9d52-5f0f3a1a8a55"),
            ("Content-Type", JSON),
            ("Authorization", &stage.sign(timestamp, "127", JSON, "127.0.0.1", &body)),
            ("Accept", "*/*"),
            ("Content-Length", &body.len().to_string()),
            ("User-Agent", "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)"),
            ("Accept-Encoding", "gzip,deflate"),
            ("Connection", "keep-alive"),
        ],
        body,
    );

    stage.assert_served(&request).await;
}

#[tokio::test]
async fn java_signs_its_charset_and_keeps_the_connection() {
    let stage = Stage::set().await;
    let (timestamp, body, content_type) = (now(), stage.body(), "application/json; charset=utf-8");
    let request = Request::new(
        "POST / HTTP/1.1",
        &[
            ("Content-Type", content_type),
            ("Host", &stage.host),
            ("Authorization", &stage.sign(timestamp, "127", content_type, &stage.host, &body)),
            ("X-TC-Action", ACTION),
            ("X-TC-Timestamp", &timestamp.to_string()),
            ("X-TC-Version", "2020-11-11"),
            ("X-TC-RequestClient", "SDK_JAVA_3.2.11"),
            ("X-TC-Region", ""),
            ("Content-Length", &body.len().to_string()),
            ("Connection", "Keep-Alive"),
            ("Accept-Encoding", "gzip"),
            ("User-Agent", "okhttp/3.13.1"),
        ],
        body,
    );

    let mut connection = Connection::open(stage.server.address()).await;
    for _ in 0..3 {
        connection.send(&request.bytes()).await;
        assert_eq!(connection.answer().await.unwrap().code(), "", "every call on the same connection is served");
    }
}

#[tokio::test]
async fn php_closes_its_connection_and_gets_it_closed() {
    let stage = Stage::set().await;
    let (timestamp, body) = (now(), stage.body());
    let request = Request::new(
        "POST / HTTP/1.1",
        &[
            ("Host", &stage.host),
            ("Connection", "close"),
            ("User-Agent", "GuzzleHttp/7"),
            ("Content-Type", JSON),
            ("X-TC-Action", ACTION),
            ("X-TC-RequestClient", "SDK_PHP_3.0.1656"),
            ("X-TC-Timestamp", &timestamp.to_string()),
            ("X-TC-Version", "2020-11-11"),
            ("Authorization", &stage.sign(timestamp, "127", JSON, &stage.host, &body)),
            ("Content-Length", &body.len().to_string()),
        ],
        body,
    );

    let mut connection = Connection::open(stage.server.address()).await;
    connection.send(&request.bytes()).await;

    assert_eq!(connection.answer().await.unwrap().code(), "");
    assert!(connection.is_closed().await);
}

#[tokio::test]
async fn go_writes_header_names_in_its_own_case() {
    let stage = Stage::set().await;
    let (timestamp, body) = (now(), stage.body());
    let request = Request::new(
        "POST / HTTP/1.1",
        &[
            ("Host", &stage.host),
            ("User-Agent", "Go-http-client/1.1"),
            ("Content-Length", &body.len().to_string()),
            ("Authorization", &stage.sign(timestamp, "ess", JSON, &stage.host, &body)),
            ("Content-Type", JSON),
            ("X-Tc-Action", ACTION),
            ("X-Tc-Language", "zh-CN"),
            ("X-Tc-Requestclient", "SDK_GO_1.3.166"),
            ("X-Tc-Timestamp", &timestamp.to_string()),
            ("X-Tc-Version", "2020-11-11"),
            ("Accept-Encoding", "gzip"),
        ],
        body,
    );

    stage.assert_served(&request).await;
}

#[tokio::test]
async fn the_vendors_tool_server_signs_the_action_in_lower_case() {
    let stage = Stage::set().await;
    let (timestamp, body, content_type) = (now(), stage.body(), "application/json; charset=utf-8");
    let action = ACTION.to_lowercase();
    let authorization = stage.key.authorization(&Signing {
        timestamp,
        service: "ess",
        method: "POST",
        query: "",
        headers: &[("content-type", content_type), ("host", &stage.host), ("x-tc-action", &action)],
        payload: body.as_bytes(),
    });
    let request = Request::new(
        "POST / HTTP/1.1",
        &[
            ("host", &stage.host),
            ("content-type", content_type),
            ("x-tc-action", ACTION),
            ("x-tc-timestamp", &timestamp.to_string()),
            ("x-tc-version", "2020-11-11"),
            ("authorization", &authorization),
            ("content-length", &body.len().to_string()),
        ],
        body,
    );

    stage.assert_served(&request).await;
}

#[tokio::test]
async fn collections_call_the_vendors_own_hosts() {
    let stage = Stage::set().await;
    let (timestamp, body) = (now(), stage.body());
    for host in ["ess.tencentcloudapi.com", "file.test.ess.tencent.cn", "ess.tencentcloudapi.com:443"] {
        let service = host.split('.').next().unwrap();
        let request = Request::new(
            "POST / HTTP/1.1",
            &[
                ("X-TC-Action", ACTION),
                ("X-TC-Version", "2020-11-11"),
                ("X-TC-Timestamp", &timestamp.to_string()),
                ("Authorization", &stage.sign(timestamp, service, JSON, host, &body)),
                ("Content-Type", JSON),
                ("User-Agent", "PostmanRuntime/7.39.1"),
                ("Accept", "*/*"),
                ("Host", host),
                ("Accept-Encoding", "gzip, deflate, br"),
                ("Connection", "keep-alive"),
                ("Content-Length", &body.len().to_string()),
            ],
            body.clone(),
        );

        stage.assert_served(&request).await;
    }
}

#[tokio::test]
async fn a_get_carries_its_parameters_in_the_query() {
    let stage = Stage::set().await;
    let timestamp = now();
    let query = format!("Operator.UserId={}&Name=%E5%BC%A0%E4%B8%89", stage.value("OPERATOR_USER_ID"));
    let headers = [("content-type", FORM), ("host", stage.host.as_str())];
    let authorization = stage.key.authorization(&Signing {
        timestamp,
        service: "ess",
        method: "GET",
        query: &query,
        headers: &headers,
        payload: b"",
    });
    let line = format!("GET /?{query} HTTP/1.1");
    let request = Request::new(
        &line,
        &[
            ("Host", &stage.host),
            ("Content-Type", FORM),
            ("X-TC-Action", ACTION),
            ("X-TC-Timestamp", &timestamp.to_string()),
            ("X-TC-Version", "2020-11-11"),
            ("Authorization", &authorization),
            // PHP says so even without a body.
            ("Content-Length", "0"),
        ],
        "",
    );

    stage.assert_served(&request).await;
}

#[tokio::test]
async fn a_multipart_form_has_a_part_for_each_parameter() {
    let stage = Stage::set().await;
    let timestamp = now();
    let content_type = "multipart/form-data; boundary=5f1b0c6d7e8a4b4f";
    let part = |name: &str, head: &str, text: &str| {
        format!("--5f1b0c6d7e8a4b4f\r\nContent-Disposition: form-data; name=\"{name}\"\r\n{head}\r\n{text}\r\n")
    };
    let operator = json!({ "UserId": stage.value("OPERATOR_USER_ID") }).to_string();
    let operator = part("Operator", "Content-Type: application/json\r\n", &operator);
    let body = operator + &part("Name", "", "张三") + "--5f1b0c6d7e8a4b4f--\r\n";
    let request = Request::new(
        "POST / HTTP/1.1",
        &[
            ("Host", &stage.host),
            ("Content-Type", content_type),
            ("X-TC-Action", ACTION),
            ("X-TC-Timestamp", &timestamp.to_string()),
            ("X-TC-Version", "2020-11-11"),
            ("Authorization", &stage.sign(timestamp, "ess", content_type, &stage.host, &body)),
            ("Content-Length", &body.len().to_string()),
        ],
        body,
    );

    stage.assert_served(&request).await;
}

/// The parameters of the older generation, signed, as a query or a form.
fn older(stage: &Stage, method: &str, algorithm: Algorithm) -> String {
    let (timestamp, operator) = (now().to_string(), stage.value("OPERATOR_USER_ID"));
    let mut parameters = vec![
        ("Action", ACTION),
        ("Version", "2020-11-11"),
        ("Timestamp", timestamp.as_str()),
        ("Nonce", "8716253"),
        ("SecretId", stage.key.id.as_str()),
        ("SignatureMethod", algorithm.name()),
        ("Region", ""),
        ("Language", "zh-CN"),
        ("RequestClient", "SDK_PYTHON_3.1.194"),
        ("Operator.UserId", operator.as_str()),
        ("Name", "张三"),
    ];
    let text = v1::string_to_sign(method, &stage.host, "/", parameters.iter().copied());
    let signature = v1::signature(&stage.key.secret, algorithm, &text);
    parameters.push(("Signature", &signature));
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
        .collect();
    pairs.join("&")
}

#[tokio::test]
async fn the_older_signatures_come_by_get_and_by_post() {
    let stage = Stage::set().await;
    for algorithm in [Algorithm::HmacSha1, Algorithm::HmacSha256] {
        let line = format!("GET /?{} HTTP/1.1", older(&stage, "GET", algorithm));
        stage.assert_served(&Request::new(&line, &[("Host", &stage.host)], "")).await;

        let form = older(&stage, "POST", algorithm);
        let headers =
            [("Host", stage.host.as_str()), ("Content-Type", FORM), ("Content-Length", &form.len().to_string())];
        stage.assert_served(&Request::new("POST / HTTP/1.1", &headers, form)).await;
    }
}

#[tokio::test]
async fn a_file_is_uploaded_by_whoever_signs_for_the_file_host() {
    let stage = Stage::set().await;
    let pdf = include_bytes!("../../fixtures/pdf/keywords.pdf");
    let file = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, pdf);
    let body =
        json!({ "BusinessType": "DOCUMENT", "FileInfos": [{ "FileBody": file, "FileName": "a.pdf" }] }).to_string();
    let (timestamp, host) = (now(), "file.test.ess.tencent.cn");
    let request = Request::new(
        "POST / HTTP/1.1",
        &[
            ("Host", host),
            ("Content-Type", JSON),
            ("X-TC-Action", "UploadFiles"),
            ("X-TC-Version", Service::Ess.version()),
            ("X-TC-Timestamp", &timestamp.to_string()),
            ("Authorization", &stage.sign(timestamp, "file", JSON, host, &body)),
            ("Content-Length", &body.len().to_string()),
        ],
        body,
    );

    let answer = socket::exchange(stage.server.address(), &request.bytes()).await;

    assert_eq!(answer.response()["TotalCount"], 1);
}
