//! The client: one call, tried as often as its policy and its safety allow.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use ess_schemas::{Action, ActionContract};
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
        self.exchange(action, body.into(), Answer::read).await
    }

    /// Calls an action with a request that is not typed, or not even valid, and answers what came.
    pub async fn call_json(&self, action: &'static ActionContract, request: &Value) -> Result<Reply<Value>, Error> {
        let body = serde_json::to_vec(request).map_err(|error| unsendable(action, &error))?;
        self.exchange(action, body.into(), Answer::read).await
    }

    async fn exchange<R>(
        &self,
        action: &'static ActionContract,
        body: Bytes,
        read: impl Fn(Answer) -> Result<Reply<R>, ErrorKind>,
    ) -> Result<Reply<R>, Error> {
        let span = spans::call(action);
        let ended = self.repeat(action, body, read).instrument(span.clone()).await;
        spans::note(&span, ended.as_ref().map_err(Error::kind));
        ended
    }

    /// Tries as often as policy and safety allow.
    async fn repeat<R>(
        &self,
        action: &'static ActionContract,
        body: Bytes,
        read: impl Fn(Answer) -> Result<Reply<R>, ErrorKind>,
    ) -> Result<Reply<R>, Error> {
        let settings = &*self.settings;
        let endpoint = settings.endpoints.of(action);
        let mut attempt = 1;
        loop {
            let span = spans::attempt(attempt);
            // Signed anew each time, because a signature is good for five minutes only.
            let signed = Signed::new(settings, action, endpoint, &body);
            let spread = signed.as_ref().map_or(0.0, Signed::spread);
            let sent = self.attempt(action, endpoint, signed, body.clone()).instrument(span.clone()).await;
            let ended = sent.and_then(&read);
            spans::note(&span, ended.as_ref());
            let failure = match ended {
                Ok(reply) => {
                    Span::current().record("attempts", attempt);
                    return Ok(reply);
                }
                Err(kind) => Error { contract: action, attempts: attempt, kind: Box::new(kind) },
            };
            if attempt >= settings.retry.attempts || !failure.may_retry() {
                Span::current().record("attempts", attempt);
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
