//! What was wrong with a signature: for the log and the journal of the server, where somebody looks for the reason. The
//! client learns nothing but the vendor's fault.
//!
//! It shows what we signed in the client's place, line by line, and never the secret, a signing key or the signature
//! that would have been right.

use std::fmt;

use serde::Serialize;

use super::super::fault::Fault;
use super::Rejection;

/// The most text shown of one calculation, so that a request cannot fill the log.
const MAX_SHOWN: usize = 4_000;

/// The one thing that was wrong. A closed list, so that tools may act upon it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Another Host was signed than the request has.
    Host,
    /// Other headers were signed than are named, or in another order.
    HeaderOrder,
    /// Another Content-Type was signed than the request has, mostly with or without its charset.
    ContentTypeCharset,
    /// Another body, or other parameters, were signed than the request has.
    PayloadHash,
    /// The date of the credential scope, or the time that was signed, is not that of `X-TC-Timestamp`.
    DateAgainstTimestamp,
    /// The key was derived for another service than the credential scope names.
    Service,
    /// The secret key is another one, or is not used as the specification says; also: nobody has this SecretId.
    Key,
    /// The client's clock is too far off.
    Clock,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 8] = [
        Self::Host,
        Self::HeaderOrder,
        Self::ContentTypeCharset,
        Self::PayloadHash,
        Self::DateAgainstTimestamp,
        Self::Service,
        Self::Key,
        Self::Clock,
    ];

    /// Its name in the journal.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::HeaderOrder => "header_order",
            Self::ContentTypeCharset => "content_type_charset",
            Self::PayloadHash => "payload_hash",
            Self::DateAgainstTimestamp => "date_against_timestamp",
            Self::Service => "service",
            Self::Key => "key",
            Self::Clock => "clock",
        }
    }
}

/// A finding, with the calculation it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Autopsy {
    /// What was wrong.
    pub cause: Cause,
    /// The same in a sentence.
    pub finding: String,
    /// What we took as the canonical request; empty where none was computed.
    pub canonical_request: String,
    /// What we signed; empty where nothing was.
    pub string_to_sign: String,
    /// The canonical requests we would have taken as well: official clients spell Host in several ways.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_tried: Vec<String>,
    /// Where the client's text first differs from ours, when we know what the client signed.
    pub first_difference: Option<Difference>,
}

/// The first line in which two texts differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `canonical request` or `string to sign`.
    pub text: &'static str,
    /// Which line, counted from 1.
    pub line: usize,
    /// The line as we have it.
    pub server: String,
    /// The line as the client has it.
    pub client: String,
}

impl Difference {
    /// The first one between two versions of a text, if there is any.
    pub(super) fn between(text: &'static str, server: &str, client: &str) -> Option<Self> {
        let (mut ours, mut theirs) = (server.split('\n'), client.split('\n'));
        let mut line = 0;
        loop {
            line += 1;
            let (server, client) = match (ours.next(), theirs.next()) {
                (None, None) => return None,
                (server, client) => (server.unwrap_or_default(), client.unwrap_or_default()),
            };
            if server != client {
                return Some(Self { text, line, server: shown(server), client: shown(client) });
            }
        }
    }
}

impl Autopsy {
    pub(super) fn new(cause: Cause, finding: impl Into<String>) -> Self {
        Self {
            cause,
            finding: finding.into(),
            canonical_request: String::new(),
            string_to_sign: String::new(),
            also_tried: Vec::new(),
            first_difference: None,
        }
    }

    pub(super) fn of_expired(timestamp: i64, now: i64) -> Self {
        let apart = timestamp.abs_diff(now);
        let allowed = super::CLOCK_TOLERANCE;
        let milliseconds = if timestamp.abs_diff(now.saturating_mul(1000)) / 1000 <= allowed {
            "; it is in milliseconds, and seconds are asked for"
        } else {
            ""
        };
        Self::new(
            Cause::Clock,
            format!(
                "the request was signed at {timestamp}, the clock here says {now}: {apart} seconds apart, {allowed} allowed{milliseconds}"
            ),
        )
    }

    /// Says what we signed.
    pub(super) fn showing(mut self, canonical_request: &str, string_to_sign: &str) -> Self {
        self.canonical_request = shown(canonical_request);
        self.string_to_sign = shown(string_to_sign);
        self
    }

    /// Says what else we would have taken.
    pub(super) fn having_tried(mut self, canonical_requests: impl Iterator<Item = String>) -> Self {
        self.also_tried = canonical_requests.map(|one| shown(&one)).collect();
        self
    }

    /// Says where the client's text departs from ours.
    pub(super) fn differing(mut self, difference: Option<Difference>) -> Self {
        self.first_difference = difference;
        self
    }
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A failed comparison: the fault for the client and this for the log.
impl From<Autopsy> for Rejection {
    fn from(autopsy: Autopsy) -> Self {
        Self { fault: Fault::SignatureFailure, autopsy: Some(Box::new(autopsy)) }
    }
}

impl fmt::Display for Autopsy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.cause.name(), self.finding)?;
        if let Some(Difference { text, line, server, client }) = &self.first_difference {
            write!(out, "\n  line {line} of the {text}:\n    server | {server}\n    client | {client}")?;
        }
        let ours = [("canonical request", &self.canonical_request), ("string to sign", &self.string_to_sign)];
        for (what, text) in ours.into_iter().chain(self.also_tried.iter().map(|text| ("or canonical request", text))) {
            if text.is_empty() {
                continue;
            }
            write!(out, "\n  {what}:")?;
            for line in text.split('\n') {
                write!(out, "\n    | {line}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_calculation_is_cut() {
        let shown = Autopsy::new(Cause::Key, "x").showing(&"签".repeat(10_000), "").to_string();

        assert!(shown.ends_with('…'));
        assert!(shown.chars().count() < MAX_SHOWN + 100);
    }

    #[test]
    fn lines_stay_apart() {
        let shown = Autopsy::new(Cause::Host, "no match").showing("", "a\nb").to_string();

        assert_eq!(shown, "host: no match\n  string to sign:\n    | a\n    | b");
    }

    #[test]
    fn the_first_differing_line_is_named_even_where_one_text_ends() {
        let found = Difference::between("string to sign", "a\nb\nc", "a\nb").unwrap();

        assert_eq!((found.line, found.server.as_str(), found.client.as_str()), (3, "c", ""));
        assert_eq!(Difference::between("string to sign", "a", "a"), None);
    }

    #[test]
    fn a_time_in_milliseconds_is_recognised() {
        let finding = Autopsy::of_expired(1_700_000_000_123, 1_700_000_000).finding;

        assert!(finding.contains("milliseconds"), "{finding}");
    }
}
