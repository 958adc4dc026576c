//! From a message's text to the bytes on the wire: encrypt, wrap, sign (`callback docs`).

use bytes::Bytes;
use ess_client::callback::{self, CallbackKey, Generation};
use http::Method;

use super::transmission::{Pace, Transmission};

/// A message's text and what an address wants done with it.
#[derive(Clone, Copy, Debug)]
pub struct Sealing<'a> {
    /// The message as JSON.
    pub plaintext: &'a [u8],
    /// An earlier message about the same thing, for bodies that replay one.
    pub older: Option<&'a [u8]>,
    /// The AES key, 32 bytes; the message goes plain without one.
    pub key: Option<&'a str>,
    /// The token that signs bodies; no signature without one.
    pub token: Option<&'a str>,
    /// How the body is wrapped.
    pub generation: Generation,
    /// The header `Content-Type`.
    pub content_type: &'static str,
    /// What hostile bodies draw from.
    pub seed: u64,
}

impl Sealing<'_> {
    /// As the platform does it.
    ///
    /// # Errors
    /// The key is none.
    pub fn seal(&self) -> Result<Transmission, String> {
        self.seal_text(self.plaintext)
    }

    /// The same for another text.
    ///
    /// # Errors
    /// The key is none.
    pub fn seal_text(&self, plaintext: &[u8]) -> Result<Transmission, String> {
        let key = self.key.map(CallbackKey::new).transpose().map_err(|error| error.to_string())?;
        Ok(self.carry(callback::seal(plaintext, key.as_ref(), self.generation)))
    }

    /// Signs a finished body and puts the headers to it that the only raw capture of the vendor's sender shows
    /// (`seed scenario-guide`).
    #[must_use]
    pub fn carry(&self, body: impl Into<Bytes>) -> Transmission {
        let body = body.into();
        let mut headers = vec![
            ("Content-Type", self.content_type.to_owned()),
            ("User-Agent", "Go-http-client/1.1".to_owned()),
            ("Accept-Encoding", "gzip".to_owned()),
        ];
        if let Some(token) = self.token {
            headers.push((callback::HEADER, callback::sign(&body, token)));
        }
        Transmission { method: Method::POST, headers, body, length_announced: true, pace: Pace::AtOnce }
    }
}
