//! What the vendor would have sent to a person: SMS and mail stay in the world's outbox.

use super::time::Timestamp;

/// A message to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// When it would have gone out.
    pub at: Timestamp,
    /// The mobile number.
    pub to: String,
    /// What it says.
    pub text: String,
    /// The tail of the short link in it.
    pub token: Option<String>,
}
