//! What a message says, as JSON bytes.

use super::address::Address;
use super::message::Message;
use crate::engine::settings::Settings;

/// The message as this address expects it.
#[must_use]
pub fn plaintext(_message: &Message, _address: &Address, _settings: &Settings) -> Vec<u8> {
    Vec::new()
}
