//! What can go wrong with a call, and what the caller may do about it.

use std::fmt;
use std::time::Duration;

use ess_schemas::{ActionContract, Service};
use thiserror::Error;

/// A call that did not succeed.
#[derive(Error)]
#[error("{} failed{}: {kind}", contract.name, attempts_in_words(*.attempts))]
pub struct Error {
    pub(crate) contract: &'static ActionContract,
    pub(crate) attempts: u32,
    #[source]
    pub(crate) kind: Box<ErrorKind>,
}

/// What happened.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The service answered with an error.
    #[error("{code}: {message} (RequestId {})", request_id.as_deref().unwrap_or("none"))]
    Refused {
        /// The vendor's code, such as `OperationDenied.FlowHasTerminated`.
        code: String,
        /// The vendor's sentence.
        message: String,
        /// What to quote to the vendor.
        request_id: Option<String>,
    },
    /// The request could not be put into bytes, or signed.
    #[error("the request cannot be sent: {0}")]
    Unsendable(String),
    /// The address is not one of those [`only_hosts`](crate::ClientBuilder::only_hosts) allows, so nothing was sent.
    #[error("{host} is not a host this client may reach; allowed: {}", in_words(allowed))]
    ForeignHost {
        /// Host and port that would have been reached.
        host: String,
        /// The hosts that are allowed, as they were given.
        allowed: Vec<String>,
    },
    /// No certificates to check the service's against, or another fault in setting up TLS.
    #[error("encrypted connections cannot be made")]
    Tls(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// No connection came about, so nothing was sent.
    #[error("no connection to the service")]
    NotConnected(#[source] reqwest::Error),
    /// The answer did not come in time.
    #[error("no complete answer within {limit:?}")]
    TimedOut {
        /// The limit of one attempt.
        limit: Duration,
        /// What the connection was doing.
        source: reqwest::Error,
    },
    /// The connection broke after it was made.
    #[error("the connection broke before the answer was complete")]
    Broken(#[source] reqwest::Error),
    /// Something answered, but not the service: a proxy, or another server.
    #[error("the answer (HTTP {status}) is not the service's: {excerpt:?}")]
    NotAnAnswer {
        /// The HTTP status.
        status: u16,
        /// How the answer begins.
        excerpt: String,
    },
    /// The service carried the call out, and its answer does not have the documented shape.
    #[error("the answer cannot be read (RequestId {})", request_id.as_deref().unwrap_or("none"))]
    Unreadable {
        /// What to quote to the vendor.
        request_id: Option<String>,
        /// Where the shape differs.
        source: serde_json::Error,
    },
}

/// Who has to change something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The caller: the request, the key, the permission, the state of the contract, the pace.
    Caller,
    /// The service.
    Service,
    /// What lies between.
    Network,
}

/// Whether the service did what it was asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Surely not.
    NotCarriedOut,
    /// Surely, but the answer is lost.
    CarriedOut,
    /// Nobody here can know: look before asking again.
    Unknown,
}

/// The contract's tables would bury what happened.
impl fmt::Debug for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Error")
            .field("service", &self.contract.service)
            .field("action", &self.contract.name)
            .field("attempts", &self.attempts)
            .field("kind", &self.kind)
            .finish()
    }
}

impl Error {
    /// The action that was called.
    pub fn action(&self) -> &'static str {
        self.contract.name
    }

    /// The service that has the action.
    pub fn service(&self) -> Service {
        self.contract.service
    }

    /// How often it was tried.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// What happened at the last attempt.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// The vendor's code, if the service answered with one.
    pub fn code(&self) -> Option<&str> {
        if let ErrorKind::Refused { code, .. } = self.kind() { Some(code) } else { None }
    }

    /// The vendor's sentence, if the service answered with one.
    pub fn message(&self) -> Option<&str> {
        if let ErrorKind::Refused { message, .. } = self.kind() { Some(message) } else { None }
    }

    /// What to quote to the vendor, if the service answered.
    pub fn request_id(&self) -> Option<&str> {
        let (ErrorKind::Refused { request_id, .. } | ErrorKind::Unreadable { request_id, .. }) = self.kind() else {
            return None;
        };
        request_id.as_deref()
    }

    /// Who has to change something.
    pub fn fault(&self) -> Fault {
        self.kind.fault()
    }

    /// Whether the service did what it was asked to.
    pub fn outcome(&self) -> Outcome {
        self.kind.outcome()
    }

    /// Whether asking again may help and cannot do harm. The vendor offers no idempotency, so an action that changes something is
    /// asked again only when it was surely not carried out.
    pub fn may_retry(&self) -> bool {
        self.kind.is_passing() && (self.contract.reads || self.outcome() == Outcome::NotCarriedOut)
    }
}

