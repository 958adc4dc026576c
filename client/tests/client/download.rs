//! Files, from a server that misbehaves on purpose.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use ess_client::download::{Download, DownloadError};
use ess_client::{Client, Credentials, ErrorKind};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWrite;

use crate::server::{Server, Step};

const FILE: &str = "%PDF-1.7 合同";

fn client() -> Client {
    Client::builder(Credentials::new("AKIDtest", "key")).only_hosts(["127.0.0.1"]).build().unwrap()
}

fn file() -> Step {
    Step::Status(200, "Content-Type: application/pdf", FILE)
}

/// What a step gives, and what was written until then.
async fn download(step: Step, change: impl Fn(Download) -> Download) -> (Result<String, DownloadError>, Vec<u8>) {
    let server = Server::that([step]).await;
    let download = change(Download::of(format!("{}/file/a.pdf?hkey=secret-of-the-link", server.url)));
    let mut written = Vec::new();
    let result = client().download(&download, &mut written).await;
    (result.map(|downloaded| downloaded.sha256_hex()), written)
}

#[tokio::test]
async fn a_file_is_written_counted_and_hashed() {
    let server = Server::that([file()]).await;
    let mut written = Vec::new();

    let link = format!("{}/file/a.pdf?hkey=abc", server.url);
    let downloaded = client().download(&Download::of(link), &mut written).await.unwrap();

    assert_eq!(written, FILE.as_bytes());
    assert_eq!((downloaded.size, downloaded.content_type.as_deref()), (FILE.len() as u64, Some("application/pdf")));
    assert_eq!(downloaded.sha256_hex(), hex::encode(Sha256::digest(FILE)));
    let received = server.received().remove(0);
    assert_eq!(received.line, "GET /file/a.pdf?hkey=abc HTTP/1.1");
    assert_eq!(received.header("authorization"), None, "a link is proof enough");
}

#[tokio::test]
async fn a_file_may_be_as_long_as_allowed_and_no_longer() {
    let limit = FILE.len() as u64;

    assert!(download(file(), |download| download.limit(limit)).await.0.is_ok());
    let (result, written) = download(file(), |download| download.limit(limit - 1)).await;

    assert!(matches!(result, Err(DownloadError::TooLong { .. })), "{result:?}");
    assert!(written.is_empty());
}

#[tokio::test]
async fn half_a_file_is_no_file() {
    let (result, _) = download(Step::HalfAnswer, |download| download).await;

    assert!(matches!(result, Err(DownloadError::NotReached(ErrorKind::Broken(_)))), "{result:?}");
}

#[tokio::test]
async fn an_answer_that_is_no_file_is_quoted_and_not_written() {
    for step in [
        Step::Status(403, "Content-Type: text/plain", "the link has expired"),
        Step::Status(302, "Location: http://127.0.0.1:1/elsewhere", "the link has moved"),
    ] {
        let (result, written) = download(step, |download| download).await;

        let Err(DownloadError::NotAFile { excerpt, .. }) = result else { panic!("{result:?}") };
        assert!(excerpt.starts_with("the link has "), "{excerpt}");
        assert!(written.is_empty());
    }
}

#[tokio::test]
async fn a_silent_server_costs_the_time_limit() {
    let (result, _) = download(Step::Silence, |download| download.timeout(Duration::from_millis(50))).await;

    assert!(matches!(result, Err(DownloadError::TimedOut { .. })), "{result:?}");
}

#[tokio::test]
async fn a_foreign_host_is_not_asked_for_a_file() {
    for link in ["http://localhost:1/file?hkey=x", "https://evil.example/file?hkey=x"] {
        let result = client().download(&Download::of(link), &mut Vec::new()).await;

        assert!(matches!(result, Err(DownloadError::NotReached(ErrorKind::ForeignHost { .. }))), "{result:?}");
    }
}

#[tokio::test]
async fn what_is_no_link_is_said_so() {
    for link in ["", "/file/a.pdf", "file:///etc/passwd"] {
        let result = client().download(&Download::of(link), &mut Vec::new()).await;

        assert!(matches!(result, Err(DownloadError::NotALink(_))), "{result:?}");
    }
}

/// A disk that is full.
struct Full;

impl AsyncWrite for Full {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, _: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(Err(io::ErrorKind::StorageFull.into()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_receiving_end_that_fails_is_told_apart_from_the_server() {
    let server = Server::that([file()]).await;

    let result = client().download(&Download::of(&server.url), &mut Full).await;

    assert!(matches!(result, Err(DownloadError::Write(_))), "{result:?}");
}

#[tokio::test]
async fn no_error_quotes_the_link() {
    for step in [Step::HangUp, Step::HalfAnswer, Step::Status(404, "Content-Type: text/plain", "gone")] {
        let (result, _) = download(step, |download| download).await;

        let shown = format!("{:?}", result.unwrap_err());
        assert!(!shown.contains("secret-of-the-link"), "{shown}");
    }
    let shown = format!("{:?}", Download::of("http://127.0.0.1/?hkey=secret-of-the-link"));
    assert!(!shown.contains("secret"), "{shown}");
}
