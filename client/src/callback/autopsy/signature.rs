//! What a signature is a signature of, when it is not one of the body.

use std::fmt;

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use super::super::signature::{HEADER, sign, verify};
use super::paste::wrapped;
use crate::signature::hmac_sha256;

/// What was found of the header `Content-Signature`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureFinding {
    /// It is the body's.
    Right,
    /// It is explained by these mistakes together.
    Mistaken(Vec<Deviation>),
    /// Another token, or another body; the header's value would have been this.
    Unexplained {
        /// The right value.
        expected: String,
    },
}

/// One mistake in making a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Deviation {
    /// Over the base64 text inside of the wrapper.
    OverInnerText,
    /// Over the decrypted message.
    OverPlaintext,
    /// Over the body with a line break after it.
    OverBodyWithLineBreak,
    /// Over the body written anew with a blank after the colon, as many JSON writers do.
    OverBodyWrittenAnew,
    /// Keyed with the AES key instead of the token.
    KeyedWithAesKey,
    /// Keyed with the token and what stands around it, or without.
    TokenTrimmed,
    /// Not keyed at all: a bare SHA-256.
    Unkeyed,
    /// In upper case.
    UpperCase,
    /// Without `sha256=` before it, or with another word.
    Prefix,
    /// In base64 instead of hexadecimal digits.
    InBase64,
    /// With blanks or quotes around it.
    Blanks,
}

impl fmt::Display for Deviation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::OverInnerText => "it is over the base64 text inside of {\"encrypt\":...}, not over the whole body",
            Self::OverPlaintext => "it is over the decrypted message, not over the body as it travels",
            Self::OverBodyWithLineBreak => "it is over the body with a line break after it",
            Self::OverBodyWrittenAnew => {
                "it is over the JSON written anew with a blank after the colon, not over the bytes that travelled"
            }
            Self::KeyedWithAesKey => "it is keyed with the AES key instead of the token",
            Self::TokenTrimmed => "it is keyed with the token without the blanks given around it",
            Self::Unkeyed => "it is a plain SHA-256 without any token",
            Self::UpperCase => "its digits are in upper case",
            Self::Prefix => "it does not begin with `sha256=`",
            Self::InBase64 => "it is in base64 instead of hexadecimal digits",
            Self::Blanks => "blanks or quotes stand around it",
        })
    }
}

impl fmt::Display for SignatureFinding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Right => write!(out, "{HEADER} is right: HMAC-SHA256 of the body with this token"),
            Self::Mistaken(deviations) => {
                write!(out, "{HEADER} is wrong: ")?;
                for (number, deviation) in deviations.iter().enumerate() {
                    write!(out, "{}{deviation}", if number == 0 { "" } else { "; " })?;
                }
                Ok(())
            }
            Self::Unexplained { expected } => {
                write!(
                    out,
                    "{HEADER} is wrong: another token, or another body; with this token and body it is {expected}"
                )
            }
        }
    }
}

/// What signatures are mistakenly made of.
pub(super) struct Near<'a> {
    pub(super) body: &'a [u8],
    pub(super) text: &'a str,
    pub(super) plaintext: &'a [u8],
    pub(super) key: &'a str,
}

/// Judges a header's value.
pub(super) fn judge(near: &Near<'_>, header: &str, token: &str) -> SignatureFinding {
    if verify(near.body, header, token).is_ok() {
        return SignatureFinding::Right;
    }
    let mut written = Vec::new();
    if let Some(digest) = read(header, &mut written)
        && let Some(mut made) = explained(near, &digest, token)
    {
        made.extend(written);
        return SignatureFinding::Mistaken(made);
    }
    SignatureFinding::Unexplained { expected: sign(near.body, token) }
}

