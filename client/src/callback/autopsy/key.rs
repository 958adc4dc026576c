//! What is wrong with a text that is no key, and which key was probably meant.

use std::fmt;

use base64::{Engine, prelude::BASE64_STANDARD};

use super::super::CallbackKey;

/// Why a text is no key, as far as that can be told without showing it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyFault {
    /// Blanks, line breaks or quotes around a key; it was used without them.
    Wrapped {
        /// Bytes as given.
        length: usize,
    },
    /// 64 hexadecimal digits; the 32 bytes they stand for were used, and opened nothing else than such a key can.
    Hexadecimal,
    /// Base64 of 32 bytes, likewise.
    Base64,
    /// Too short or too long.
    Length {
        /// Bytes as given.
        length: usize,
        /// Characters as given.
        characters: usize,
        /// The first character a key from the console does not have, and where.
        odd: Option<(usize, char)>,
    },
}

impl fmt::Display for KeyFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LENGTH: usize = CallbackKey::LENGTH;
        match self {
            Self::Wrapped { length } => {
                write!(out, "the key has {length} bytes with the blanks or quotes around it; used: the {LENGTH} inside")
            }
            Self::Hexadecimal => write!(
                out,
                "the key has 64 hexadecimal digits; a key is {LENGTH} characters as they stand, so no platform uses this one as it is; tried: \
                 the {LENGTH} bytes they stand for"
            ),
            Self::Base64 => write!(
                out,
                "the key is base64 of {LENGTH} bytes; a key is {LENGTH} characters as they stand, so no platform uses this one as it is; tried: \
                 the bytes it stands for"
            ),
            Self::Length { length, characters, odd } => {
                write!(out, "the key has {length} bytes")?;
                if characters != length {
                    write!(out, " ({characters} characters)")?;
                }
                let (distance, side) =
                    if *length < LENGTH { (LENGTH - length, "too few") } else { (length - LENGTH, "too many") };
                write!(out, ", {distance} {side}: a callback key has {LENGTH}")?;
                match odd {
                    Some((offset, character)) => {
                        write!(out, "; `{}` at offset {offset} is no letter or digit", character.escape_debug())
                    }
                    None => Ok(()),
                }
            }
        }
    }
}

/// Reads a key; the second value says what was amended for that.
pub(super) fn read(text: &str) -> Result<(CallbackKey, Option<KeyFault>), KeyFault> {
    if let Ok(key) = CallbackKey::new(text) {
        return Ok((key, None));
    }
    let length = text.len();
    let around =
        |character: char| character.is_whitespace() || matches!(character, '"' | '\'' | '`' | ',' | '\u{feff}');
    let inside = text.trim_matches(around);
    if let Ok(key) = CallbackKey::new(inside) {
        return Ok((key, Some(KeyFault::Wrapped { length })));
    }
    if let Some(key) = hex::decode(inside).ok().and_then(of_bytes) {
        return Ok((key, Some(KeyFault::Hexadecimal)));
    }
    if let Some(key) = BASE64_STANDARD.decode(inside).ok().and_then(of_bytes) {
        return Ok((key, Some(KeyFault::Base64)));
    }
    // Every published key is of letters and digits; that the console makes no others is ASSUMED.
    let odd = text.chars().enumerate().find(|(_, character)| !character.is_ascii_alphanumeric());
    Err(KeyFault::Length { length, characters: text.chars().count(), odd })
}

fn of_bytes(bytes: Vec<u8>) -> Option<CallbackKey> {
    Some(CallbackKey::from_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0123456789abcdef0123456789ABCDEF";

    fn said(text: &str) -> String {
        read(text).map_or_else(
            |fault| fault.to_string(),
            |(_, amended)| amended.map(|one| one.to_string()).unwrap_or_default(),
        )
    }

    #[test]
    fn a_wrong_length_says_by_how_much_and_which_character_is_odd() {
        assert_eq!(said(&KEY[1..]), "the key has 31 bytes, 1 too few: a callback key has 32");
        assert_eq!(said(&format!("{KEY}00")), "the key has 34 bytes, 2 too many: a callback key has 32");
        assert_eq!(
            said("0123456789abcdef 123456789ABCDEFG"),
            "the key has 33 bytes, 1 too many: a callback key has 32; ` ` at offset 16 is no letter or digit"
        );
        assert_eq!(
            said("密0123456789abcdef0123456789ABCDEF"),
            "the key has 35 bytes (33 characters), 3 too many: a callback key has 32; `密` at offset 0 is no letter or digit"
        );
    }

    #[test]
    fn what_copying_put_around_a_key_is_taken_off_and_said() {
        for around in [format!("{KEY}\n"), format!("\"{KEY}\""), format!(" '{KEY}', ")] {
            let (key, amended) = read(&around).unwrap();
            assert_eq!(key, CallbackKey::new(KEY).unwrap(), "{around}");
            assert_eq!(amended, Some(KeyFault::Wrapped { length: around.len() }));
        }
    }

    #[test]
    fn a_coded_key_is_tried_decoded() {
        let (_, amended) = read(&hex::encode(KEY)).unwrap();
        assert_eq!(amended, Some(KeyFault::Hexadecimal));
        let (_, amended) = read(&BASE64_STANDARD.encode(KEY)).unwrap();
        assert_eq!(amended, Some(KeyFault::Base64));
    }
}
