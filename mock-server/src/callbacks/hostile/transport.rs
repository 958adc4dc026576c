//! What goes wrong around the message: length, speed, headers, and requests that carry none.

use std::time::Duration;

use bytes::Bytes;
use ess_client::callback::{HEADER, sign};
use http::Method;

use super::super::sealing::Sealing;
use super::super::transmission::{Pace, Transmission};
use super::shape::seal_data;

/// Bytes of an oversized body, at least.
const OVERSIZED: usize = 4 * 1024 * 1024;
/// In how many portions a dripping body comes.
const PORTIONS: usize = 8;
/// The pause between them: long enough to be a packet of its own, and short enough for all of it to stay in time.
const PAUSE: Duration = Duration::from_millis(40);

pub(super) fn oversized(made: &Sealing<'_>) -> Result<Transmission, String> {
    // Base64 makes four characters of three bytes.
    let length = if made.key.is_some() { OVERSIZED / 4 * 3 } else { OVERSIZED };
    seal_data(made, |data| data.set("Attachment", "A".repeat(length)))
}

pub(super) fn slow_drip(made: &Sealing<'_>) -> Result<Transmission, String> {
    let mut sent = made.seal()?;
    sent.pace = Pace::Drip { bytes: sent.body.len().div_ceil(PORTIONS), pause: PAUSE };
    Ok(sent)
}

pub(super) fn chunked(made: &Sealing<'_>) -> Result<Transmission, String> {
    let mut sent = made.seal()?;
    sent.length_announced = false;
    Ok(sent)
}

/// A client that follows a redirect keeps the headers and drops method and body.
pub(super) fn redirected(made: &Sealing<'_>) -> Result<Transmission, String> {
    let mut sent = made.seal()?;
    sent.method = Method::GET;
    sent.body = Bytes::new();
    sent.remove_header("Content-Type");
    Ok(sent)
}

pub(super) fn form_content_type(made: &Sealing<'_>) -> Result<Transmission, String> {
    typed(made, "application/x-www-form-urlencoded")
}

pub(super) fn content_type_with_charset(made: &Sealing<'_>) -> Result<Transmission, String> {
    typed(made, &format!("{}; charset=utf-8", made.content_type))
}

pub(super) fn empty_body(made: &Sealing<'_>) -> Result<Transmission, String> {
    Ok(made.carry(Bytes::new()))
}

pub(super) fn probe(made: &Sealing<'_>) -> Result<Transmission, String> {
    let mut sent = made.carry("{}");
    sent.remove_header(HEADER);
    Ok(sent)
}

pub(super) fn signed_probe(made: &Sealing<'_>) -> Result<Transmission, String> {
    Ok(made.carry("{}"))
}

pub(super) fn forged_probe(made: &Sealing<'_>) -> Result<Transmission, String> {
    let mut sent = made.carry("{}");
    sent.set_header(HEADER, sign(b"{}", "not the token"));
    Ok(sent)
}

fn typed(made: &Sealing<'_>, content_type: &str) -> Result<Transmission, String> {
    let mut sent = made.seal()?;
    sent.set_header("Content-Type", content_type.to_owned());
    Ok(sent)
}
