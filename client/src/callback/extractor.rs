//! A callback straight from an axum handler's arguments (feature `axum`).

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{FromRef, FromRequest, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use thiserror::Error;

use super::{HEADER, Received, Receiver, Refusal};

/// The sender does not wait longer for an answer, so there is nobody left to read for. (callback docs)
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a request did not become a [`Received`]. As a response it has the status of the [`Refusal`], and the sentence as its text; the
/// platform reads neither, and sends the message again after any status but 200. (callback docs)
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Rejection {
    /// The request is not believed, or not understood.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The body did not come in time.
    #[error("the body was not complete within {PATIENCE:?}")]
    TooSlow,
    /// The connection broke within the body.
    #[error("the body broke off")]
    Broken(#[source] axum::Error),
}

impl Rejection {
    /// The status it is answered with.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Refused(refusal) => StatusCode::from_u16(refusal.http_status()).unwrap_or(StatusCode::BAD_REQUEST),
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Broken(_) => StatusCode::BAD_REQUEST,
        }
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        tracing::warn!(status = self.status().as_u16(), refusal = %self, "a request was not believed to be a callback");
        (self.status(), self.to_string()).into_response()
    }
}

/// Verifies, decrypts and reads a request, with the [`Receiver`] of the handler's state. A body of more than [`Receiver::LONGEST_BODY`]
/// bytes is not read to its end.
///
/// ```
/// use axum::Router;
/// use axum::extract::{FromRef, State};
/// use axum::http::StatusCode;
/// use axum::routing::post;
/// use ess_client::callback::{CallbackKey, Message, Received, Receiver};
/// use tokio::sync::mpsc;
///
/// #[derive(Clone)]
/// struct App {
///     receiver: Receiver,
///     queue: mpsc::Sender<Message>,
/// }
///
/// impl FromRef<App> for Receiver {
///     fn from_ref(app: &App) -> Self {
///         app.receiver.clone()
///     }
/// }
///
/// /// Answers first and works later: the platform waits five seconds. What the queue does not take will be sent again.
/// async fn callback(State(app): State<App>, received: Received) -> StatusCode {
///     match received {
///         Received::Probe => StatusCode::OK,
///         Received::Message(message) => match app.queue.try_send(message) {
///             Ok(()) => StatusCode::OK,
///             Err(_) => StatusCode::SERVICE_UNAVAILABLE,
///         },
///     }
/// }
///
/// let receiver = Receiver::new().with_key(CallbackKey::new("0123456789abcdef0123456789ABCDEF")?).with_token("token");
/// let (queue, _messages) = mpsc::channel(1024);
/// let router: Router = Router::new().route("/callback", post(callback)).with_state(App { receiver, queue });
/// # Ok::<(), ess_client::callback::KeyError>(())
/// ```
impl<S> FromRequest<S> for Received
where
    Receiver: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
        let (head, body) = request.into_parts();
        let body = tokio::time::timeout(PATIENCE, read(body)).await.map_err(|_| Rejection::TooSlow)??;
        Ok(Receiver::from_ref(state).receive(&body, signature(&head.headers))?)
    }
}

/// The header's value. More than one, or one that is no text, matches no body.
fn signature(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(HEADER).iter();
    let first = values.next()?;
    match values.next() {
        None => Some(first.to_str().unwrap_or_default()),
        Some(_) => Some(""),
    }
}

async fn read(mut body: Body) -> Result<Vec<u8>, Rejection> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        // Trailers are of no interest.
        let Ok(piece) = frame.map_err(Rejection::Broken)?.into_data() else { continue };
        let length = bytes.len() + piece.len();
        if length > Receiver::LONGEST_BODY {
            return Err(Refusal::TooLong { length }.into());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Poll};

    use axum::body::Bytes;
    use axum::http::HeaderValue;

    use super::super::{CallbackKey, Generation, seal, sign};
    use super::*;

    const MESSAGE: &[u8] = br#"{"MsgId":"1","MsgType":"FlowCost","MsgVersion":"CustomApp","MsgData":{"Cost":1}}"#;

    fn key() -> CallbackKey {
        CallbackKey::new("0123456789abcdef0123456789ABCDEF").unwrap()
    }

    async fn receive(body: impl Into<Body>, signatures: &[&str]) -> Result<Received, StatusCode> {
        let receiver = Receiver::new().with_key(key()).with_token("token");
        let mut request = Request::new(body.into());
        for signature in signatures {
            request.headers_mut().append(HEADER, HeaderValue::from_bytes(signature.as_bytes()).unwrap());
        }
        Received::from_request(request, &receiver).await.map_err(|rejection| rejection.into_response().status())
    }

    #[tokio::test]
    async fn a_signed_and_encrypted_message_becomes_an_argument() {
        for generation in [Generation::Company, Generation::Partner, Generation::Legacy] {
            let body = seal(MESSAGE, Some(&key()), generation);
            let signature = sign(&body, "token");

            let received = receive(body, &[&signature]).await.unwrap();

            assert!(matches!(received, Received::Message(message) if message.kind() == Some("FlowCost")));
        }
    }

    #[tokio::test]
    async fn a_probe_is_no_message() {
        assert_eq!(receive("{}", &[]).await, Ok(Received::Probe));
    }

    #[tokio::test]
    async fn what_is_not_believed_is_answered_with_the_refusals_status() {
        let body = seal(MESSAGE, Some(&key()), Generation::Company);
        let right = sign(&body, "token");

        for signatures in [&[][..], &["sha256=00"], &["合"], &[&right, &right]] {
            assert_eq!(receive(body.clone(), signatures).await, Err(StatusCode::FORBIDDEN), "{signatures:?}");
        }
        assert_eq!(receive("no callback", &[&sign(b"no callback", "token")]).await, Err(StatusCode::BAD_REQUEST));
    }

    /// A body without an end, and how many pieces of it were taken.
    struct Endless(Arc<AtomicUsize>);

    impl HttpBody for Endless {
        type Data = Bytes;
        type Error = axum::Error;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
            self.0.fetch_add(1, Ordering::Relaxed);
            Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(&[b' '; 64 * 1024])))))
        }
    }

    #[tokio::test]
    async fn a_body_without_an_end_is_read_up_to_the_limit() {
        let pieces = Arc::new(AtomicUsize::new(0));

        let answer = receive(Body::new(Endless(Arc::clone(&pieces))), &[]).await;

        assert_eq!(answer, Err(StatusCode::PAYLOAD_TOO_LARGE));
        assert_eq!(pieces.load(Ordering::Relaxed), Receiver::LONGEST_BODY / (64 * 1024) + 1);
    }

    #[tokio::test]
    async fn a_body_of_just_the_limit_is_read() {
        let mut long = vec![b' '; Receiver::LONGEST_BODY - MESSAGE.len()];
        long.extend_from_slice(MESSAGE);
        let signature = sign(&long, "token");

        assert!(matches!(receive(long, &[&signature]).await, Ok(Received::Message(_))));
    }

    /// A body that never comes.
    struct Never;

    impl HttpBody for Never {
        type Data = Bytes;
        type Error = axum::Error;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
            Poll::Pending
        }
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_is_waited_for_longer_than_the_platform_would() {
        assert_eq!(receive(Body::new(Never), &[]).await, Err(StatusCode::REQUEST_TIMEOUT));
    }
}
