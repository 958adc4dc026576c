//! The vendor's two signature methods as chains of pure functions.
//!
//! Each function is one step of the specification and bears its name, so that a failing vector names the step that is wrong. None of
//! them reads a clock, an environment or a request: whoever signs or verifies hands in every value, in the order it counts.
//! A client signs with them; a server computes with the same functions what the signature should have been.
//!
//! - [`v3`]: `TC3-HMAC-SHA256`, in the header `Authorization`; what every official SDK sends by default.
//! - [`v1`]: the older `HmacSHA1` and `HmacSHA256`, a parameter among the others.

mod hmac;
pub mod v1;
pub mod v3;

pub(crate) use hmac::{hmac_sha1, hmac_sha256};
