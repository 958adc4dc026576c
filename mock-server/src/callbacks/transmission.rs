//! What one attempt puts on the wire, as a value: the log shows it, tests compare it, [`Sender`](super::sender::Sender) sends it.

use std::time::Duration;

use bytes::Bytes;
use ess_client::callback::Generation;
use http::Method;
use sha2::{Digest, Sha256};

use super::delivery::Delivery;
use super::payload;
use super::sealing::Sealing;
use crate::engine::settings::{CallbackWrapper, LegacyContentType, Settings, SignatureWithoutToken};

/// The bytes of one attempt, and how fast they go. The URL is not among them: a scenario sends the same bytes anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transmission {
    /// POST, but for what a redirect made of one.
    pub method: Method,
    /// In the order they are sent. Length and Host are the connection's business.
    pub headers: Vec<(&'static str, String)>,
    /// The body's bytes.
    pub body: Bytes,
    /// Whether the body's length is announced in `Content-Length`; otherwise it comes in chunks.
    pub length_announced: bool,
    /// How fast the body goes.
    pub pace: Pace,
}

/// How fast a body goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// As fast as the connection takes it.
    AtOnce,
    /// Some bytes, a pause, some more.
    Drip {
        /// How many bytes go at a time; at least one.
        bytes: usize,
        /// How long the sender waits before each portion but the first, in real time.
        pause: Duration,
    },
}

impl Transmission {
    /// What a delivery puts on the wire; the same for every attempt.
    ///
    /// # Errors
    /// Says in words why nothing can be sent: the address's key is none, or a hostile body needs one and there is none.
    pub fn of(delivery: &Delivery, settings: &Settings) -> Result<Self, String> {
        let address = &delivery.address;
        let plaintext = payload::plaintext(&delivery.message, address, settings);
        let older = delivery.older.as_ref().map(|older| payload::plaintext(older, address, settings));
        let sealing = Sealing {
            plaintext: &plaintext,
            older: older.as_deref(),
            key: address.key.as_deref(),
            token: match settings.signature_without_token {
                SignatureWithoutToken::Absent => address.token.as_deref(),
                SignatureWithoutToken::EmptyToken => Some(address.token.as_deref().unwrap_or_default()),
            },
            generation: match settings.callback_wrapper {
                CallbackWrapper::Encrypt => address.generation,
                // The body of the oldest generation is the bare text.
                CallbackWrapper::Bare => Generation::Legacy,
            },
            content_type: content_type(address.generation, settings.legacy_content_type),
            seed: seed(&delivery.id),
        };
        match delivery.hostile {
            None => sealing.seal(),
            Some(hostile) => hostile.distort(&sealing),
        }
    }

    /// The value of a header, by its name in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Gives a header another value, or adds it at the end.
    pub fn set_header(&mut self, name: &'static str, value: String) {
        match self.headers.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, old)) => *old = value,
            None => self.headers.push((name, value)),
        }
    }

    /// Takes a header away.
    pub fn remove_header(&mut self, name: &str) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }
}

/// `Content-Type` by generation; of the legacy one sources tell two different things (`callback docs`).
fn content_type(generation: Generation, legacy: LegacyContentType) -> &'static str {
    match (generation, legacy) {
        (Generation::Legacy, LegacyContentType::TextPlain) => "text/plain",
        (Generation::Legacy, LegacyContentType::ApplicationJson) | (Generation::Company | Generation::Partner, _) => {
            "application/json"
        }
    }
}

/// What a delivery's hostile body draws from: ids come from the world's seed, so this does, too.
fn seed(id: &str) -> u64 {
    let [a, b, c, d, e, f, g, h, ..]: [u8; 32] = Sha256::digest(id.as_bytes()).into();
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}
