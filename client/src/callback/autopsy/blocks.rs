//! From the encrypted text to the message, block by block, so that what is wrong can be told from where.
//!
//! In this mode a block that was changed decrypts to noise, and the block after it differs in the changed bits; all others are right. Another
//! key makes noise of every block, another initial vector only of the first.

use aes::Aes256Dec;
use aes::cipher::{BlockCipherDecrypt, KeyInit};
use base64::{DecodeError, Engine, prelude::BASE64_STANDARD};

use super::super::CallbackKey;
use super::fault::{Fault, Padding, Vector};
use super::paste::Remark;
use super::plausible::{is_noise, padding};
use super::reading;

/// Bytes of a block.
pub(super) const BLOCK: usize = 16;

/// One block.
pub(super) type Block = [u8; BLOCK];

/// What came of opening a text.
#[derive(Default)]
pub(super) struct Opened {
    pub(super) remark: Option<Remark>,
    pub(super) fault: Option<Fault>,
    pub(super) plaintext: Vec<u8>,
}

/// Decrypts blocks, each by itself.
pub(super) struct Cipher(Aes256Dec);

impl Cipher {
    pub(super) fn new(key: &CallbackKey) -> Self {
        Self(Aes256Dec::new(key.bytes().into()))
    }

    /// A block before it is chained to the one before it.
    pub(super) fn decrypt(&self, block: &Block) -> Block {
        let mut bytes = (*block).into();
        self.0.decrypt_block(&mut bytes);
        bytes.into()
    }
}

/// Chains a decrypted block to the ciphertext before it.
pub(super) fn chained(decrypted: &Block, before: &Block) -> Block {
    std::array::from_fn(|at| decrypted[at] ^ before[at])
}

/// Opens a text, as far as it can be opened.
pub(super) fn open(text: &str, key: &CallbackKey) -> Opened {
    let (bytes, fault) = match BASE64_STANDARD.decode(text) {
        Ok(bytes) => (bytes, None),
        Err(error) => (readable(text, &error), Some(character(text, &error))),
    };
    let (blocks, over) = bytes.as_chunks::<BLOCK>();
    let length = (blocks.is_empty() || !over.is_empty())
        .then(|| Fault::Length { characters: text.chars().count(), bytes: bytes.len() });
    let cipher = Cipher::new(key);
    let decrypted: Vec<Block> = blocks.iter().map(|block| cipher.decrypt(block)).collect();
    let iv = key.iv();
    let before = std::iter::once(&iv).chain(blocks);
    let plain: Vec<Block> = decrypted.iter().zip(before).map(|(block, before)| chained(block, before)).collect();
    let Some(first_fault) = fault.or(length) else { return judged(&plain, &decrypted, key) };
    // Cut off or broken: what stands before that place is shown.
    let readable = plain.iter().take_while(|block| !is_noise(block.as_slice()));
    Opened { remark: None, fault: Some(first_fault), plaintext: readable.flatten().copied().collect() }
}

/// What whole blocks say.
fn judged(plain: &[Block], decrypted: &[Block], key: &CallbackKey) -> Opened {
    let all = plain.concat();
    let last = plain.last().copied().unwrap_or_default();
    let count = padding(&last);
    let message = all[..all.len() - count.unwrap_or(0)].to_vec();
    let fault = count.and_then(|_| reading::fault_of(&message));
    if count.is_some() && fault.is_none() {
        return Opened { plaintext: message, ..Opened::default() };
    }
    let ends_in = plain.len() - 1;
    let noisy: Vec<usize> = plain
        .iter()
        .enumerate()
        .filter(|(number, block)| {
            let text = if *number == ends_in { &block[..BLOCK - count.unwrap_or(0)] } else { block.as_slice() };
            is_noise(text)
        })
        .map(|(number, _)| number)
        .collect();
    // A last block that is all padding is right, whatever the others are.
    let sound = plain.len() - noisy.len() - usize::from(count == Some(BLOCK));
    if let Some((vector, message)) = other_vector(plain, decrypted, key, count) {
        return Opened { fault: Some(Fault::OtherVector(vector)), plaintext: message, remark: None };
    }
    let fault = if noisy.len() == plain.len() || (sound == 0 && !noisy.is_empty()) {
        Fault::OtherKey { blocks: plain.len() }
    } else if !noisy.is_empty() && (count.is_some() || noisy != [ends_in]) {
        Fault::Damaged { blocks: noisy, of: plain.len() }
    } else {
        match fault {
            Some(fault) => fault,
            None => Fault::Padding { last, kind: kind_of_end(&last) },
        }
    };
    let plaintext = if matches!(fault, Fault::OtherKey { .. }) { Vec::new() } else { message };
    Opened { fault: Some(fault), plaintext, remark: None }
}

