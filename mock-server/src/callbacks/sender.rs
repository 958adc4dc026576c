//! Puts a transmission on the wire and says what came back. Knows nothing of worlds, messages or retries.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::OnceLock;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use ess_client::http::{Trust, client_builder};
use http_body::{Frame, SizeHint};
use tokio::time::Sleep;

use super::delivery::Outcome;
use super::transmission::{Pace, Transmission};

/// Sends to any receiver.
#[derive(Debug, Default)]
pub struct Sender {
    /// Made for the first callback: a server that sends none starts without it.
    http: OnceLock<Result<reqwest::Client, String>>,
}

impl Sender {
    /// One POST (or what a hostile body makes of it); waits at most `patience` for the answer.
    pub async fn send(&self, transmission: &Transmission, url: &str, patience: Duration) -> Outcome {
        let http = match self.http.get_or_init(http_client) {
            Ok(http) => http,
            Err(why) => return Outcome::Unreachable(why.clone()),
        };
        let mut request = http.request(transmission.method.clone(), url);
        for (name, value) in &transmission.headers {
            request = request.header(*name, value);
        }
        match tokio::time::timeout(patience, request.body(body(transmission)).send()).await {
            Ok(Ok(answer)) => Outcome::Answered(answer.status().as_u16()),
            Ok(Err(error)) => Outcome::Unreachable(in_words(&error)),
            Err(_) => Outcome::Silence,
        }
    }
}

/// Redirects are followed, a POST becoming a GET as browsers do: the vendor's pages warn of exactly that
/// (`page callback_types_v2`). Certificates are checked (ASSUMED); a machine that has none can still be sent to by http.
fn http_client() -> Result<reqwest::Client, String> {
    let builder = client_builder(Trust::System).or_else(|error| {
        tracing::warn!(%error, "no certificates on this machine: callbacks to https:// will fail");
        client_builder(Trust::Nobody)
    });
    let builder = builder.map_err(|error| error.to_string())?;
    // Go spells header names with capitals; a receiver that compares letters would see a difference.
    builder.http1_only().http1_title_case_headers().build().map_err(|error| in_words(&error))
}

fn body(transmission: &Transmission) -> reqwest::Body {
    let bytes = transmission.body.clone();
    match (transmission.pace, transmission.length_announced) {
        (Pace::AtOnce, true) => bytes.into(),
        (Pace::AtOnce, false) => reqwest::Body::wrap(Portions::new(bytes, usize::MAX, Duration::ZERO, false)),
        (Pace::Drip { bytes: most, pause }, announced) => {
            reqwest::Body::wrap(Portions::new(bytes, most, pause, announced))
        }
    }
}

/// A body that goes out in portions.
struct Portions {
    rest: Bytes,
    most: usize,
    pause: Duration,
    announced: bool,
    /// The pause before the next portion, while it lasts.
    pausing: Option<Pin<Box<Sleep>>>,
}

impl Portions {
    fn new(rest: Bytes, most: usize, pause: Duration, announced: bool) -> Self {
        Self { rest, most: most.max(1), pause, announced, pausing: None }
    }
}

impl http_body::Body for Portions {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(pausing) = &mut self.pausing {
            std::task::ready!(pausing.as_mut().poll(context));
        }
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let portion = self.most.min(self.rest.len());
        let portion = self.rest.split_to(portion);
        self.pausing = (!self.pause.is_zero()).then(|| Box::pin(tokio::time::sleep(self.pause)));
        Poll::Ready(Some(Ok(Frame::data(portion))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        if self.announced { SizeHint::with_exact(self.rest.len() as u64) } else { SizeHint::new() }
    }
}

/// An error with all its causes, which reqwest keeps apart. The URL may hold secrets and stays out.
fn in_words(error: &dyn std::error::Error) -> String {
    let mut words = String::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        if !words.is_empty() {
            words.push_str(": ");
        }
        words.push_str(&error.to_string());
        cause = error.source();
    }
    if words.is_empty() { "the request could not be sent".to_owned() } else { words }
}
