//! Whether opened bytes are a message, and of which generation.

use serde_json::{Map, Value};

use super::super::Generation;
use super::super::body::Body;
use super::{Fault, Form};

/// What keeps these bytes from being a message.
pub(super) fn fault_of(plaintext: &[u8]) -> Option<Fault> {
    let text = match std::str::from_utf8(plaintext) {
        Ok(text) => text,
        Err(error) => {
            let offset = error.valid_up_to();
            let bytes = plaintext[offset..].iter().take(4).copied().collect();
            return Some(Fault::NotUtf8 { offset, bytes });
        }
    };
    match serde_json::from_str::<Map<String, Value>>(text) {
        Ok(_) if matches!(Body::read(plaintext), Body::Sealed(_)) => Some(Fault::SealedTwice),
        Ok(_) => None,
        // A whole ciphertext inside; shorter words happen to be base64, too.
        Err(_) if text.len() >= 24 && text.len() % 4 == 0 && matches!(Body::read(plaintext), Body::Bare(_)) => {
            Some(Fault::SealedTwice)
        }
        Err(error) => {
            let place = (error.line(), error.column());
            let offset = offset_of(text, place);
            let said = error.to_string();
            let what = said.split(" at line ").next().unwrap_or_default().to_owned();
            Some(Fault::NotJson { offset, place, what, near: near(text, offset) })
        }
    }
}

/// Which generation of the platform sends this, by its wrapper and by what is inside. (callback docs)
pub(super) fn generation(form: Form, plaintext: &[u8]) -> Option<Generation> {
    let message: Option<Map<String, Value>> = serde_json::from_slice(plaintext).ok();
    let version = message.as_ref().and_then(|message| message.get("MsgVersion")).and_then(Value::as_str);
    match (form, version) {
        (Form::Probe | Form::Junk, _) => None,
        (Form::Bare, _) => Some(Generation::Legacy),
        (Form::Wrapped | Form::Plain, Some("ThirdPartyApp")) => Some(Generation::Partner),
        (Form::Wrapped | Form::Plain, Some("CustomApp")) => Some(Generation::Company),
        (Form::Wrapped | Form::Plain, Some(_)) => None,
        (Form::Plain, None) => message.map(|_| Generation::Legacy),
        (Form::Wrapped, None) => None,
    }
}

/// A place as serde_json counts it, from 1 and in bytes.
fn offset_of(text: &str, (line, column): (usize, usize)) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

/// The text around an offset.
fn near(text: &str, offset: usize) -> String {
    const SHOWN: usize = 16;
    let before = text.char_indices().rev().map(|(at, _)| at).filter(|at| *at <= offset).nth(SHOWN).unwrap_or(0);
    text[before..].chars().take(2 * SHOWN).flat_map(char::escape_debug).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_mistake_is_named() {
        let Some(Fault::NotJson { offset, place, what, near }) = fault_of("{\n \"a\": 测}".as_bytes()) else {
            panic!()
        };
        assert_eq!((offset, place, what.as_str()), (8, (2, 7), "expected value"));
        assert_eq!(near, "{\\n \\\"a\\\": 测}");
        assert_eq!(
            fault_of(b"{\"a\":\"\xff\xfe\"}"),
            Some(Fault::NotUtf8 { offset: 6, bytes: b"\xff\xfe\"}".to_vec() })
        );
        assert!(matches!(fault_of(b"[1]"), Some(Fault::NotJson { .. })), "a message is an object");
        assert!(matches!(fault_of(b""), Some(Fault::NotJson { offset: 0, .. })));
    }

    #[test]
    fn a_generation_is_told_by_wrapper_and_version() {
        let of = |form, text: &str| generation(form, text.as_bytes());
        assert_eq!(of(Form::Wrapped, r#"{"MsgVersion":"CustomApp"}"#), Some(Generation::Company));
        assert_eq!(of(Form::Wrapped, r#"{"MsgVersion":"ThirdPartyApp"}"#), Some(Generation::Partner));
        assert_eq!(of(Form::Bare, "{}"), Some(Generation::Legacy));
        assert_eq!(of(Form::Plain, r#"{"FlowId":"yD"}"#), Some(Generation::Legacy));
        assert_eq!(of(Form::Probe, "{}"), None);
        assert_eq!(of(Form::Wrapped, r#"{"MsgVersion":"NextYear"}"#), None);
    }
}