impl ErrorKind {
    /// One word for logs; what else is in a kind may quote a body.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Refused { .. } => "refused",
            Self::Unsendable(_) => "unsendable",
            Self::ForeignHost { .. } => "foreign_host",
            Self::Tls(_) => "tls",
            Self::NotConnected(_) => "not_connected",
            Self::TimedOut { .. } => "timed_out",
            Self::Broken(_) => "broken",
            Self::NotAnAnswer { .. } => "not_an_answer",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    /// The code without its details: `InternalError` for `InternalError.Db`.
    fn family(&self) -> Option<&str> {
        if let Self::Refused { code, .. } = self { code.split('.').next() } else { None }
    }

    /// Refused for calling too often.
    pub(crate) fn is_limit(&self) -> bool {
        self.family() == Some("RequestLimitExceeded")
    }

    /// The service failed. (common codes; ServiceUnavailable as InternalError is ASSUMED from its description)
    fn is_internal(&self) -> bool {
        matches!(self.family(), Some("InternalError" | "ServiceUnavailable"))
    }

    /// Who has to change something.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Refused { .. } if self.is_internal() => Fault::Service,
            Self::Refused { .. } | Self::Unsendable(_) | Self::ForeignHost { .. } | Self::Tls(_) => Fault::Caller,
            Self::NotConnected(_) | Self::TimedOut { .. } | Self::Broken(_) | Self::NotAnAnswer { .. } => {
                Fault::Network
            }
            Self::Unreadable { .. } => Fault::Service,
        }
    }

    /// Whether the service did what it was asked to.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Refused { .. } if self.is_internal() => Outcome::Unknown,
            Self::Refused { .. }
            | Self::Unsendable(_)
            | Self::ForeignHost { .. }
            | Self::Tls(_)
            | Self::NotConnected(_) => Outcome::NotCarriedOut,
            Self::TimedOut { .. } | Self::Broken(_) | Self::NotAnAnswer { .. } => Outcome::Unknown,
            Self::Unreadable { .. } => Outcome::CarriedOut,
        }
    }

    /// Whether the same request may succeed a moment later.
    fn is_passing(&self) -> bool {
        match self {
            Self::Refused { .. } => self.is_limit() || self.is_internal(),
            Self::NotConnected(_) | Self::TimedOut { .. } | Self::Broken(_) => true,
            Self::NotAnAnswer { status, .. } => *status == 429 || *status >= 500,
            Self::Unsendable(_) | Self::ForeignHost { .. } | Self::Tls(_) | Self::Unreadable { .. } => false,
        }
    }
}

fn in_words(hosts: &[String]) -> String {
    if hosts.is_empty() { "none".to_owned() } else { hosts.join(", ") }
}

