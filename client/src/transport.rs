//! The connections under every call and every download: which host may be reached, for how long, and how much is read.

use std::sync::OnceLock;
use std::time::Duration;

use reqwest::Url;

use crate::ErrorKind;
use crate::hosts::AllowedHosts;
use crate::http::{self, Trust};

/// The largest answer that is read; no documented one comes near it.
const ANSWER_LIMIT: usize = 64 * 1024 * 1024;

/// A connection left alone for so long is not used again. A service that closes it in the very moment of the next request would leave
/// unknown whether that was carried out.
const IDLE_LIMIT: Duration = Duration::from_secs(20);

/// The only way to a server: whoever wants to send something asks [`to`](Self::to) first.
pub(crate) struct Transport {
    allowed: Option<AllowedHosts>,
    timeout: Duration,
    connect_timeout: Duration,
    plain: OnceLock<reqwest::Client>,
    encrypted: OnceLock<reqwest::Client>,
}

impl Transport {
    pub(crate) fn new(allowed: Option<AllowedHosts>, timeout: Duration, connect_timeout: Duration) -> Self {
        Self { allowed, timeout, connect_timeout, plain: OnceLock::new(), encrypted: OnceLock::new() }
    }

    /// The HTTP client for an address, if that may be reached at all.
    /// Made at the first call that needs it: an `http://` address never waits for certificates.
    pub(crate) fn to(&self, url: &Url) -> Result<&reqwest::Client, ErrorKind> {
        if let Some(allowed) = &self.allowed {
            allowed.check(url)?;
        }
        let (slot, trust) = match url.scheme() == "https" {
            true => (&self.encrypted, Trust::System),
            false => (&self.plain, Trust::Nobody),
        };
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let client = self.open(trust)?;
        Ok(slot.get_or_init(|| client))
    }

    fn open(&self, trust: Trust) -> Result<reqwest::Client, ErrorKind> {
        let mut builder = http::client_builder(trust)
            .map_err(ErrorKind::Tls)?
            .timeout(self.timeout)
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(IDLE_LIMIT)
            // The service never redirects; a signed request must not follow whoever does, nor leave the allowed hosts that way.
            .redirect(reqwest::redirect::Policy::none());
        if trust == Trust::Nobody {
            // Plain HTTP is for a server next door, which no proxy knows.
            builder = builder.no_proxy();
        }
        builder.build().map_err(|error| ErrorKind::Tls(error.into()))
    }

    /// Sends a request and reads the whole answer: its status and its body.
    pub(crate) async fn exchange(&self, request: reqwest::RequestBuilder) -> Result<(u16, Vec<u8>), ErrorKind> {
        let fault = |error: reqwest::Error| transport_fault(error, self.timeout);
        let mut response = request.send().await.map_err(fault)?;
        let status = response.status().as_u16();
        let mut answer = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(fault)? {
            if answer.len() + chunk.len() > ANSWER_LIMIT {
                return Err(ErrorKind::NotAnAnswer { status, excerpt: format!("more than {ANSWER_LIMIT} bytes") });
            }
            answer.extend_from_slice(&chunk);
        }
        Ok((status, answer))
    }
}

pub(crate) fn transport_fault(error: reqwest::Error, limit: Duration) -> ErrorKind {
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
