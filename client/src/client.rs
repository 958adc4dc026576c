//! The client: one call, tried as often as its policy and its safety allow.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use ess_schemas::{Action, ActionContract};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tracing::{Instrument, Span};

use crate::endpoint::{Endpoint, Endpoints};
use crate::envelope::Answer;
use crate::request::Signed;
use crate::spans;
use crate::transport::Transport;
use crate::{ClientBuilder, Clock, Credentials, Error, ErrorKind, Language, Reply, RetryPolicy};

/// A typed client of both services. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client {
    settings: Arc<Settings>,
}

/// What [`ClientBuilder`] was told.
pub(crate) struct Settings {
    pub(crate) credentials: Credentials,
    pub(crate) endpoints: Endpoints,
    pub(crate) region: Option<String>,
    pub(crate) language: Option<Language>,
    pub(crate) unsigned_payload: bool,
    pub(crate) transport: Transport,
    pub(crate) retry: RetryPolicy,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Client {
    /// A client of the vendor's production service with every default.
    pub fn builder(credentials: Credentials) -> ClientBuilder {
        ClientBuilder::new(credentials)
    }

    pub(crate) fn with(settings: Settings) -> Self {
        Self { settings: Arc::new(settings) }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Calls an action. Its type, its service and whether it may be repeated follow from the request.
    pub async fn call<A: Action>(&self, request: &A) -> Result<Reply<A::Response>, Error> {
        let action = A::contract();
        let body = serde_json::to_vec(request).map_err(|error| unsendable(action, &error))?;
        self.exchange(action, body.into()).await?.read()
    }

    /// Calls an action with a request that is not typed, or not even valid, and answers what came.
    pub async fn call_json(&self, action: &'static ActionContract, request: &Value) -> Result<Reply<Value>, Error> {
        let body = serde_json::to_vec(request).map_err(|error| unsendable(action, &error))?;
        self.exchange(action, body.into()).await?.read()
    }

    /// Not generic, so that it is compiled once and not for each of 256 actions.
    async fn exchange(&self, action: &'static ActionContract, body: Bytes) -> Result<Answered, Error> {
        let span = spans::call(action);
        match self.repeat(action, body).instrument(span.clone()).await {
            Ok((answer, attempts)) => Ok(Answered { answer, action, attempts, span }),
            Err(error) => {
                spans::note_failure(&span, error.kind());
                span.record("attempts", error.attempts);
                Err(error)
            }
        }
    }

    /// Tries as often as policy and safety allow.
    async fn repeat(&self, action: &'static ActionContract, body: Bytes) -> Result<(Answer, u32), Error> {
        let settings = &*self.settings;
        let endpoint = settings.endpoints.of(action);
        let mut attempt = 1;
        loop {
            let span = spans::attempt(attempt);
            // Signed anew each time, because a signature is good for five minutes only.
            let signed = Signed::new(settings, action, endpoint, &body);
            let spread = signed.as_ref().map_or(0.0, Signed::spread);
            let failure = match self.attempt(action, endpoint, signed, body.clone()).instrument(span.clone()).await {
                Ok(answer) => {
                    spans::note_answer(&span, answer.request_id());
                    return Ok((answer, attempt));
                }
                Err(kind) => Error { contract: action, attempts: attempt, kind: Box::new(kind) },
            };
            spans::note_failure(&span, failure.kind());
            drop(span);
            if attempt >= settings.retry.attempts || !failure.may_retry() {
                return Err(failure);
            }
            let pause = settings.retry.pause(attempt, failure.kind.is_limit(), spread);
            tracing::debug!(?pause, failure = failure.kind.name(), "trying again");
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    async fn attempt(
        &self,
        action: &ActionContract,
        endpoint: &Endpoint,
        signed: Option<Signed>,
        body: Bytes,
    ) -> Result<Answer, ErrorKind> {
        let settings = &*self.settings;
        let signed = signed.ok_or_else(|| ErrorKind::Unsendable("the clock's time has no date".to_owned()))?;
        let http = settings.transport.to(&endpoint.url)?;
        let request = signed.into_request(http, settings, action, endpoint, body);
        let (status, answer) = settings.transport.exchange(request).await?;
        Answer::open(status, &answer)
    }
}

/// An answer that came, and what it took.
struct Answered {
    answer: Answer,
    action: &'static ActionContract,
    attempts: u32,
    span: Span,
}

impl Answered {
    /// Reads it as its documented type. One that cannot be read would not be readable the next time, so it is not asked for again.
    fn read<R: DeserializeOwned>(self) -> Result<Reply<R>, Error> {
        let Self { answer, action, attempts, span } = self;
        span.record("attempts", attempts);
        match answer.read() {
            Ok(reply) => {
                spans::note_answer(&span, Some(&reply.request_id));
                Ok(reply)
            }
            Err(kind) => {
                spans::note_failure(&span, &kind);
                Err(Error { contract: action, attempts, kind: Box::new(kind) })
            }
        }
    }
}

fn unsendable(action: &'static ActionContract, error: &serde_json::Error) -> Error {
    let kind = Box::new(ErrorKind::Unsendable(error.to_string()));
    Error { contract: action, attempts: 0, kind }
}

impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = &*self.settings;
        out.debug_struct("Client")
            .field("credentials", &settings.credentials)
            .field("endpoints", &settings.endpoints)
            .field("region", &settings.region)
            .field("retry", &settings.retry)
            .finish_non_exhaustive()
    }
}
