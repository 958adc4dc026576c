//! A good message in a wrapping of another kind, rightly signed.

use ess_client::callback::{Generation, HEADER, wrap};

use super::super::sealing::Sealing;
use super::super::transmission::Transmission;
use super::crypto::sealed_text;

pub(super) fn signed_plaintext(made: &Sealing<'_>) -> Result<Transmission, String> {
    Ok(made.carry(made.plaintext.to_vec()))
}

pub(super) fn unsigned_plaintext(made: &Sealing<'_>) -> Result<Transmission, String> {
    let mut sent = made.carry(made.plaintext.to_vec());
    sent.remove_header(HEADER);
    Ok(sent)
}

pub(super) fn other_wrapper(made: &Sealing<'_>) -> Result<Transmission, String> {
    let other = match made.generation {
        Generation::Company | Generation::Partner => Generation::Legacy,
        Generation::Legacy => Generation::Company,
    };
    Ok(made.carry(wrap(&sealed_text(made)?, other)))
}

pub(super) fn spaced_wrapper(made: &Sealing<'_>) -> Result<Transmission, String> {
    Ok(made.carry(format!("{{\n  \"encrypt\": \"{}\"\n}}\n", sealed_text(made)?)))
}

pub(super) fn escaped_wrapper(made: &Sealing<'_>) -> Result<Transmission, String> {
    let text = sealed_text(made)?.replace('/', r"\/").replace('+', r"\u002b");
    Ok(made.carry(format!(r#"{{"encrypt":"{text}"}}"#)))
}

pub(super) fn quoted_base64(made: &Sealing<'_>) -> Result<Transmission, String> {
    Ok(made.carry(format!("\"{}\"", sealed_text(made)?)))
}
