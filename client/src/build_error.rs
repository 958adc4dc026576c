//! Why a client cannot be built.

use thiserror::Error;

/// Why a client cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BuildError {
    /// An address that cannot be called.
    #[error("the endpoint {url:?} cannot be used: {reason}")]
    Endpoint {
        /// The address as given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A host to be allowed that is none.
    #[error("{host:?} is no host to allow: {reason}")]
    AllowedHost {
        /// The host as given.
        host: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A text that travels in a header and cannot.
    #[error("the {what} must be one or more visible ASCII characters")]
    HeaderText {
        /// Which text.
        what: &'static str,
    },
    /// An empty SecretKey signs, but never rightly.
    #[error("the SecretKey is empty")]
    SecretKeyEmpty,
}
