//! The HTTP client underneath: rustls with the *ring* provider and the operating system's certificates.
//!
//! The provider is handed to each client instead of being installed for the whole process, which is the application's to decide.
//! A client that never speaks TLS gets no certificates: loading them takes milliseconds and fails on machines that have none.

use std::error::Error;
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;

/// Which certificates a client believes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Those of the operating system.
    System,
    /// None: for `http://` only.
    Nobody,
}

/// Starts an HTTP client of this workspace: TLS as above, everything else as reqwest has it.
pub fn client_builder(trust: Trust) -> Result<reqwest::ClientBuilder, Box<dyn Error + Send + Sync>> {
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?;
    let tls = match trust {
        Trust::System => tls.with_platform_verifier()?.with_no_client_auth(),
        Trust::Nobody => tls.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth(),
    };
    Ok(reqwest::Client::builder().tls_backend_preconfigured(tls))
}
