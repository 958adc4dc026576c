//! Whose key a request uses and how it proves it: the header `Authorization` of the newer generation, the parameters
//! `SecretId`, `Signature` and `SignatureMethod` of the older one.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::fault::Fault;
use super::headers::single;
use super::incoming::{Incoming, Params, Protocol};
use super::pairs::{self, Pairs};

/// How strictly signatures are checked (`--auth`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Auth {
    /// As the vendor does: a correct signature of a known key, not older than five minutes.
    #[default]
    Strict,
    /// Any signature of a known SecretId.
    Lenient,
    /// Also calls that carry no signature.
    Off,
}

impl FromStr for Auth {
    type Err = UnknownAuth;

    fn from_str(name: &str) -> Result<Self, UnknownAuth> {
        match name {
            "strict" => Ok(Self::Strict),
            "lenient" => Ok(Self::Lenient),
            "off" => Ok(Self::Off),
            _ => Err(UnknownAuth(name.to_owned())),
        }
    }
}

impl fmt::Display for Auth {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Strict => "strict",
            Self::Lenient => "lenient",
            Self::Off => "off",
        })
    }
}

/// A word that is no [`Auth`] mode.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected strict, lenient or off, found `{0}`")]
pub struct UnknownAuth(String);

/// Who a request says it comes from.
#[derive(Debug)]
pub struct Credential<'a> {
    /// The key's name. `None` only with [`Auth::Off`].
    pub secret_id: Option<Cow<'a, str>>,
    /// What is to prove it.
    pub proof: Proof<'a>,
}

/// What a request offers as proof.
#[derive(Debug)]
pub enum Proof<'a> {
    /// Nothing usable, which only [`Auth::Lenient`] and [`Auth::Off`] let pass.
    None,
    /// TC3-HMAC-SHA256.
    V3(V3Proof<'a>),
    /// HmacSHA1 or HmacSHA256 over the parameters.
    V1(V1Proof<'a>),
}

/// The parts of an `Authorization` header, as given.
#[derive(Debug, PartialEq, Eq)]
pub struct V3Proof<'a> {
    /// Date of the credential scope.
    pub date: &'a str,
    /// Service of the credential scope: anything.
    pub service: &'a str,
    /// Names joined by `;`.
    pub signed_headers: &'a str,
    /// Hexadecimal.
    pub signature: &'a str,
}

/// The older generation's proof.
#[derive(Debug, PartialEq, Eq)]
pub struct V1Proof<'a> {
    /// `HmacSHA1` (also when absent) or `HmacSHA256`.
    pub method: Option<Cow<'a, str>>,
    /// Base64.
    pub signature: Cow<'a, str>,
}

/// Finds the credential of a request.
pub fn read<'a>(incoming: &Incoming<'a>, auth: Auth) -> Result<Credential<'a>, Fault> {
    let found = match (incoming.protocol, &incoming.params) {
        (Protocol::V1, Params::Pairs(pairs)) => of_parameters(pairs),
        (Protocol::V1, Params::Json(_) | Params::Parts(_)) | (Protocol::V3, _) => of_header(incoming),
    };
    match (auth, found) {
        (Auth::Strict, Ok((secret_id, proof))) => Ok(Credential { secret_id: Some(secret_id), proof: proof? }),
        (Auth::Lenient | Auth::Off, Ok((secret_id, proof))) => {
            Ok(Credential { secret_id: Some(secret_id), proof: proof.unwrap_or(Proof::None) })
        }
        (Auth::Strict | Auth::Lenient, Err(fault)) => Err(fault),
        (Auth::Off, Err(_)) => Ok(Credential { secret_id: None, proof: Proof::None }),
    }
}

/// A SecretId, and the proof or why there is none.
type Found<'a> = Result<(Cow<'a, str>, Result<Proof<'a>, Fault>), Fault>;

fn of_header<'a>(incoming: &Incoming<'a>) -> Found<'a> {
    let header = single(incoming.headers, "authorization", "Authorization")?;
    let header = header.ok_or_else(|| Fault::Missing { name: "Authorization".into() })?;
    let parts = header.strip_prefix("TC3-HMAC-SHA256").ok_or(invalid("`SignatureMethod` not valid"))?;
    let part = |name: &str| {
        let given = parts.split(',').filter_map(|part| part.trim().split_once('='));
        given.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value).filter(|value| !value.is_empty())
    };

    let credential = part("Credential").ok_or(invalid("`Credential` not found"))?;
    let mut scope = credential.rsplitn(4, '/');
    let (Some("tc3_request"), Some(service), Some(date), Some(secret_id)) =
        (scope.next(), scope.next(), scope.next(), scope.next())
    else {
        return Err(invalid("`Credential` not valid"));
    };
    if secret_id.is_empty() {
        // issue TencentCloud/tencentcloud-sdk-nodejs#80: what a client without a key is told.
        return Err(Fault::Missing { name: "SecretId".into() });
    }

    let proof = match (part("SignedHeaders"), part("Signature")) {
        (None, _) => Err(invalid("`SignedHeaders` not found")),
        // page TC3-HMAC-SHA256: these two must be signed.
        (Some(headers), _) if !names(headers, "content-type") || !names(headers, "host") => {
            Err(invalid("`SignedHeaders` not valid"))
        }
        (Some(_), None) => Err(invalid("`Signature` not found")),
        (Some(signed_headers), Some(signature)) => Ok(Proof::V3(V3Proof { date, service, signed_headers, signature })),
    };
    Ok((Cow::Borrowed(secret_id), proof))
}

fn names(signed_headers: &str, name: &str) -> bool {
    signed_headers.split(';').any(|signed| signed.eq_ignore_ascii_case(name))
}

fn invalid(detail: &'static str) -> Fault {
    Fault::InvalidAuthorization { detail }
}

fn of_parameters<'a>(pairs: &Pairs<'a>) -> Found<'a> {
    let value = |name: &str| {
        let found = pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        found.filter(|value| !value.is_empty())
    };
    let missing = |name: &str| Fault::Missing { name: name.to_owned() };

    let secret_id = value("SecretId").ok_or_else(|| missing("SecretId"))?;
    let proof = match (value("Signature"), pairs::find(pairs, "Nonce")) {
        (None, _) => Err(missing("Signature")),
        (Some(_), None) => Err(missing("Nonce")),
        (Some(signature), Some(_)) => Ok(Proof::V1(V1Proof { method: value("SignatureMethod"), signature })),
    };
    Ok((secret_id, proof))
}
