//! A callback as the proxy understands it: the message, and how it is packed.

use ess_client::callback::{self, CallbackKey, Generation};
use http::HeaderMap;
use serde_json::Value;

use super::parcel::Parcel;

/// Where a world's callbacks are to go, as the suite registered it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Address {
    pub(crate) url: String,
    pub(crate) key: String,
    pub(crate) token: String,
}

/// A message on its way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Letter {
    pub(crate) message: Value,
    pub(crate) seal: Seal,
    pub(crate) signature: Signature,
    pub(crate) content_type: String,
    /// It goes to whoever else listens.
    pub(crate) astray: bool,
}

/// How a message is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seal {
    /// As it must be.
    Right,
    /// Not at all.
    Plain,
    /// With a key nobody has.
    WrongKey,
    /// With a vector of zeros in place of the key's first half.
    WrongVector,
    /// The bare base64 text, as companies of old receive it.
    Bare,
    /// The last half is missing.
    CutOff,
}

/// What `Content-Signature` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signature {
    /// As it must be.
    Right,
    /// Nothing.
    Missing,
    /// Signed with another token.
    WrongToken,
    /// Signs the message before it was encrypted.
    OfTheMessage,
    /// Without the name of the algorithm before it.
    Unnamed,
}

impl Letter {
    /// What the platform sent to this address. None for what does not open: some cases give the platform another key, or none.
    pub(crate) fn read(parcel: &Parcel, address: &Address) -> Option<Self> {
        let key = CallbackKey::new(&address.key).unwrap();
        let message = callback::open(&parcel.body, &key).ok()?;
        Some(Self {
            message: serde_json::from_slice(&message).ok()?,
            seal: Seal::Right,
            signature: Signature::Right,
            content_type: parcel.header("content-type").unwrap_or_default().to_owned(),
            astray: false,
        })
    }

    /// What goes to the receiver.
    pub(crate) fn pack(&self, headers: &HeaderMap, address: &Address) -> (HeaderMap, Vec<u8>) {
        let plaintext = self.message.to_string().into_bytes();
        let key = CallbackKey::new(&address.key).unwrap();
        let sealed = |text: &[u8], generation| callback::seal(text, Some(&key), generation);
        let body = match self.seal {
            Seal::Right => sealed(&plaintext, Generation::Company),
            Seal::Plain => plaintext.clone(),
            Seal::WrongKey => {
                callback::seal(&plaintext, Some(&CallbackKey::new(&"k".repeat(32)).unwrap()), Generation::Company)
            }
            Seal::WrongVector => {
                // The first block is masked with the vector, which is the first half of the key.
                let mask = address.key.bytes().take(16).chain(std::iter::repeat(0));
                let masked: Vec<u8> = plaintext.iter().zip(mask).map(|(byte, mask)| byte ^ mask).collect();
                sealed(&masked, Generation::Company)
            }
            Seal::Bare => sealed(&plaintext, Generation::Legacy),
            Seal::CutOff => {
                let text = sealed(&plaintext, Generation::Legacy);
                callback::wrap(std::str::from_utf8(&text[..text.len() / 2]).unwrap(), Generation::Company).into_bytes()
            }
        };
        let signature = match self.signature {
            Signature::Right => Some(callback::sign(&body, &address.token)),
            Signature::Missing => None,
            Signature::WrongToken => Some(callback::sign(&body, "another token")),
            Signature::OfTheMessage => Some(callback::sign(&plaintext, &address.token)),
            Signature::Unnamed => Some(callback::sign(&body, &address.token).replace("sha256=", "")),
        };
        let mut headers = headers.clone();
        headers.insert("content-type", self.content_type.parse().unwrap());
        headers.remove(callback::HEADER);
        if let Some(signature) = signature {
            headers.insert(callback::HEADER, signature.parse().unwrap());
        }
        (headers, body)
    }

    pub(crate) fn text(&self, pointer: &str) -> &str {
        self.message.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }
}
