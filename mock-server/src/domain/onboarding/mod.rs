//! How a company comes to be a platform's customer: it lets the platform act, proves who it is, and gets a licence.
//!
//! [`certification`] is the state machine and refuses whatever does not fit; [`progress`] is what it says happened, from which
//! alone callbacks follow; [`record`] is one attempt (认证流), which is wiped as a whole.

pub mod certification;
pub mod guidance;
pub mod licence;
pub mod progress;
#[cfg(test)]
mod properties;
pub mod record;
pub mod registration;
