//! What a message about a contract's status says of the change.

use std::sync::Arc;

use crate::domain::flow::Flow;
use crate::domain::ids::RecipientId;

/// A contract's status changed, or something was done to it.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct StatusChange {
    /// The contract right after it.
    pub flow: Arc<Flow>,
    /// `Operate`.
    pub operate: Operate,
    /// `CallbackType`.
    pub callback_type: CallbackType,
    /// Whose act it was; nobody's for `start`, `cancel` and `deadline`.
    pub recipient: Option<RecipientId>,
}

/// What was done to a contract (`callback docs`, `Operate`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Operate {
    Start,
    Fill,
    Sign,
    Reject,
    Cancel,
    Deadline,
    Finish,
}

impl Operate {
    /// Every one there is.
    pub const ALL: [Self; 7] =
        [Self::Start, Self::Fill, Self::Sign, Self::Reject, Self::Cancel, Self::Deadline, Self::Finish];

    /// The wire's word.
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Fill => "fill",
            Self::Sign => "sign",
            Self::Reject => "reject",
            Self::Cancel => "cancel",
            Self::Deadline => "deadline",
            Self::Finish => "finish",
        }
    }
}

/// Which of a contract's steps it was done in (`callback docs`, `CallbackType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum CallbackType {
    Sign,
    Fill,
    Review,
}

impl CallbackType {
    /// The wire's word.
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Fill => "fill",
            Self::Review => "review",
        }
    }
}
