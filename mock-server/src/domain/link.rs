//! Links that people open: whom they let in, to what, and until when.
//!
//! A link is never removed when it dies; whoever opens it is told that it is over. It expires by comparison, not by timer.

use super::ids::{CancelTaskId, FlowId, RecipientId};
use super::register::Registered;
use super::time::Timestamp;

/// A link somebody was given.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The tail of the short link; also `token` in the long one.
    pub token: String,
    /// `Code` in the long link; holds the token.
    pub code: String,
    /// `shortKey` in the long link; holds the token.
    pub short_key: String,
    /// What it opens.
    pub opens: Opens,
    /// Until when.
    pub expires_at: Timestamp,
    /// Where the browser goes after signing.
    pub jump_url: Option<String>,
}

impl Registered for Link {
    type Id = String;
    fn id(&self) -> &String {
        &self.token
    }
}

impl Link {
    /// The token inside a `shortKey` or a code, by which a page that is given only that finds its link.
    #[must_use]
    pub fn token_in(key: &str) -> Option<&str> {
        key.get(2..12)
    }

    /// Whether it is over at `now`.
    #[must_use]
    pub fn has_expired(&self, now: Timestamp) -> bool {
        now >= self.expires_at
    }
}

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opens {
    /// The signing page of one signer.
    Signing {
        /// The contract.
        flow: FlowId,
        /// The signer.
        recipient: RecipientId,
    },
    /// A look at the contract; for one signer, or for the initiator.
    Preview {
        /// The contract.
        flow: FlowId,
        /// The signer, `None` for the initiator.
        recipient: Option<RecipientId>,
    },
    /// The mini program's contract page (`CreateSchemeUrl` PathType 1): who opens it says who they are.
    Contract {
        /// The contract.
        flow: FlowId,
        /// The signer the caller named, when they did.
        recipient: Option<RecipientId>,
    },
    /// The mini program's home page or contract list.
    MiniProgram,
    /// The page where cancelling many contracts is confirmed.
    CancelTask(CancelTaskId),
}
