//! Deciding what to do with a request that claims to be a callback: verify first, decrypt second. (callback docs)

use std::fmt;

use thiserror::Error;

use super::CallbackKey;
use super::body::Body;
use super::cipher::{self, OpenError};
use super::message::{Message, MessageError};
use super::signature::{self, HEADER, WrongSignature};

/// What one address knows: its key and its token, each as configured at the platform.
///
/// ```
/// use ess_client::callback::{CallbackKey, Event, Generation, Received, Receiver, seal, sign};
/// use ess_client::schemas::callbacks::AnyMessage;
///
/// let key = CallbackKey::new("0123456789abcdef0123456789ABCDEF")?;
/// let receiver = Receiver::new().with_key(key.clone()).with_token("token");
///
/// // What arrives: a body, and the value of the header `Content-Signature`.
/// let message = r#"{"MsgId":"1","MsgType":"TemplateAdd","MsgVersion":"CustomApp","MsgData":{"TemplateId":"yDT"}}"#;
/// let body = seal(message.as_bytes(), Some(&key), Generation::Company);
/// let header = sign(&body, "token");
///
/// let status = match receiver.receive(&body, Some(&header)) {
///     Ok(Received::Probe) => 200,
///     Ok(Received::Message(message)) => {
///         if let Event::Company(AnyMessage::TemplateAdd(added)) = message.event() {
///             assert_eq!(added.template_id, "yDT"); // remember it: answer first, work later
///         }
///         200
///     }
///     Err(refusal) => refusal.http_status(),
/// };
/// assert_eq!(status, 200);
/// # Ok::<(), ess_client::callback::KeyError>(())
/// ```
#[derive(Clone, Default)]
pub struct Receiver {
    key: Option<CallbackKey>,
    token: Option<String>,
}

/// What arrived, when it may be believed. Either is answered with HTTP 200.
#[derive(Clone, Debug, PartialEq)]
pub enum Received {
    /// The platform asks whether somebody listens; there is nothing to do.
    Probe,
    /// Something happened.
    Message(Message),
}

