//! What may keep a body from being a message, in sentences for people.

use std::fmt;

use super::KeyFault;
use super::blocks::BLOCK;

/// What keeps a body from being a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The body is encrypted, and no key was given.
    KeyMissing,
    /// What was given is no key.
    Key(KeyFault),
    /// Neither JSON nor base64.
    NotSealed {
        /// What it begins with.
        begins: String,
    },
    /// A character that base64 does not have, or has elsewhere.
    Character {
        /// Where in the encrypted text, counted from 0.
        offset: usize,
        /// The character.
        character: char,
        /// What follows from it, or what it may have been.
        hint: &'static str,
    },
    /// Not a number of whole blocks.
    Length {
        /// Characters of the encrypted text.
        characters: usize,
        /// Bytes they stand for.
        bytes: usize,
    },
    /// Every block decrypts to noise.
    OtherKey {
        /// How many blocks there are.
        blocks: usize,
    },
    /// Every block but the first is right.
    OtherVector(Vector),
    /// Some blocks decrypt to noise.
    Damaged {
        /// Which, counted from 0.
        blocks: Vec<usize>,
        /// Of how many.
        of: usize,
    },
    /// The last block does not end as PKCS#7 wants it.
    Padding {
        /// What the last block holds.
        last: [u8; BLOCK],
        /// What kind of end that is.
        kind: Padding,
    },
    /// Opened, and not UTF-8.
    NotUtf8 {
        /// Where in the message, in bytes counted from 0.
        offset: usize,
        /// The bytes there.
        bytes: Vec<u8>,
    },
    /// Opened, and not JSON.
    NotJson {
        /// Where in the message, in bytes counted from 0.
        offset: usize,
        /// Line and column, counted from 1.
        place: (usize, usize),
        /// What the parser says.
        what: String,
        /// What stands around there.
        near: String,
    },
    /// Opened, and inside is a body of the same kind: it was encrypted twice.
    SealedTwice,
}

/// How the first block was chained, where that is not as the platform does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vector {
    /// The last 16 bytes of the key instead of the first.
    EndOfKey,
    /// Sixteen zero bytes.
    Zeros,
    /// A vector of its own stands before the ciphertext.
    Prepended,
    /// Some other vector, which cannot be known; the first 16 bytes of the message are lost.
    Unknown,
}

/// How a last block ends that is not padded as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Padding {
    /// Text up to its last byte.
    None,
    /// Zero bytes after the text.
    Zeros,
    /// The right number at the end, and other bytes before it.
    Uneven,
    /// Neither text nor padding.
    Noise,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyMissing => {
                out.write_str("the body is encrypted: the key of its callback address is needed to open it")
            }
            Self::Key(fault) => fault.fmt(out),
            Self::NotSealed { begins } if begins.is_empty() => out.write_str(
                "there is no body: expected {\"encrypt\":\"...\"}, bare base64, a message in JSON, or the probe {}",
            ),
            Self::NotSealed { begins } => write!(
                out,
                "the body begins with `{begins}`: expected {{\"encrypt\":\"...\"}}, bare base64, a message in JSON, or the probe {{}}"
            ),
            Self::Character { offset, character, hint } => {
                write!(
                    out,
                    "the encrypted text is not base64: `{}` at offset {offset}; {hint}",
                    character.escape_debug()
                )
            }
            Self::Length { characters, bytes } => write!(
                out,
                "the encrypted text has {characters} characters, which are {bytes} bytes: {} blocks of {BLOCK} and {} bytes too many; {}",
                bytes / BLOCK,
                bytes % BLOCK,
                if *bytes == 0 { "there is nothing in it" } else { "was it cut off while copying?" }
            ),
            Self::OtherKey { blocks } => write!(
                out,
                "every one of its {blocks} blocks decrypts to noise: it was encrypted with another key, or is no ciphertext at all"
            ),
            Self::OtherVector(vector) => vector.fmt(out),
            Self::Damaged { blocks, of } => write!(
                out,
                "{} of {of} blocks decrypt to noise ({}), the others to text: the key is right and the encrypted text was changed there; \
                 block n begins at character n * 64 / 3",
                blocks.len(),
                listed(blocks),
            ),
            Self::Padding { last, kind } => write!(
                out,
                "the padding is wrong: the last block holds {} (\"{}\"), {kind}; PKCS#7 ends with 1 to {BLOCK} bytes that each say how many they are",
                hex::encode(last),
                last.escape_ascii()
            ),
            Self::NotUtf8 { offset, bytes } => {
                write!(
                    out,
                    "it opens, but is not UTF-8: the bytes {} at offset {offset} of the message",
                    hex::encode(bytes)
                )
            }
            Self::NotJson { offset, place: (line, column), what, near } => write!(
                out,
                "it opens, but is not JSON: {what} at line {line}, column {column} (offset {offset}), near `{near}`"
            ),
            Self::SealedTwice => {
                out.write_str("it opens, and inside is an encrypted body again: it was encrypted twice")
            }
        }
    }
}

impl fmt::Display for Vector {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("every block but the first is right, so the key is, and the initial vector is not the first 16 bytes of the key: ")?;
        out.write_str(match self {
            Self::EndOfKey => "it is the last 16 bytes of the key",
            Self::Zeros => "it is sixteen zero bytes",
            Self::Prepended => "one of its own stands before the ciphertext",
            Self::Unknown => "which one it is cannot be known; the first 16 bytes of the message are lost",
        })
    }
}

impl fmt::Display for Padding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::None => "text up to its last byte: the sender did not pad, or whole blocks are missing at the end",
            Self::Zeros => "zeros after the text: the sender padded with zero bytes",
            Self::Uneven => "whose last byte is a length and whose bytes before it are not",
            Self::Noise => "which is neither text nor padding",
        })
    }
}

/// Numbers, the first dozen of them.
fn listed(numbers: &[usize]) -> String {
    const SHOWN: usize = 12;
    let mut words: Vec<String> = numbers.iter().take(SHOWN).map(ToString::to_string).collect();
    if numbers.len() > SHOWN {
        words.push("...".to_owned());
    }
    words.join(", ")
}