/// Whether all but the first block make sense, and what would make sense of it.
fn other_vector(
    plain: &[Block],
    decrypted: &[Block],
    key: &CallbackKey,
    count: Option<usize>,
) -> Option<(Vector, Vec<u8>)> {
    let (first, rest) = (decrypted.first()?, plain.get(1..)?);
    let mut message = rest.concat();
    message.truncate(message.len().checked_sub(count?)?);
    if rest.is_empty() {
        return None;
    }
    if reading::fault_of(&message).is_none() {
        return Some((Vector::Prepended, message));
    }
    if rest.iter().rev().skip(1).any(|block| is_noise(block)) {
        return None;
    }
    let mut end = [0; BLOCK];
    end.copy_from_slice(&key.bytes()[BLOCK..]);
    for (vector, iv) in [(Vector::EndOfKey, end), (Vector::Zeros, [0; BLOCK])] {
        let whole = [chained(first, &iv).as_slice(), &message].concat();
        if reading::fault_of(&whole).is_none() {
            return Some((vector, whole));
        }
    }
    let starts = plain.first()?;
    (rest.len() > 1 && is_noise(starts) && message.ends_with(b"}")).then_some((Vector::Unknown, message))
}

fn kind_of_end(last: &Block) -> Padding {
    let text = last.trim_ascii_end();
    let without_zeros = last.iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1);
    if without_zeros < BLOCK && !is_noise(&last[..without_zeros]) {
        Padding::Zeros
    } else if text.iter().all(|byte| (b' '..=b'~').contains(byte) || *byte >= 0x80) && !is_noise(text) {
        Padding::None
    } else if (1..=BLOCK).contains(&usize::from(last[BLOCK - 1])) {
        Padding::Uneven
    } else {
        Padding::Noise
    }
}

/// As many bytes as stand before the mistake.
fn readable(text: &str, error: &DecodeError) -> Vec<u8> {
    let until = match error {
        DecodeError::InvalidByte(offset, _) => *offset,
        DecodeError::InvalidLength(_) | DecodeError::InvalidLastSymbol { .. } | DecodeError::InvalidPadding => {
            text.len()
        }
    };
    let whole = text.get(..until / 4 * 4).unwrap_or_default();
    BASE64_STANDARD.decode(whole.trim_end_matches('=')).or_else(|_| BASE64_STANDARD.decode(whole)).unwrap_or_default()
}

fn character(text: &str, error: &DecodeError) -> Fault {
    let end = || text.chars().next_back().unwrap_or(' ');
    match error {
        DecodeError::InvalidByte(offset, _) => {
            let character = text.get(*offset..).and_then(|rest| rest.chars().next()).unwrap_or('?');
            let hint = match character {
                '=' => "it may stand only at the end, so two texts were joined or something is missing after it",
                '|' => "was it an I or an l?",
                '-' | '_' => "base64 for URLs has it; the platform writes + and /",
                '\u{2026}' | '.' => "was the text shortened by whoever logged it?",
                _ => "expected A-Z, a-z, 0-9, + and /",
            };
            Fault::Character { offset: *offset, character, hint }
        }
        DecodeError::InvalidLength(_) => Fault::Character {
            offset: text.len().saturating_sub(1),
            character: end(),
            hint: "one character alone stands for no byte, so some are missing; was it cut off while copying?",
        },
        DecodeError::InvalidLastSymbol { offset, symbol, .. } => Fault::Character {
            offset: *offset,
            character: char::from(*symbol),
            hint: "as the last character it would stand for bits beyond the last byte; was it cut off while copying?",
        },
        DecodeError::InvalidPadding => Fault::Character {
            offset: text.len().saturating_sub(1),
            character: end(),
            hint: "the = after it are missing, or too many; was it cut off while copying?",
        },
    }
}
