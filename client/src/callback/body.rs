//! The body of a callback: how each generation of the platform wraps a message, and how a receiver tells them apart.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::CallbackKey;
use super::cipher::{self, OpenError};

/// Which generation of the platform an address was configured in. (callback docs)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Generation {
    /// A company's own app: an envelope with `MsgVersion` `CustomApp`, wrapped as `{"encrypt": "..."}`.
    Company,
    /// A platform's app: an envelope with `MsgVersion` `ThirdPartyApp`, wrapped as `{"encrypt": "..."}`.
    Partner,
    /// Companies registered before 2023-05-15: the base64 text is the whole body.
    Legacy,
}

impl Generation {
    /// The header `Content-Type` of this generation's requests. The legacy one is that of the only raw capture. (callback docs)
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Company | Self::Partner => "application/json",
            Self::Legacy => "text/plain",
        }
    }

    /// `MsgVersion` of this generation's envelopes; the legacy one has none.
    pub fn message_version(self) -> Option<&'static str> {
        match self {
            Self::Company => Some("CustomApp"),
            Self::Partner => Some("ThirdPartyApp"),
            Self::Legacy => None,
        }
    }
}

/// Makes the body that carries `plaintext`. Without a key the message itself is the body.
/// (ASSUMED for the plaintext mode: the page only says that a plain message is sent)
pub fn seal(plaintext: &[u8], key: Option<&CallbackKey>, generation: Generation) -> Vec<u8> {
    let Some(key) = key else { return plaintext.to_vec() };
    wrap(&cipher::encrypt(plaintext, key), generation).into_bytes()
}

/// Makes the body around a message's encrypted text.
pub fn wrap(text: &str, generation: Generation) -> String {
    match generation {
        // Base64 has no character that JSON escapes.
        Generation::Company | Generation::Partner => format!(r#"{{"encrypt":"{text}"}}"#),
        Generation::Legacy => text.to_owned(),
    }
}

/// Opens an encrypted body of any generation. A receiver verifies the signature first: see [`Receiver`](super::Receiver).
pub fn open(body: &[u8], key: &CallbackKey) -> Result<Vec<u8>, OpenError> {
    match Body::read(body) {
        Body::Sealed(text) => cipher::decrypt(text.as_bytes(), key),
        Body::Bare(text) => cipher::decrypt(text, key),
        Body::Plain | Body::Probe | Body::Junk => Err(OpenError::NotSealed),
    }
}

/// What a body is by its shape alone. (callback docs; the probe: the vendor's dispatcher)
#[derive(Debug, PartialEq)]
pub(super) enum Body<'a> {
    /// A JSON object with a text `encrypt`.
    Sealed(String),
    /// The characters of base64 and nothing else: the legacy generation.
    Bare(&'a [u8]),
    /// A JSON object with `MsgType` or `FlowId`: a message without encryption.
    Plain,
    /// `{}` or any other JSON object: the platform asks whether somebody listens.
    Probe,
    /// Anything else.
    Junk,
}

impl<'a> Body<'a> {
    pub(super) fn read(body: &'a [u8]) -> Self {
        if let Ok(mut object) = serde_json::from_slice::<Map<String, Value>>(body) {
            return match object.remove("encrypt") {
                Some(Value::String(text)) => Self::Sealed(text),
                _ if object.contains_key("MsgType") || object.contains_key("FlowId") => Self::Plain,
                _ => Self::Probe,
            };
        }
        let text = body.trim_ascii();
        let of_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
        if !text.is_empty() && text.iter().all(of_base64) { Self::Bare(text) } else { Self::Junk }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> CallbackKey {
        CallbackKey::new("0123456789abcdef0123456789ABCDEF").unwrap()
    }

    #[test]
    fn a_body_is_told_by_its_shape() {
        assert_eq!(Body::read(br#"{"encrypt":"abc","MsgType":"x"}"#), Body::Sealed("abc".into()));
        assert_eq!(Body::read(br#"{"MsgType":"FlowCost"}"#), Body::Plain);
        assert_eq!(Body::read(br#" {"FlowId":"yD"} "#), Body::Plain, "a legacy contract message has no envelope");
        for probe in ["{}", r#"{"encrypt":5}"#, r#"{"hello":"world"}"#] {
            assert_eq!(Body::read(probe.as_bytes()), Body::Probe, "{probe}");
        }
        assert_eq!(Body::read(b"YWJj+/==\n"), Body::Bare(b"YWJj+/=="));
        for junk in ["\"YWJj\"", "[]", "", "{", "\u{feff}{}", "YW Jj", "ä"] {
            assert_eq!(Body::read(junk.as_bytes()), Body::Junk, "{junk}");
        }
    }

    #[test]
    fn opening_says_what_is_wrong_with_the_body() {
        assert_eq!(open(b"{}", &key()), Err(OpenError::NotSealed));
        assert_eq!(open(br#"{"encrypt":"a b"}"#, &key()), Err(OpenError::NotBase64));
        assert_eq!(open(br#"{"encrypt":""}"#, &key()), Err(OpenError::Length { length: 0 }));
        assert_eq!(open(b"YWJj", &key()), Err(OpenError::Length { length: 3 }));
        let of_another_key = seal(b"message", Some(&CallbackKey::new(&"k".repeat(32)).unwrap()), Generation::Legacy);
        assert_eq!(open(&of_another_key, &key()), Err(OpenError::Padding));
    }

    #[test]
    fn without_a_key_the_message_is_the_body() {
        for generation in [Generation::Company, Generation::Partner, Generation::Legacy] {
            assert_eq!(seal(b"{}", None, generation), b"{}");
        }
    }

    #[test]
    fn a_key_gives_equal_bodies_for_equal_messages() {
        let seal = || seal(b"message", Some(&key()), Generation::Company);

        assert_eq!(seal(), seal(), "the initial vector is fixed, so a resend has the same bytes");
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens_to_the_same_bytes(plaintext: Vec<u8>, text in "[ -~]{32}") {
            let key = CallbackKey::new(&text).unwrap();
            for generation in [Generation::Company, Generation::Partner, Generation::Legacy] {
                let body = seal(&plaintext, Some(&key), generation);
                prop_assert_eq!(open(&body, &key), Ok(plaintext.clone()));
            }
        }

        #[test]
        fn opening_any_bytes_never_panics(bytes: Vec<u8>, blocks in prop::collection::vec(any::<[u8; 16]>(), 0..4)) {
            use base64::{Engine, prelude::BASE64_STANDARD};
            let _ = open(&bytes, &key());
            let _ = open(BASE64_STANDARD.encode(&bytes).as_bytes(), &key());
            let _ = open(BASE64_STANDARD.encode(blocks.concat()).as_bytes(), &key());
        }
    }
}
