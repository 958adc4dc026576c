//! How a callback receiver is named on a command line: its URL, its key, and for how long to wait for it.

use std::time::Duration;

use ess_client::callback::CallbackKey;

use crate::span;

/// A URL that can be posted to.
///
/// # Errors
/// It is neither http nor https, or names no host.
pub fn url(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    match host {
        Some(host) if !host.is_empty() && !host.starts_with('/') => Ok(text.to_owned()),
        Some(_) | None => Err("expected a URL such as http://127.0.0.1:9000/callback or https://...".to_owned()),
    }
}

/// An AES key of 32 characters.
///
/// # Errors
/// It has another length.
pub fn key(text: &str) -> Result<String, String> {
    CallbackKey::new(text).map(|_| text.to_owned()).map_err(|error| error.to_string())
}

/// How long an answer may take: a span that is more than nothing.
///
/// # Errors
/// It is no span, or none at all.
pub fn patience(text: &str) -> Result<Duration, String> {
    match pause(text)? {
        Duration::ZERO => Err(format!("expected {}, and more than nothing", span::EXPECTED)),
        some => Ok(some),
    }
}

/// How long to wait between two things: a span, which may be nothing.
///
/// # Errors
/// It is no span.
pub fn pause(text: &str) -> Result<Duration, String> {
    span::parse(text).ok_or_else(|| format!("expected {}", span::EXPECTED))
}
