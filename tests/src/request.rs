//! A request as bytes.

use ess_schemas::ActionContract;

use crate::{Key, Signing};

/// A request in the very spelling a client uses: nothing is added, sorted or normalised.
#[derive(Clone, Debug)]
pub struct Request {
    /// `POST / HTTP/1.1`
    pub line: String,
    /// Names and values in the client's order and case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// A request with these headers.
    pub fn new(line: &str, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Self {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { line: line.to_owned(), headers, body: body.into() }
    }

    /// As it goes over the wire.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = format!("{}\r\n", self.line).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

/// A call as most clients send it: POST, JSON, signed with `content-type;host`.
pub fn json_call(key: &Key, host: &str, action: &ActionContract, timestamp: i64, body: impl Into<Vec<u8>>) -> Request {
    let body = body.into();
    let content_type = "application/json";
    let authorization = key.authorization(&Signing {
        timestamp,
        service: action.service.name(),
        method: "POST",
        query: "",
        headers: &[("content-type", content_type), ("host", host)],
        payload: &body,
    });
    let headers = [
        ("Host", host),
        ("Content-Type", content_type),
        ("X-TC-Action", action.name),
        ("X-TC-Version", action.service.version()),
        ("X-TC-Timestamp", &timestamp.to_string()),
        ("Authorization", &authorization),
        ("Content-Length", &body.len().to_string()),
    ];
    Request::new("POST / HTTP/1.1", &headers, body)
}
