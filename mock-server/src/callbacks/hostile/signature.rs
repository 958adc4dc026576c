//! A good body whose signature is not right.

use ess_client::callback::{Generation, HEADER, sign};

use super::super::sealing::Sealing;
use super::super::transmission::Transmission;
use super::crypto::sealed_text;
use crate::engine::ids::Draw;

pub(super) fn missing(made: &Sealing<'_>) -> Result<Transmission, String> {
    let mut sent = made.seal()?;
    sent.remove_header(HEADER);
    Ok(sent)
}

pub(super) fn empty(made: &Sealing<'_>) -> Result<Transmission, String> {
    with(made, |_, _| String::new())
}

pub(super) fn over_inner_text(made: &Sealing<'_>) -> Result<Transmission, String> {
    if made.generation == Generation::Legacy {
        return Err("a legacy body is the encrypted text itself: there is no other text inside to sign".to_owned());
    }
    let text = sealed_text(made)?;
    with(made, |_, token| sign(text.as_bytes(), token))
}

pub(super) fn over_plaintext(made: &Sealing<'_>) -> Result<Transmission, String> {
    with(made, |_, token| sign(made.plaintext, token))
}

pub(super) fn by_the_aes_key(made: &Sealing<'_>) -> Result<Transmission, String> {
    let key = made.key.unwrap_or_default();
    with(made, |body, _| sign(body, key))
}

pub(super) fn by_another_token(made: &Sealing<'_>) -> Result<Transmission, String> {
    let another = Draw::apart(made.seed, 0).alphanumeric(32);
    with(made, |body, _| sign(body, &another))
}

pub(super) fn upper_case(made: &Sealing<'_>) -> Result<Transmission, String> {
    with(made, |body, token| sign(body, token).to_uppercase().replace("SHA256=", "sha256="))
}

pub(super) fn without_prefix(made: &Sealing<'_>) -> Result<Transmission, String> {
    with(made, |body, token| sign(body, token).replace("sha256=", ""))
}

pub(super) fn cut(made: &Sealing<'_>) -> Result<Transmission, String> {
    with(made, |body, token| {
        let mut value = sign(body, token);
        value.truncate("sha256=".len() + 8);
        value
    })
}

pub(super) fn of_another_body(made: &Sealing<'_>) -> Result<Transmission, String> {
    let another = made.older.map_or_else(|| made.seal_text(b"{}"), |older| made.seal_text(older))?;
    with(made, |_, token| sign(&another.body, token))
}

/// The good body under a value made from body and token.
fn with(made: &Sealing<'_>, value: impl FnOnce(&[u8], &str) -> String) -> Result<Transmission, String> {
    let mut sent = made.seal()?;
    let value = value(&sent.body, made.token.unwrap_or_default());
    sent.set_header(HEADER, value);
    Ok(sent)
}
