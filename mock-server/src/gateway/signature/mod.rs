//! Is the request signed with the key it names?
//!
//! The steps of the calculation are ess-client's, the same that sign; what is here is what only a verifier needs: to
//! read a signature made by somebody else, to allow for what official clients do differently, to compare in constant
//! time, and to say in the log what we expected. The client learns nothing but the vendor's fault.

mod autopsy;
mod calculation;
mod clock;
mod respelled;
mod suspects;
mod v1;
mod v3;

use std::fmt;

use subtle::ConstantTimeEq;

use super::credential::{Auth, Credential, Proof};
use super::fault::Fault;
use super::incoming::Incoming;

pub use autopsy::{Autopsy, Cause, Difference};
pub use clock::SignatureClock;

/// How far the client's clock may be off, in seconds (page TC3-HMAC-SHA256: five minutes).
pub const CLOCK_TOLERANCE: u64 = 300;

/// What a SecretId stands for.
#[derive(Clone, Copy)]
pub struct Key<'k> {
    /// The secret both sides share.
    pub secret_key: &'k str,
    /// The token of temporary credentials, demanded when there is one.
    pub token: Option<&'k str>,
}

/// Never shows the secret.
impl fmt::Debug for Key<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Key").field("token", &self.token.map(|_| "…")).finish_non_exhaustive()
    }
}

/// Why a request is not accepted: one part for the client, one for the log.
#[derive(Debug)]
pub struct Rejection {
    /// What the client is told.
    pub fault: Fault,
    /// What we expected, where that helps.
    pub autopsy: Option<Box<Autopsy>>,
}

impl From<Fault> for Rejection {
    fn from(fault: Fault) -> Self {
        Self { fault, autopsy: None }
    }
}

/// Checks the proof of a request. `key` is what its SecretId stands for, `None` when nobody has it; `now` is what the clock
/// says that signatures expire by ([`SignatureClock`]), in seconds since 1970.
pub fn verify(
    incoming: &Incoming<'_>,
    credential: &Credential<'_>,
    key: Option<Key<'_>>,
    auth: Auth,
    now: i64,
) -> Result<(), Rejection> {
    if credential.secret_id.is_none() && auth == Auth::Off {
        return Ok(());
    }
    let Some(key) = key else { return Err(unknown(credential)) };
    if auth != Auth::Strict {
        return Ok(());
    }
    if key.token.is_some() && key.token != incoming.token.as_deref() {
        return Err(Fault::TokenFailure.into());
    }
    if incoming.timestamp.abs_diff(now) > CLOCK_TOLERANCE {
        return Err(Rejection {
            fault: Fault::SignatureExpired,
            autopsy: Some(Box::new(Autopsy::of_expired(incoming.timestamp, now))),
        });
    }
    match &credential.proof {
        Proof::V3(proof) => {
            v3::verify(incoming, proof, credential.secret_id.as_deref().unwrap_or_default(), key.secret_key)
        }
        Proof::V1(proof) => v1::verify(incoming, proof, key.secret_key),
        Proof::None => Err(Autopsy::new(Cause::Key, "the request carries no signature").into()),
    }
}

fn unknown(credential: &Credential<'_>) -> Rejection {
    let secret_id = credential.secret_id.as_deref().unwrap_or_default();
    let finding = format!("nobody here has the SecretId `{secret_id}`: GET /_mock/world shows the keys of a world");
    Rejection { fault: Fault::SecretIdNotFound, autopsy: Some(Box::new(Autopsy::new(Cause::Key, finding))) }
}

/// Compares what was sent with what we computed, in a time that does not tell where they differ.
fn same(sent: &str, computed: &str) -> bool {
    sent.as_bytes().ct_eq(computed.as_bytes()).into()
}

/// The Host header without its port, if it has one: what the Node SDK signs (wire).
fn without_port(host: &str) -> Option<&str> {
    let (name, port) = host.rsplit_once(':')?;
    (!port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_port_is_taken_off_a_host() {
        assert_eq!(without_port("127.0.0.1:8480"), Some("127.0.0.1"));
        assert_eq!(without_port("http://127.0.0.1:8480"), Some("http://127.0.0.1"));
        assert_eq!(without_port("[::1]:80"), Some("[::1]"));
        assert_eq!(without_port("[::1]"), None);
        assert_eq!(without_port("ess.tencentcloudapi.com"), None);
    }

    #[test]
    fn a_key_never_shows_its_secret() {
        let key = Key { secret_key: "verysecret", token: Some("alsosecret") };

        assert!(!format!("{key:?}").contains("secret\"") && !format!("{key:?}").contains("verysecret"));
        assert!(!format!("{key:?}").contains("alsosecret"));
    }
}
