//! The client as its users see it: against vectors, and against a server that misbehaves on purpose.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails where it stands")]

mod callback_autopsy;
mod callback_vectors;
mod calls;
mod download;
mod every_action;
mod hosts;
mod paging;
mod raw;
mod server;
mod signature_vectors;
mod spans;
