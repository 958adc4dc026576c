//! The callback half: what the platform posts to an integrator's address, made and judged.
//!
//! The body and its signature are made by [`seal`] and [`sign`], judged by [`open`] and [`verify`], each a pure function of bytes. A
//! [`Receiver`] puts the second pair in its only safe order and reads the [`Message`] inside. Nothing here listens or sends: any web
//! server will do. With the feature `axum`, [`Received`] is an argument of a handler.

pub mod autopsy;
mod body;
mod cipher;
mod event;
#[cfg(feature = "axum")]
mod extractor;
mod key;
mod message;
mod receiver;
mod signature;

pub use body::{Generation, open, seal, wrap};
pub use cipher::OpenError;
pub use event::Event;
#[cfg(feature = "axum")]
pub use extractor::Rejection;
pub use key::{CallbackKey, KeyError};
pub use message::{Message, MessageError};
pub use receiver::{Received, Receiver, Refusal};
pub use signature::{HEADER, WrongSignature, sign, verify};
