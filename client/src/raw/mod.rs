//! Requests that no typed call would send, for tests of gateways.
//!
//! A [`RawRequest`] begins as a well-made, signed request. Every method spoils or changes one thing about it; what is not said stays right.
//! Methods whose names begin with `after_signing` leave the signature as it was, all others are signed.
//!
//! ```no_run
//! use ess_client::raw::{Edit, Opened, RawRequest};
//! use ess_client::{Client, Credentials, Service};
//! use serde_json::json;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder(Credentials::new("AKID...", "secret")).server("http://127.0.0.1:8480").build()?;
//!
//! let late = RawRequest::new(Service::Ess, "DescribeFlowInfo", json!({})).timestamp_offset(-301);
//! let answer = client.send_raw(&late).await?;
//! assert!(matches!(answer.opened, Opened::Refused { code, .. } if code == "AuthFailure.SignatureExpire"));
//!
//! let unsigned = RawRequest::new(Service::Ess, "DescribeFlowInfo", json!({})).after_signing(Edit::remove("Authorization"));
//! assert_eq!(client.send_raw(&unsigned).await?.status, 200);
//! # Ok(())
//! # }
//! ```
//!
//! A raw request is sent once, whatever becomes of it, to the address of its service, and only where
//! [`only_hosts`](crate::ClientBuilder::only_hosts) allows it. HTTP itself stays intact: `Host` can be replaced but not left out, and
//! `Content-Length` is always right.

mod answer;
mod flatten;
mod v1;
mod v3;
mod wire;

use std::fmt;

use bytes::Bytes;
use ess_schemas::Service;
use serde_json::Value;
use tracing::Instrument;

pub use answer::{Opened, RawAnswer};

use crate::signature::v1::Algorithm;
use crate::{Client, ErrorKind, spans};

/// A request that may be wrong on purpose. `Debug` shows neither keys nor tokens.
#[derive(Clone)]
#[must_use = "nothing is sent before `Client::send_raw`"]
pub struct RawRequest {
    service: Service,
    action: String,
    version: String,
    content: Content,
    method: Method,
    signing: Signing,
    unsigned_payload: bool,
    secret_id: Option<String>,
    secret_key: Option<String>,
    token: Option<String>,
    region: Option<String>,
    language: Option<String>,
    timestamp_offset: i64,
    content_type: Option<String>,
    header_edits: Vec<Edit>,
    parameter_edits: Vec<Edit>,
}

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The parameters stand in the query, flattened: `Approvers.0.ApproverName=...`.
    Get,
    /// The parameters stand in the body.
    Post,
}

impl Method {
    fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// How a request is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// `TC3-HMAC-SHA256`: common parameters and signature are headers.
    V3,
    /// The older methods: common parameters and signature stand flattened among the action's own, in the query or in a form.
    V1(Algorithm),
}

/// One thing changed after signing, by name without case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Adds one more of that name.
    Add(String, String),
    /// Gives it another value; adds it if it was not there.
    Replace(String, String),
    /// Leaves it out.
    Remove(String),
}

impl Edit {
    /// Adds one more of that name.
    pub fn add(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::Add(name.into(), value.into())
    }

    /// Gives it another value; adds it if it was not there.
    pub fn replace(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::Replace(name.into(), value.into())
    }

    /// Leaves it out.
    pub fn remove(name: impl Into<String>) -> Self {
        Self::Remove(name.into())
    }
}

#[derive(Clone, Debug)]
enum Content {
    Json(Value),
    Text(Bytes),
}

impl RawRequest {
    /// A request that is right in every way, for an action that need not exist.
    pub fn new(service: Service, action: impl Into<String>, parameters: Value) -> Self {
        Self {
            service,
            action: action.into(),
            version: service.version().to_owned(),
            content: Content::Json(parameters),
            method: Method::Post,
            signing: Signing::V3,
            unsigned_payload: false,
            secret_id: None,
            secret_key: None,
            token: None,
            region: None,
            language: None,
            timestamp_offset: 0,
            content_type: None,
            header_edits: Vec::new(),
            parameter_edits: Vec::new(),
        }
    }

    /// Another version than the service's.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = version.into();
        self
    }

    /// Another SecretId than the client's.
    pub fn secret_id(mut self, secret_id: impl Into<String>) -> Self {
        self.secret_id = Some(secret_id.into());
        self
    }

    /// Signs with another SecretKey than the client's.
    pub fn secret_key(mut self, secret_key: impl Into<String>) -> Self {
        self.secret_key = Some(secret_key.into());
        self
    }

    /// Sends a token, whether or not the client has one.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Names a region.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Names a language, known or not.
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// Signs with a clock that is so many seconds ahead; behind, if negative.
    pub fn timestamp_offset(mut self, seconds: i64) -> Self {
        self.timestamp_offset = seconds;
        self
    }

    /// Sends GET instead of POST.
    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// Signs another way than `TC3-HMAC-SHA256`.
    pub fn signing(mut self, signing: Signing) -> Self {
        self.signing = signing;
        self
    }

    /// Leaves the body out of the signature and says so. Only [`Signing::V3`] can.
    pub fn unsigned_payload(mut self) -> Self {
        self.unsigned_payload = true;
        self
    }

    /// Sends this text in place of the parameters, byte for byte: the body, or the query of a GET.
    pub fn text(mut self, text: impl Into<Bytes>) -> Self {
        self.content = Content::Text(text.into());
        self
    }

    /// Declares another content type. With `application/x-www-form-urlencoded` the parameters of a POST are flattened into a form.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Changes a header of the signed request. `Edit::replace("Authorization", ...)` sends another proof than the right one.
    pub fn after_signing(mut self, edit: Edit) -> Self {
        self.header_edits.push(edit);
        self
    }

    /// Changes a flattened parameter of the signed request: of a query, or of a form; with [`Signing::V1`] the common ones too.
    pub fn after_signing_parameter(mut self, edit: Edit) -> Self {
        self.parameter_edits.push(edit);
        self
    }
}

impl fmt::Debug for RawRequest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("RawRequest")
            .field("service", &self.service)
            .field("action", &self.action)
            .field("version", &self.version)
            .field("content", &self.content)
            .field("method", &self.method)
            .field("signing", &self.signing)
            .field("timestamp_offset", &self.timestamp_offset)
            .field("content_type", &self.content_type)
            .field("header_edits", &self.header_edits)
            .field("parameter_edits", &self.parameter_edits)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Sends a request that no typed call would send, once. An error means that no answer came; every answer, good or bad, is a [`RawAnswer`].
    pub async fn send_raw(&self, request: &RawRequest) -> Result<RawAnswer, ErrorKind> {
        let span = spans::raw(request.service.name(), &request.action);
        let ended = self.exchange_raw(request).instrument(span.clone()).await;
        match &ended {
            Ok(answer) => drop(span.record("status", answer.status).record("code", answer.code())),
            Err(kind) => drop(span.record("failure", kind.name())),
        }
        ended
    }

    async fn exchange_raw(&self, request: &RawRequest) -> Result<RawAnswer, ErrorKind> {
        let settings = self.settings();
        let endpoint = settings.endpoints.by_name(request.service, &request.action);
        let http = settings.transport.to(&endpoint.url)?;
        let signed = match request.signing {
            Signing::V3 => v3::sign(request, settings, endpoint)?,
            Signing::V1(algorithm) => v1::sign(request, algorithm, settings, endpoint)?,
        };
        let (status, body) = settings.transport.exchange(signed.into_request(http, request, endpoint)?).await?;
        Ok(RawAnswer::read(status, body.into()))
    }
}
