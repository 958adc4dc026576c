//! One request over a connection of its own, and what comes back, read without a library's mercy.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Longer than any answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The members of `Response`, after the envelope was found in order.
    #[track_caller]
    pub(crate) fn response(&self) -> Value {
        assert_eq!((self.status, self.header("content-type")), (200, Some("application/json")), "{self:?}");
        let mut envelope: Value =
            serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"));
        let response = envelope["Response"].take();
        assert!(response["RequestId"].as_str().is_some_and(|id| !id.is_empty()), "{self:?}");
        response
    }

    /// The error's code; empty for a success.
    #[track_caller]
    pub(crate) fn code(&self) -> String {
        self.response()["Error"]["Code"].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends bytes as they are and reads one answer.
///
/// # Panics
/// When nothing like an answer comes.
pub(crate) async fn exchange(address: SocketAddr, request: &[u8]) -> Answer {
    attempt(address, request).await.expect("the connection was closed without an answer")
}

/// Sends bytes as they are and reads one answer; `None` when the server closes without one.
pub(crate) async fn attempt(address: SocketAddr, request: &[u8]) -> Option<Answer> {
    let mut connection = Connection::open(address).await;
    connection.send(request).await;
    connection.answer().await
}

/// A connection that stays open between requests.
pub(crate) struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Self {
        Self { stream: TcpStream::connect(address).await.unwrap(), read: Vec::new() }
    }

    /// Sends; a server that no longer listens is no fault here.
    pub(crate) async fn send(&mut self, bytes: &[u8]) -> bool {
        tokio::time::timeout(PATIENCE, self.stream.write_all(bytes)).await.expect("the server stopped reading").is_ok()
    }

    /// Says that nothing more will be sent.
    pub(crate) async fn finish(&mut self) {
        // A server that has closed already needs no word of it.
        drop(self.stream.shutdown().await);
    }

    /// Reads one answer; `None` when the connection ends first.
    pub(crate) async fn answer(&mut self) -> Option<Answer> {
        let head = loop {
            if let Some(end) = self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                break self.read.drain(..end + 4).collect::<Vec<u8>>();
            }
            if !self.more().await {
                return None;
            }
        };
        let head = String::from_utf8(head).unwrap();
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let pairs = lines.filter_map(|line| line.split_once(':'));
        let headers: Vec<_> = pairs.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
        let mut answer = Answer { status, headers, body: Vec::new() };
        let length: usize = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        while self.read.len() < length {
            assert!(self.more().await, "the answer ended in its middle: {answer:?}");
        }
        answer.body = self.read.drain(..length).collect();
        Some(answer)
    }

    /// Whether the server has closed its side, after everything it sent was read.
    pub(crate) async fn is_closed(&mut self) -> bool {
        self.read.is_empty() && !self.more().await
    }

    async fn more(&mut self) -> bool {
        let mut piece = vec![0; 64 * 1024];
        let read = tokio::time::timeout(PATIENCE, self.stream.read(&mut piece)).await.expect("the server fell silent");
        let count = read.unwrap_or(0);
        self.read.extend_from_slice(&piece[..count]);
        count > 0
    }
}
