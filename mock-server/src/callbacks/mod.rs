//! An event becomes a message, a message a delivery to every address that listens, a delivery up to six attempts.
//!
//! What is to be sent, in which order, is fixed while the world is locked ([`desk`]); writing the JSON, encrypting,
//! signing and sending happen outside ([`courier`]), once per attempt: a delivery becomes a [`transmission`] by [`sealing`],
//! or by what a [`hostile`] body makes of it, and a [`sender`] puts it on the wire.

pub mod address;
pub mod behalf;
pub mod courier;
pub mod delivery;
pub mod desk;
pub mod disorder;
pub mod fields;
pub mod handmade;
pub mod hearing;
pub mod hostile;
pub mod message;
pub mod named;
pub mod named_url;
pub mod payload;
#[cfg(test)]
pub(crate) mod receiver;
pub mod sealing;
pub mod sender;
pub mod transmission;
