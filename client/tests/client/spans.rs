//! What tracing hears of calls, at its most talkative.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ess_client::download::Download;
use ess_client::raw::RawRequest;
use ess_client::schemas::ess;
use ess_client::{Client, Credentials, RetryPolicy, Service};
use serde_json::json;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::server::{Server, Step};

/// Everything written while it lives, by this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// The line that the end of a span leaves: the span, its fields, and those of the spans around it.
    fn ends(&self, span: &str) -> Vec<String> {
        let text = self.text();
        let ended = |line: &&str| line.contains(": close ") && line.contains(span);
        text.lines().filter(ended).map(str::to_owned).collect()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn listen() -> (Log, tracing::subscriber::DefaultGuard) {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    (log, tracing::subscriber::set_default(subscriber))
}

fn client(server: &Server) -> Client {
    let pause = Duration::from_millis(1);
    Client::builder(Credentials::new("AKIDtest", "hidden-key").with_token("hidden-token"))
        .server(&server.url)
        .retry(RetryPolicy { first_pause_after_limit: pause, first_pause: pause, ..RetryPolicy::default() })
        .build()
        .unwrap()
}

fn cancel() -> ess::CancelFlowRequest {
    ess::CancelFlowRequest { cancel_message: "hidden-body".into(), ..Default::default() }
}

#[tokio::test]
async fn a_call_and_each_attempt_are_spans() {
    let (log, _guard) = listen();
    let server = Server::that([Step::error("RequestLimitExceeded"), Step::success("")]).await;

    client(&server).call(&cancel()).await.unwrap();

    let [first, second] = &log.ends("call{")[..2] else { panic!("two attempts") };
    for field in
        ["attempt{number=1", r#"code="RequestLimitExceeded""#, r#"request_id="request-1""#, r#"failure="refused""#]
    {
        assert!(first.contains(field), "{field}: {first}");
    }
    assert!(second.contains(r#"attempt{number=2 request_id="request-1"}"#), "{second}");
    let whole = log.ends("call{").pop().unwrap();
    let expected = r#"call{service="ess" action="CancelFlow" attempts=2 request_id="request-1"}"#;
    assert!(whole.contains(expected), "{whole}");
}

#[tokio::test]
async fn a_call_that_failed_says_how() {
    let (log, _guard) = listen();
    let server = Server::that([Step::error("OperationDenied.FlowHasTerminated"), Step::HangUp]).await;
    let client = client(&server);

    client.call(&cancel()).await.unwrap_err();
    client.call(&cancel()).await.unwrap_err();

    let ends = log.ends("call{");
    let calls: Vec<_> = ends.iter().filter(|line| !line.contains("attempt{")).collect();
    for field in [r#"code="OperationDenied.FlowHasTerminated""#, r#"failure="refused""#, "attempts=1"] {
        assert!(calls[0].contains(field), "{field}: {}", calls[0]);
    }
    assert!(calls[1].contains(r#"failure="broken""#) && !calls[1].contains("code="), "{}", calls[1]);
}

#[tokio::test]
async fn raw_requests_and_downloads_are_spans_too() {
    let (log, _guard) = listen();
    let server = Server::that([Step::error("InvalidAction"), Step::Status(200, "Content-Type: a/b", "file")]).await;
    let client = client(&server);

    client.send_raw(&RawRequest::new(Service::Ess, "NoSuchAction", json!({}))).await.unwrap();
    let link = format!("{}/file?hkey=hidden-link", server.url);
    client.download(&Download::of(link), &mut Vec::new()).await.unwrap();

    let raw = log.ends("raw_request{").pop().unwrap();
    assert!(raw.contains(r#"service="ess" action="NoSuchAction" status=200 code="InvalidAction""#), "{raw}");
    let download = log.ends("download{").pop().unwrap();
    assert!(download.contains(r#"download{host="127.0.0.1" size=4}"#), "{download}");
}

#[tokio::test]
async fn nothing_secret_is_ever_told() {
    let (log, _guard) = listen();
    let steps = [
        Step::error("InternalError"),
        Step::Answer(r#"{"hidden-answer":1}"#.into()),
        Step::error("InvalidAction"),
        Step::Status(404, "Content-Type: text/plain", "hidden-answer"),
    ];
    let server = Server::that(steps).await;
    let client = client(&server);

    client.call(&cancel()).await.unwrap_err();
    client.call(&cancel()).await.unwrap_err();
    client.send_raw(&RawRequest::new(Service::Ess, "X", json!({"A": "hidden-body"}))).await.unwrap();
    client.download(&Download::of(format!("{}/?hkey=hidden-link", server.url)), &mut Vec::new()).await.unwrap_err();

    let text = log.text();
    assert!(text.contains("CancelFlow") && text.contains("download{"), "the log was not listening: {text}");
    for secret in ["hidden", "sentence of", "TC3-HMAC", "Signature"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    for request in server.received() {
        let signature = request.header("authorization").and_then(|header| header.split("Signature=").nth(1));
        assert!(signature.is_none_or(|signature| !text.contains(signature)), "{text}");
    }
}
