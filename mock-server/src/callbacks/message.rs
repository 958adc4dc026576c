//! Messages: what is told about an event. Which messages, in which order: `callback docs`, sequences.

use crate::domain::event::{Event, Happening};
use crate::domain::ids::{MessageId, OrganizationId, RecipientId};
use crate::engine::settings::Settings;

/// A message to everybody who listens to an organization.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Its id, the same for every address and attempt.
    pub id: MessageId,
    /// Whose event it is.
    pub organization: OrganizationId,
    /// What it tells.
    pub kind: MessageKind,
    /// The event, with the contract as it was.
    pub event: Event,
}

/// What a message tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// `FlowStatusChange`, or a bare `FlowInfo` for a legacy address.
    FlowStatusChange {
        /// `Operate`.
        operate: &'static str,
        /// Whose act it was; nobody's for `start`, `cancel` and `deadline`.
        recipient: Option<RecipientId>,
    },
    /// `BillingUse`: contracts used, negative when given back.
    BillingUse(i64),
    /// `FlowCost`: the same for older receivers.
    FlowCost(i64),
    /// `ApproverDeadlineExpired`.
    ApproverDeadlineExpired(RecipientId),
}

impl MessageKind {
    /// `MsgType`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::FlowStatusChange { .. } => "FlowStatusChange",
            Self::BillingUse(_) => "BillingUse",
            Self::FlowCost(_) => "FlowCost",
            Self::ApproverDeadlineExpired(_) => "ApproverDeadlineExpired",
        }
    }

    /// Whether legacy addresses know it: the old documents list contract messages and `FlowCost` (`seed scenario-guide`).
    #[must_use]
    pub fn is_known_to_legacy(&self) -> bool {
        match self {
            Self::FlowStatusChange { .. } | Self::FlowCost(_) => true,
            Self::BillingUse(_) | Self::ApproverDeadlineExpired(_) => false,
        }
    }
}

/// The messages an event causes, in order.
#[must_use]
pub fn told_of(happening: &Happening, settings: &Settings) -> Vec<MessageKind> {
    let billing = |count| {
        if settings.billing_callbacks.is_on() {
            vec![MessageKind::BillingUse(count), MessageKind::FlowCost(count)]
        } else {
            Vec::new()
        }
    };
    let change = |operate, recipient: Option<&RecipientId>| {
        vec![MessageKind::FlowStatusChange { operate, recipient: recipient.cloned() }]
    };
    match happening {
        Happening::Charged => billing(1),
        Happening::Refunded => billing(-1),
        Happening::Started => change("start", None),
        Happening::Signed(recipient) => change("sign", Some(recipient)),
        Happening::Rejected(recipient) => change("reject", Some(recipient)),
        Happening::Cancelled => change("cancel", None),
        Happening::ApproverDeadlineExpired(recipient) => vec![MessageKind::ApproverDeadlineExpired(recipient.clone())],
        Happening::Expired => change("deadline", None),
        Happening::Finished(recipient) => change("finish", Some(recipient)),
    }
}
