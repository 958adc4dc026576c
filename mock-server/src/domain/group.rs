//! Contracts signed together (合同组).

use super::flow::{CopyRecipient, Ended, Flow, FlowState, Initiator};
use super::ids::{FlowGroupId, FlowId};
use super::register::Registered;
use super::time::Timestamp;

/// A group of contracts.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct FlowGroup {
    /// Its id.
    pub id: FlowGroupId,
    /// Its name.
    pub name: String,
    /// Who launched it.
    pub initiator: Initiator,
    /// Its contracts, in the order of the launch.
    pub flows: Vec<FlowId>,
    /// Who gets a copy.
    pub copies: Vec<CopyRecipient>,
    /// Notes on it, in the caller's order (备注).
    pub remarks: Vec<String>,
    /// When it was launched.
    pub created_at: Timestamp,
}

impl Registered for FlowGroup {
    type Id = FlowGroupId;
    fn id(&self) -> &FlowGroupId {
        &self.id
    }
}

/// How a group stands (`page callback_types_contracts_sign`; which state means which word is ASSUMED).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupStatus {
    /// Somebody still has to act.
    Waiting,
    /// Some contracts ended unsigned, others go on or are signed.
    PartlyInvalid,
    /// All are signed.
    Signed,
    /// All ended unsigned.
    Invalid,
}

impl GroupStatus {
    /// How a group of these contracts stands.
    #[must_use]
    pub fn of<'a>(flows: impl IntoIterator<Item = &'a Flow>) -> Self {
        let (mut signed, mut unsigned, mut open) = (0, 0, 0);
        for flow in flows {
            match flow.state {
                FlowState::Ended(Ended::Signed) => signed += 1,
                FlowState::Ended(_) => unsigned += 1,
                FlowState::Draft | FlowState::Filling | FlowState::Signing => open += 1,
            }
        }
        match (signed, unsigned, open) {
            (_, 0, 0) => Self::Signed,
            (0, _, 0) => Self::Invalid,
            (_, 0, _) => Self::Waiting,
            _ => Self::PartlyInvalid,
        }
    }

    /// The word in callbacks, as nobody in particular sees it.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Waiting => "WAITSIGN",
            Self::PartlyInvalid => "PART",
            Self::Signed => "ALL",
            Self::Invalid => "INVALID",
        }
    }
}