/// Why a request was not believed, or not understood.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Refusal {
    /// A token is configured, so every message must be signed.
    #[error("the request has no header {HEADER}, but a token is configured here")]
    SignatureMissing,
    /// The signature is not that of this body and token.
    #[error(transparent)]
    SignatureWrong(#[from] WrongSignature),
    /// The platform has a token and this receiver has none; as the vendor's dispatcher, it believes no signature it cannot check.
    #[error("the request is signed, but no token is configured here")]
    SignatureUnexpected,
    /// No message is that long. Whatever server is in front must not read bodies without end, either.
    #[error("the body has {length} bytes, and no message has more than {}", Receiver::LONGEST_BODY)]
    TooLong {
        /// Bytes of the body.
        length: usize,
    },
    /// The body is encrypted and this receiver has no key.
    #[error("the body is encrypted, but no key is configured here")]
    KeyMissing,
    /// Nothing proves where this came from: anybody can send such a body.
    #[error("the body is neither encrypted nor signed, but a key is configured here")]
    Unprotected,
    /// The body is no callback, or its text cannot be decrypted.
    #[error("the body cannot be opened")]
    Unopened(#[from] OpenError),
    /// The body was opened, and there is no message in it.
    #[error("the body holds no message")]
    NoMessage(#[from] MessageError),
}

impl Refusal {
    /// The status to answer with: 403 for a signature, 413 for a body that is too long, 400 for anything else. The platform sends the message again after either. (wire)
    pub fn http_status(&self) -> u16 {
        match self {
            Self::SignatureMissing | Self::SignatureWrong(_) | Self::SignatureUnexpected | Self::Unprotected => 403,
            Self::TooLong { .. } => 413,
            Self::KeyMissing | Self::Unopened(_) | Self::NoMessage(_) => 400,
        }
    }
}

impl Receiver {
    /// No body may have more bytes. ASSUMED: no page names a limit; the longest fields of a message have some 20 kB.
    pub const LONGEST_BODY: usize = 1024 * 1024;

    /// A receiver of plain, unsigned messages.
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects encrypted bodies. A message that is not encrypted is then believed only if it is signed.
    pub fn with_key(self, key: CallbackKey) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Expects signed requests.
    pub fn with_token(self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self }
    }

    /// Judges one request by the bytes of its body and the value of its header `Content-Signature`, if it has one.
    pub fn receive(&self, body: &[u8], signature: Option<&str>) -> Result<Received, Refusal> {
        if body.len() > Self::LONGEST_BODY {
            return Err(Refusal::TooLong { length: body.len() });
        }
        let signed = self.verify(body, signature)?;
        let shape = Body::read(body);
        if self.token.is_some() && !signed && shape != Body::Probe {
            return Err(Refusal::SignatureMissing);
        }
        let plaintext = match shape {
            Body::Probe => return Ok(Received::Probe),
            Body::Plain if self.key.is_some() && !signed => return Err(Refusal::Unprotected),
            Body::Plain => body.to_vec(),
            Body::Sealed(text) => self.decrypt(text.as_bytes())?,
            Body::Bare(text) => self.decrypt(text)?,
            Body::Junk => return Err(OpenError::NotSealed.into()),
        };
        Ok(Received::Message(Message::parse(plaintext)?))
    }

    /// Whether the request carries a signature, which is then right.
    fn verify(&self, body: &[u8], signature: Option<&str>) -> Result<bool, Refusal> {
        match (signature, &self.token) {
            (None, _) => Ok(false),
            (Some(_), None) => Err(Refusal::SignatureUnexpected),
            (Some(signature), Some(token)) => Ok(signature::verify(body, signature, token).map(|()| true)?),
        }
    }

    fn decrypt(&self, text: &[u8]) -> Result<Vec<u8>, Refusal> {
        let key = self.key.as_ref().ok_or(Refusal::KeyMissing)?;
        Ok(cipher::decrypt(text, key)?)
    }
}

/// Says whether key and token are there, never what they are.
impl fmt::Debug for Receiver {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Receiver").field("key", &self.key.is_some()).field("token", &self.token.is_some()).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Generation, seal, sign};
    use super::*;

    const MESSAGE: &[u8] = br#"{"MsgId":"1","MsgType":"FlowCost","MsgVersion":"CustomApp","MsgData":{"Cost":1}}"#;

    fn key() -> CallbackKey {
        CallbackKey::new("0123456789abcdef0123456789ABCDEF").unwrap()
    }

    fn sealed() -> Vec<u8> {
        seal(MESSAGE, Some(&key()), Generation::Company)
    }

    fn receives_message(receiver: &Receiver, body: &[u8], signature: Option<&str>) -> bool {
        matches!(receiver.receive(body, signature), Ok(Received::Message(_)))
    }

    #[test]
    fn with_a_token_every_message_must_be_signed() {
        let receiver = Receiver::new().with_key(key()).with_token("token");

        for body in [sealed(), MESSAGE.to_vec(), seal(MESSAGE, Some(&key()), Generation::Legacy)] {
            assert!(receives_message(&receiver, &body, Some(&sign(&body, "token"))));
            let refusal = receiver.receive(&body, None).unwrap_err();
            assert!(matches!(refusal, Refusal::SignatureMissing), "{refusal:?}");
            let refusal = receiver.receive(&body, Some(&sign(&body, "another"))).unwrap_err();
            assert!(matches!(refusal, Refusal::SignatureWrong(_)), "{refusal:?}");
        }
    }

    #[test]
    fn the_signature_is_judged_before_anything_is_decrypted() {
        let receiver = Receiver::new().with_key(key()).with_token("token");

        let refusal = receiver.receive(br#"{"encrypt":"not base64"}"#, Some("sha256=00")).unwrap_err();

        assert!(matches!(refusal, Refusal::SignatureWrong(_)), "{refusal:?}");
        assert_eq!(refusal.http_status(), 403);
    }

    #[test]
    fn a_probe_needs_no_signature_but_a_wrong_one_is_refused() {
        let receiver = Receiver::new().with_key(key()).with_token("token");

        assert_eq!(receiver.receive(b"{}", None).unwrap(), Received::Probe);
        assert_eq!(receiver.receive(b"{}", Some(&sign(b"{}", "token"))).unwrap(), Received::Probe);
        assert!(matches!(receiver.receive(b"{}", Some("sha256=00")), Err(Refusal::SignatureWrong(_))));
    }

    #[test]
    fn without_a_token_a_signature_is_not_believed() {
        let receiver = Receiver::new().with_key(key());

        let refusal = receiver.receive(&sealed(), Some(&sign(&sealed(), "token"))).unwrap_err();

        assert!(matches!(refusal, Refusal::SignatureUnexpected), "{refusal:?}");
    }

    #[test]
    fn with_a_key_an_unencrypted_message_is_believed_only_if_it_is_signed() {
        let with_key = Receiver::new().with_key(key());

        assert!(receives_message(&with_key, &sealed(), None), "the key proves the sender");
        assert!(matches!(with_key.receive(MESSAGE, None), Err(Refusal::Unprotected)));
        assert!(receives_message(&Receiver::new(), MESSAGE, None), "plaintext mode without a token");
    }

    #[test]
    fn what_cannot_be_opened_says_why() {
        let with_key = Receiver::new().with_key(key());

        assert!(matches!(Receiver::new().receive(&sealed(), None), Err(Refusal::KeyMissing)));
        for (body, expected) in [
            (&b"hello world"[..], OpenError::NotSealed),
            (b"", OpenError::NotSealed),
            (b"[]", OpenError::NotSealed),
            (b"abcd", OpenError::Length { length: 3 }),
            (br#"{"encrypt":"%"}"#, OpenError::NotBase64),
        ] {
            let refusal = with_key.receive(body, None).unwrap_err();
            assert_eq!(refusal.http_status(), 400);
            assert!(matches!(&refusal, Refusal::Unopened(found) if *found == expected), "{refusal:?}");
        }
        let no_object = seal(b"[1]", Some(&key()), Generation::Company);
        assert!(matches!(with_key.receive(&no_object, None), Err(Refusal::NoMessage(_))));
    }

    #[test]
    fn a_body_that_no_message_needs_is_refused_unread() {
        let receiver = Receiver::new().with_token("token");
        let mut long = vec![b' '; Receiver::LONGEST_BODY - MESSAGE.len()];
        long.extend_from_slice(MESSAGE);

        assert!(receives_message(&receiver, &long, Some(&sign(&long, "token"))));
        long.push(b' ');
        let refusal = receiver.receive(&long, Some(&sign(&long, "token"))).unwrap_err();
        assert!(matches!(refusal, Refusal::TooLong { .. }), "{refusal:?}");
        assert_eq!(refusal.http_status(), 413);
    }

    #[test]
    fn a_receiver_never_prints_its_secrets() {
        let shown = format!("{:?}", Receiver::new().with_key(key()).with_token("tell nobody"));

        assert_eq!(shown, "Receiver { key: true, token: true }");
    }

    proptest! {
        #[test]
        fn nothing_is_believed_without_the_tokens_signature(body: Vec<u8>, header in prop::option::of("(sha256=[0-9a-f]{64})|.*")) {
            let receiver = Receiver::new().with_key(key()).with_token("token");

            for body in [body, sealed(), MESSAGE.to_vec()] {
                let received = receiver.receive(&body, header.as_deref());
                prop_assert!(!matches!(received, Ok(Received::Message(_))));
            }
        }
    }
}
