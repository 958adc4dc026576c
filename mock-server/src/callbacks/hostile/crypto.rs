//! Encrypted wrongly; wrapped and signed as it should be, so that it is the opening that is put to the test.

use aes::Aes256;
use aes::cipher::block_padding::{NoPadding, Pkcs7};
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ess_client::callback::wrap;

use super::super::sealing::Sealing;
use super::super::transmission::Transmission;
use crate::engine::ids::Draw;

/// Bytes of an AES block.
const BLOCK: usize = 16;
/// One key in 256 pads by chance; this many are enough for any seed there is.
const KEYS_TRIED: u64 = 10_000;

type Key = [u8; 32];
type Iv = [u8; BLOCK];

pub(super) fn wrong_key(made: &Sealing<'_>) -> Result<Transmission, String> {
    let key = another_key(made.seed, 0);
    Ok(carry(made, &encrypt(&padded(made.plaintext), &key, &first_half(&key))))
}

pub(super) fn wrong_key_that_pads(made: &Sealing<'_>) -> Result<Transmission, String> {
    let real = key(made)?;
    for number in 1..KEYS_TRIED {
        let other = another_key(made.seed, number);
        let ciphertext = encrypt(&padded(made.plaintext), &other, &first_half(&other));
        let opened = cbc::Decryptor::<Aes256>::new((&real).into(), (&first_half(&real)).into())
            .decrypt_padded_vec::<Pkcs7>(&ciphertext);
        if opened.is_ok_and(|text| String::from_utf8(text).is_err()) {
            return Ok(carry(made, &ciphertext));
        }
    }
    Err(format!("none of {KEYS_TRIED} other keys pads by chance"))
}

pub(super) fn iv_from_key_end(made: &Sealing<'_>) -> Result<Transmission, String> {
    let key = key(made)?;
    let mut end = Iv::default();
    end.copy_from_slice(&key[BLOCK..]);
    if still_readable(made.plaintext, &first_half(&key), &end) {
        let why = "the two halves of this address's key are so alike that the message stays readable, and no receiver could tell";
        return Err(format!("{why}: give the address a key of random characters"));
    }
    Ok(carry(made, &encrypt(&padded(made.plaintext), &key, &end)))
}

pub(super) fn zero_iv(made: &Sealing<'_>) -> Result<Transmission, String> {
    Ok(carry(made, &encrypt(&padded(made.plaintext), &key(made)?, &Iv::default())))
}

pub(super) fn broken_padding(made: &Sealing<'_>) -> Result<Transmission, String> {
    let key = key(made)?;
    // One byte of padding has no other byte to differ from: a block more, and its count is more than a block has.
    let count = match missing(made.plaintext) {
        1 => BLOCK + 1,
        count => count,
    };
    let mut text = made.plaintext.to_vec();
    text.resize(text.len() + count, 0);
    if let (Some(last), Ok(count)) = (text.last_mut(), u8::try_from(count)) {
        *last = count;
    }
    Ok(carry(made, &encrypt(&text, &key, &first_half(&key))))
}

pub(super) fn zero_padding(made: &Sealing<'_>) -> Result<Transmission, String> {
    let key = key(made)?;
    let mut text = made.plaintext.to_vec();
    text.resize(text.len() + missing(made.plaintext), 0);
    Ok(carry(made, &encrypt(&text, &key, &first_half(&key))))
}

pub(super) fn truncated_base64(made: &Sealing<'_>) -> Result<Transmission, String> {
    let mut text = sealed_text(made)?;
    text.truncate(text.len().saturating_sub(3));
    Ok(carry_text(made, &text))
}

pub(super) fn truncated_blocks(made: &Sealing<'_>) -> Result<Transmission, String> {
    let mut ciphertext = sealed(made)?;
    ciphertext.truncate(ciphertext.len().saturating_sub(2 * BLOCK));
    Ok(carry(made, &ciphertext))
}

pub(super) fn url_safe_base64(made: &Sealing<'_>) -> Result<Transmission, String> {
    Ok(carry_text(made, &sealed_text(made)?.replace('+', "-").replace('/', "_")))
}

pub(super) fn base64_with_line_breaks(made: &Sealing<'_>) -> Result<Transmission, String> {
    let text = sealed_text(made)?;
    // Inside of JSON a line break is written as an escape; a legacy body has it as it is.
    let line_break = match made.generation {
        ess_client::callback::Generation::Company | ess_client::callback::Generation::Partner => r"\n",
        ess_client::callback::Generation::Legacy => "\n",
    };
    let lines: Vec<&str> = text.as_bytes().chunks(76).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    Ok(carry_text(made, &lines.join(line_break)))
}

pub(super) fn sealed_twice(made: &Sealing<'_>) -> Result<Transmission, String> {
    made.seal_text(sealed_text(made)?.as_bytes())
}

/// Whether what comes out is JSON all the same: the first block is off by the difference of the two vectors.
fn still_readable(text: &[u8], one: &Iv, other: &Iv) -> bool {
    let mut read = text.to_vec();
    for ((byte, one), other) in read.iter_mut().zip(one).zip(other) {
        *byte ^= one ^ other;
    }
    serde_json::from_slice::<serde::de::IgnoredAny>(&read).is_ok()
}

/// The message's encrypted text, as it should be.
pub(super) fn sealed_text(made: &Sealing<'_>) -> Result<String, String> {
    Ok(BASE64_STANDARD.encode(sealed(made)?))
}

fn sealed(made: &Sealing<'_>) -> Result<Vec<u8>, String> {
    let key = key(made)?;
    Ok(encrypt(&padded(made.plaintext), &key, &first_half(&key)))
}

fn carry(made: &Sealing<'_>, ciphertext: &[u8]) -> Transmission {
    carry_text(made, &BASE64_STANDARD.encode(ciphertext))
}

fn carry_text(made: &Sealing<'_>, text: &str) -> Transmission {
    made.carry(wrap(text, made.generation))
}

fn key(made: &Sealing<'_>) -> Result<Key, String> {
    let text = made.key.ok_or("there is no key")?;
    text.as_bytes().try_into().map_err(|_| format!("a callback key has 32 bytes, this one has {}", text.len()))
}

fn another_key(seed: u64, number: u64) -> Key {
    let mut key = Key::default();
    key.copy_from_slice(Draw::apart(seed, number).alphanumeric(32).as_bytes());
    key
}

fn first_half(key: &Key) -> Iv {
    let mut half = Iv::default();
    half.copy_from_slice(&key[..BLOCK]);
    half
}

/// How many bytes of padding a text gets.
fn missing(text: &[u8]) -> usize {
    BLOCK - text.len() % BLOCK
}

fn padded(text: &[u8]) -> Vec<u8> {
    let count = missing(text);
    let mut padded = text.to_vec();
    // At most 16.
    padded.resize(text.len() + count, u8::try_from(count).unwrap_or_default());
    padded
}

/// Encrypts whole blocks.
fn encrypt(blocks: &[u8], key: &Key, iv: &Iv) -> Vec<u8> {
    cbc::Encryptor::<Aes256>::new(key.into(), iv.into()).encrypt_padded_vec::<NoPadding>(blocks)
}
