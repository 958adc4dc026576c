//! The client: one call, tried as often as its policy and its safety allow.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use ess_schemas::{Action, ActionContract};
use serde_json::Value;

use crate::endpoint::{Endpoint, Endpoints};
use crate::envelope::Answer;
use crate::http::{self, Trust};
use crate::request::Signed;
use crate::{ClientBuilder, Clock, Credentials, Error, ErrorKind, Language, Reply, RetryPolicy};

/// The largest answer that is read; no documented one comes near it.
const ANSWER_LIMIT: usize = 64 * 1024 * 1024;

/// A connection left alone for so long is not used again. A service that closes it in the very moment of the next request would leave
/// unknown whether that was carried out.
const IDLE_LIMIT: Duration = Duration::from_secs(20);

/// A typed client of both services. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    settings: Settings,
    plain: OnceLock<reqwest::Client>,
    encrypted: OnceLock<reqwest::Client>,
}

/// What [`ClientBuilder`] was told.
pub(crate) struct Settings {
    pub(crate) credentials: Credentials,
    pub(crate) endpoints: Endpoints,
    pub(crate) region: Option<String>,
    pub(crate) language: Option<Language>,
    pub(crate) unsigned_payload: bool,
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Client {
    /// A client of the vendor's production service with every default.
    pub fn builder(credentials: Credentials) -> ClientBuilder {
        ClientBuilder::new(credentials)
    }

    pub(crate) fn with(settings: Settings) -> Self {
        Self { shared: Arc::new(Shared { settings, plain: OnceLock::new(), encrypted: OnceLock::new() }) }
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
        let settings = &self.shared.settings;
        let endpoint = settings.endpoints.of(action);
        let mut attempt = 1;
        loop {
            // Signed anew each time, because a signature is good for five minutes only.
            let signed = Signed::new(settings, action, endpoint, &body);
            let spread = signed.as_ref().map_or(0.0, Signed::spread);
            let failure = match self.attempt(action, endpoint, signed, body.clone()).await.and_then(&read) {
                Ok(reply) => return Ok(reply),
                Err(kind) => {
                    Error { action: action.name, reads: action.reads, attempts: attempt, kind: Box::new(kind) }
                }
            };
            if attempt >= settings.retry.attempts || !failure.may_retry() {
                return Err(failure);
            }
            let pause = settings.retry.pause(attempt, failure.kind.is_limit(), spread);
            tracing::debug!(action = action.name, attempt, ?pause, error = %failure.kind, "trying again");
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
        let settings = &self.shared.settings;
        let signed = signed.ok_or_else(|| ErrorKind::Unsendable("the clock's time has no date".to_owned()))?;
        let http = self.shared.http(endpoint)?;
        let fault = |error: reqwest::Error| transport_fault(error, settings.timeout);

        let mut response = signed.into_request(http, settings, action, endpoint, body).send().await.map_err(fault)?;
        let status = response.status().as_u16();
        let mut answer = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(fault)? {
            if answer.len() + chunk.len() > ANSWER_LIMIT {
                return Err(ErrorKind::NotAnAnswer { status, excerpt: format!("more than {ANSWER_LIMIT} bytes") });
            }
            answer.extend_from_slice(&chunk);
        }
        Answer::open(status, &answer)
    }
}

impl Shared {
    /// Made at the first call that needs it: an `http://` address never waits for certificates.
    fn http(&self, endpoint: &Endpoint) -> Result<&reqwest::Client, ErrorKind> {
        let (slot, trust) = match endpoint.is_encrypted() {
            true => (&self.encrypted, Trust::System),
            false => (&self.plain, Trust::Nobody),
        };
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let mut builder = http::client_builder(trust)
            .map_err(ErrorKind::Tls)?
            .timeout(self.settings.timeout)
            .connect_timeout(self.settings.connect_timeout)
            .pool_idle_timeout(IDLE_LIMIT)
            // The service never redirects; a signed request must not follow whoever does.
            .redirect(reqwest::redirect::Policy::none());
        if trust == Trust::Nobody {
            // Plain HTTP is for a server next door, which no proxy knows.
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|error| ErrorKind::Tls(error.into()))?;
        Ok(slot.get_or_init(|| client))
    }
}

fn transport_fault(error: reqwest::Error, limit: Duration) -> ErrorKind {
    if error.is_builder() {
        ErrorKind::Unsendable(error.to_string())
    } else if error.is_connect() {
        ErrorKind::NotConnected(error)
    } else if error.is_timeout() {
        ErrorKind::TimedOut { limit, source: error }
    } else {
        ErrorKind::Broken(error)
    }
}

fn unsendable(action: &'static ActionContract, error: &serde_json::Error) -> Error {
    let kind = Box::new(ErrorKind::Unsendable(error.to_string()));
    Error { action: action.name, reads: action.reads, attempts: 0, kind }
}

impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = &self.shared.settings;
        out.debug_struct("Client")
            .field("credentials", &settings.credentials)
            .field("endpoints", &settings.endpoints)
            .field("region", &settings.region)
            .field("retry", &settings.retry)
            .finish_non_exhaustive()
    }
}
