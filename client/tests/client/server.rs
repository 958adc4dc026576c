//! A server that does exactly what a test scripts, one step for each request, and keeps what it was sent.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with one request.
pub(crate) enum Step {
    /// Answers HTTP 200 with this text.
    Answer(String),
    /// Answers another status, with an extra header line.
    Status(u16, &'static str, &'static str),
    /// Reads the request and closes the connection.
    HangUp,
    /// Sends half an answer and closes the connection.
    HalfAnswer,
    /// Never answers.
    Silence,
}

impl Step {
    /// A successful answer with these fields.
    pub(crate) fn success(fields: &str) -> Self {
        Self::Answer(format!(r#"{{"Response":{{{fields}"RequestId":"request-1"}}}}"#))
    }

    /// An error in the vendor's envelope.
    pub(crate) fn error(code: &str) -> Self {
        let error = format!(r#"{{"Code":"{code}","Message":"sentence of {code}"}}"#);
        Self::Answer(format!(r#"{{"Response":{{"Error":{error},"RequestId":"request-1"}}}}"#))
    }
}

/// One request as it stood on the wire.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// A header's value, its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    pub(crate) async fn that(steps: impl IntoIterator<Item = Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let mut steps: VecDeque<_> = steps.into_iter().collect();
        let kept = Arc::clone(&received);
        tokio::spawn(async move {
            let mut open = Vec::new();
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read(&mut stream).await;
                kept.lock().unwrap().push(request);
                let step = steps.pop_front().expect("one more request than the test scripted");
                open.extend(perform(step, stream).await);
            }
        });
        Self { url, received }
    }

    /// An address where nobody listens.
    pub(crate) async fn nobody() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

/// Gives the connection back if it must stay open.
async fn perform(step: Step, mut stream: TcpStream) -> Option<TcpStream> {
    let (status, header, body, announced) = match step {
        Step::Silence => return Some(stream),
        Step::HangUp => return None,
        Step::Answer(body) => (200, "Content-Type: application/json", body.clone(), body.len()),
        Step::Status(status, header, body) => (status, header, body.to_owned(), body.len()),
        Step::HalfAnswer => (200, "Content-Type: application/json", r#"{"Response":"#.to_owned(), 500),
    };
    let head = format!("HTTP/1.1 {status} X\r\n{header}\r\nContent-Length: {announced}\r\nConnection: close\r\n\r\n");
    stream.write_all((head + &body).as_bytes()).await.unwrap();
    None
}

async fn read(stream: &mut TcpStream) -> Received {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "the client hung up in its headers");
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let line = lines.next().unwrap().to_owned();
    let headers: Vec<_> = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut received = Received { line, headers, body: bytes[end + 4..].to_vec() };
    let length: usize = received.header("content-length").map_or(0, |length| length.parse().unwrap());
    while received.body.len() < length {
        assert_ne!(stream.read_buf(&mut received.body).await.unwrap(), 0, "the client hung up in its body");
    }
    received
}