fn attempts_in_words(attempts: u32) -> String {
    if attempts > 1 { format!(" after {attempts} attempts") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: &str, reads: bool) -> Error {
        let kind = ErrorKind::Refused { code: code.into(), message: "sentence".into(), request_id: Some("id".into()) };
        failed(kind, reads)
    }

    fn failed(kind: ErrorKind, reads: bool) -> Error {
        let action = if reads { "DescribeFlowInfo" } else { "CancelFlow" };
        let contract = ess_schemas::action(Service::Ess, action).unwrap();
        Error { contract, attempts: 1, kind: Box::new(kind) }
    }

    /// The table of `RetryPolicy`, a row for each kind that can be made without a connection; those of reqwest are played in tests/client/calls.rs.
    #[test]
    fn what_is_tried_again_is_what_the_table_says() {
        let code = |code: &str| ErrorKind::Refused { code: code.into(), message: String::new(), request_id: None };
        let status = |status| ErrorKind::NotAnAnswer { status, excerpt: String::new() };
        let unreadable = serde_json::from_str::<u8>("x").unwrap_err();
        let no_certificates = || "no certificates".into();
        for (kind, reading, changing, to_be_checked) in [
            (code("RequestLimitExceeded"), true, true, false),
            (code("InternalError"), true, false, true),
            (code("OperationDenied"), false, false, false),
            (status(502), true, false, true),
            (status(404), false, false, true),
            (ErrorKind::Unreadable { request_id: None, source: unreadable }, false, false, true),
            (ErrorKind::Unsendable(String::new()), false, false, false),
            (ErrorKind::ForeignHost { host: String::new(), allowed: Vec::new() }, false, false, false),
            (ErrorKind::Tls(no_certificates()), false, false, false),
        ] {
            let error = failed(kind, false);
            let shown = error.to_string();
            assert_eq!((error.may_retry(), error.what_to_check().is_some()), (changing, to_be_checked), "{shown}");
            let error = failed(*error.kind, true);
            assert_eq!((error.may_retry(), error.what_to_check()), (reading, None), "{shown}");
        }
    }

    #[test]
    fn an_error_says_what_to_quote() {
        let error = refused("OperationDenied.FlowHasTerminated", false);

        assert_eq!(error.to_string(), "CancelFlow failed: OperationDenied.FlowHasTerminated: sentence (RequestId id)");
        assert_eq!(
            (error.code(), error.message(), error.request_id()),
            (Some("OperationDenied.FlowHasTerminated"), Some("sentence"), Some("id"))
        );
    }

    #[test]
    fn an_error_shows_what_happened_and_no_tables() {
        let shown = format!("{:?}", refused("FailedOperation", false));

        assert!(
            shown.starts_with(r#"Error { service: Ess, action: "CancelFlow", attempts: 1, kind: Refused"#),
            "{shown}"
        );
    }

    #[test]
    fn a_refusal_for_cause_is_the_callers_and_stays_one() {
        for code in
            ["OperationDenied.FlowHasTerminated", "AuthFailure.SignatureExpire", "FailedOperation", "LimitExceeded"]
        {
            let error = refused(code, true);
            assert_eq!((error.fault(), error.outcome()), (Fault::Caller, Outcome::NotCarriedOut), "{code}");
            assert!(!error.may_retry(), "{code}");
        }
    }

    #[test]
    fn too_many_calls_may_be_repeated_even_when_they_change_something() {
        for code in ["RequestLimitExceeded", "RequestLimitExceeded.UinLimitExceeded"] {
            assert!(refused(code, true).may_retry() && refused(code, false).may_retry(), "{code}");
        }
    }

    #[test]
    fn after_an_internal_error_only_a_reading_action_may_be_repeated() {
        for code in ["InternalError", "InternalError.Db", "ServiceUnavailable"] {
            let error = refused(code, false);
            assert_eq!((error.fault(), error.outcome()), (Fault::Service, Outcome::Unknown), "{code}");
            assert!(!error.may_retry() && refused(code, true).may_retry(), "{code}");
        }
    }

    #[test]
    fn a_code_is_judged_by_its_whole_first_word() {
        assert!(!refused("InternalErrorButNotReally", true).may_retry());
    }

    #[test]
    fn a_status_of_something_in_between_passes_when_it_is_its_own_trouble() {
        for (status, passing) in [(502, true), (429, true), (404, false), (301, false), (200, false)] {
            let kind = ErrorKind::NotAnAnswer { status, excerpt: String::new() };
            assert_eq!(kind.is_passing(), passing, "{status}");
            assert_eq!(kind.outcome(), Outcome::Unknown);
        }
    }
}
