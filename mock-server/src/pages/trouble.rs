//! Why there is no page to show. How it is said stands in [`super::words`].

use axum::http::StatusCode;

use super::visit::Standing;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

/// Something in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No world is called so.
    UnknownWorld,
    /// Nobody was given this link.
    UnknownLink,
    /// It is over since then.
    LinkExpired(Timestamp),
    /// The link opens no such contract.
    UnknownContract,
    /// The visitor may not act, because of where they stand.
    NotNow(Standing),
    /// The contract forbids this signer to refuse.
    MustNotReject,
    /// What the page offered has been done.
    AlreadyDone,
    /// Refusing takes a reason.
    ReasonMissing,
    /// So many characters, and no more.
    ReasonTooLong(usize),
    /// What was posted cannot be read; what was found.
    Unreadable(String),
    /// What was posted is too large.
    TooLarge,
    /// A download key that was never handed out.
    KeyForged,
    /// A download key that is over since then.
    KeyExpired(Timestamp),
    /// There is no such file.
    UnknownFile,
    /// The document has no such page.
    UnknownPage,
    /// The document cannot be drawn; why.
    Undrawable(String),
}

impl Trouble {
    /// The status of the answer.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::UnknownWorld | Self::UnknownLink | Self::UnknownContract | Self::UnknownFile | Self::UnknownPage => {
                StatusCode::NOT_FOUND
            }
            Self::LinkExpired(_) | Self::KeyExpired(_) => StatusCode::GONE,
            Self::NotNow(Standing::Looking | Standing::Machine) | Self::KeyForged => StatusCode::FORBIDDEN,
            Self::NotNow(Standing::MustChoose) => StatusCode::BAD_REQUEST,
            Self::NotNow(
                Standing::MaySign | Standing::NotYet | Standing::Signed | Standing::Rejected | Standing::Ended(_),
            )
            | Self::MustNotReject
            | Self::AlreadyDone => StatusCode::CONFLICT,
            Self::ReasonMissing | Self::ReasonTooLong(_) | Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Undrawable(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its name, for scripts.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::UnknownWorld => "unknown_world",
            Self::UnknownLink => "unknown_link",
            Self::LinkExpired(_) => "link_expired",
            Self::UnknownContract => "unknown_contract",
            Self::NotNow(standing) => standing.name(),
            Self::MustNotReject => "must_not_reject",
            Self::AlreadyDone => "already_done",
            Self::ReasonMissing => "reason_missing",
            Self::ReasonTooLong(_) => "reason_too_long",
            Self::Unreadable(_) => "unreadable",
            Self::TooLarge => "too_large",
            Self::KeyForged => "key_forged",
            Self::KeyExpired(_) => "key_expired",
            Self::UnknownFile => "unknown_file",
            Self::UnknownPage => "unknown_page",
            Self::Undrawable(_) => "undrawable",
        }
    }

    /// What the domain refuses to somebody whose turn it is: no other refusal is left to sign or refuse.
    pub(super) fn of(refusal: &Refusal) -> Self {
        if matches!(refusal, Refusal::RefusalForbidden { .. }) { Self::MustNotReject } else { Self::UnknownContract }
    }
}

impl Standing {
    /// Its name, for scripts.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::MaySign => "may_sign",
            Self::MustChoose => "must_choose",
            Self::NotYet => "not_yet",
            Self::Signed => "signed",
            Self::Rejected => "rejected",
            Self::Ended(_) => "ended",
            Self::Machine => "machine_signs",
            Self::Looking => "looking",
        }
    }
}