/// The 32 bytes a header's value stands for, and how its way of writing is not the platform's.
fn read(header: &str, written: &mut Vec<Deviation>) -> Option<Vec<u8>> {
    let inside =
        header.trim_matches(|character: char| character.is_whitespace() || matches!(character, '"' | '\'' | '`'));
    if inside.len() < header.len() {
        written.push(Deviation::Blanks);
    }
    let digits = inside.strip_prefix("sha256=");
    if digits.is_none() {
        written.push(Deviation::Prefix);
    }
    let after = |sign: char| inside.split_once(sign).map(|(_, digits)| digits.trim());
    let digits = digits.or_else(|| after('=').filter(|rest| rest.len() >= 43)).or_else(|| after(':')).unwrap_or(inside);
    if let Ok(digest) = hex::decode(digits).map(|digest| digest.to_vec()) {
        if digits.bytes().any(|digit| digit.is_ascii_uppercase()) {
            written.push(Deviation::UpperCase);
        }
        return Some(digest);
    }
    let digest = BASE64_STANDARD.decode(digits).ok()?;
    written.push(Deviation::InBase64);
    Some(digest)
}

/// The mistakes that lead to this digest; none at all where it is the body's.
fn explained(near: &Near<'_>, digest: &[u8], token: &str) -> Option<Vec<Deviation>> {
    let with_line_break = [near.body, b"\n"].concat();
    let anew = String::from_utf8_lossy(&wrapped(near.text)).replace("\":\"", "\": \"").into_bytes();
    let bodies: [(Option<Deviation>, &[u8]); 5] = [
        (None, near.body),
        (Some(Deviation::OverInnerText), near.text.as_bytes()),
        (Some(Deviation::OverPlaintext), near.plaintext),
        (Some(Deviation::OverBodyWithLineBreak), &with_line_break),
        (Some(Deviation::OverBodyWrittenAnew), &anew),
    ];
    let keys =
        [(None, token), (Some(Deviation::KeyedWithAesKey), near.key), (Some(Deviation::TokenTrimmed), token.trim())];
    for (over, body) in bodies {
        for (keyed, key) in keys {
            if hmac_sha256(key.as_bytes(), body) == digest {
                return Some(over.into_iter().chain(keyed).collect());
            }
        }
        if Sha256::digest(body).as_slice() == digest {
            return Some(over.into_iter().chain([Deviation::Unkeyed]).collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"encrypt":"abcd"}"#;

    fn found(header: &str) -> SignatureFinding {
        judge(&Near { body: BODY, text: "abcd", plaintext: b"{}", key: "the AES key" }, header, "token")
    }

    #[test]
    fn the_bodys_signature_is_right() {
        assert_eq!(found(&sign(BODY, "token")), SignatureFinding::Right);
    }

    #[test]
    fn every_mistake_is_known_again_alone_and_together() {
        use Deviation::{
            Blanks, InBase64, KeyedWithAesKey, OverBodyWithLineBreak, OverBodyWrittenAnew, OverInnerText,
            OverPlaintext, Prefix, Unkeyed, UpperCase,
        };
        let right = sign(BODY, "token");
        let cases: [(String, &[Deviation]); 11] = [
            (sign(b"abcd", "token"), &[OverInnerText]),
            (sign(b"{}", "token"), &[OverPlaintext]),
            (sign(b"{\"encrypt\":\"abcd\"}\n", "token"), &[OverBodyWithLineBreak]),
            (sign(br#"{"encrypt": "abcd"}"#, "token"), &[OverBodyWrittenAnew]),
            (sign(BODY, "the AES key"), &[KeyedWithAesKey]),
            (format!("sha256={}", hex::encode(Sha256::digest(BODY))), &[Unkeyed]),
            (right.to_uppercase().replace("SHA256", "sha256"), &[UpperCase]),
            (right.replace("sha256=", ""), &[Prefix]),
            (format!("sha256={}", BASE64_STANDARD.encode(hmac_sha256(b"token", BODY))), &[InBase64]),
            (format!(" {right} "), &[Blanks]),
            (
                sign(b"abcd", "the AES key").replace("sha256=", "").to_uppercase(),
                &[OverInnerText, KeyedWithAesKey, Prefix, UpperCase],
            ),
        ];
        for (header, deviations) in cases {
            assert_eq!(found(&header), SignatureFinding::Mistaken(deviations.to_vec()), "{header}");
        }
    }

    #[test]
    fn another_token_is_unexplained_and_the_right_value_is_said() {
        assert_eq!(found(&sign(BODY, "other")), SignatureFinding::Unexplained { expected: sign(BODY, "token") });
        assert_eq!(found("sha256=zz"), SignatureFinding::Unexplained { expected: sign(BODY, "token") });
    }
}
