//! A contract, and the questions everybody asks of it.

use std::fmt;
use std::sync::Arc;

use super::approver::{Approver, ApproverKind};
use super::file::Content;
use super::ids::{DocumentId, FlowId, OrganizationId, RecipientId, SignId, UserId};
use super::refusal::Refusal;
use super::register::Registered;
use super::status::{ApproverStatus, FlowStatus};
use super::time::Timestamp;

/// A contract (合同流程).
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Its id.
    pub id: FlowId,
    /// Its electronic document.
    pub document: DocumentId,
    /// Who launched it.
    pub initiator: Initiator,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// The caller's word for its kind (`FlowType`).
    pub kind: String,
    /// What the caller wants back in every callback, unread.
    pub user_data: String,
    /// Whether everybody may sign at once.
    pub unordered: bool,
    /// The uploaded file it is about.
    pub content: Arc<Content>,
    /// Its signers, in signing order.
    pub approvers: Vec<Approver>,
    /// Who gets a copy.
    pub copies: Vec<CopyRecipient>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it expires.
    pub deadline: Timestamp,
    /// Whether it goes on.
    pub state: FlowState,
    /// Why it was refused, withdrawn or expired; empty otherwise.
    pub message: String,
}

impl Registered for Flow {
    type Id = FlowId;
    fn id(&self) -> &FlowId {
        &self.id
    }
}

/// Who launched a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Initiator {
    /// The company.
    pub organization: OrganizationId,
    /// Its name.
    pub organization_name: String,
    /// The employee.
    pub user: UserId,
}

/// Somebody who gets a copy (抄送).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyRecipient {
    /// Their name.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// Their company, for an employee.
    pub organization_name: Option<String>,
}

/// Whether a contract goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowState {
    /// Signatures are collected.
    Signing,
    /// Nothing more happens.
    Ended(Ended),
}

/// How a contract ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Everybody signed.
    Signed,
    /// Somebody refused.
    Rejected,
    /// Time ran out.
    Expired,
    /// The initiator withdrew it.
    Cancelled,
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Signed => "signed",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        })
    }
}

impl Flow {
    /// The status every surface shows.
    #[must_use]
    pub fn status(&self) -> FlowStatus {
        match self.state {
            FlowState::Signing if self.approvers.iter().any(|one| one.status == ApproverStatus::Signed) => {
                FlowStatus::PartlySigned
            }
            FlowState::Signing => FlowStatus::Signing,
            FlowState::Ended(Ended::Signed) => FlowStatus::Signed,
            FlowState::Ended(Ended::Rejected) => FlowStatus::Rejected,
            FlowState::Ended(Ended::Expired) => FlowStatus::Expired,
            FlowState::Ended(Ended::Cancelled) => FlowStatus::Cancelled,
        }
    }

    /// Refuses when the contract has ended.
    ///
    /// # Errors
    /// [`Refusal::FlowCompleted`] or [`Refusal::FlowEnded`].
    pub fn ensure_open(&self) -> Result<(), Refusal> {
        match self.state {
            FlowState::Signing => Ok(()),
            FlowState::Ended(Ended::Signed) => Err(Refusal::FlowCompleted),
            FlowState::Ended(how) => Err(Refusal::FlowEnded { how }),
        }
    }

    /// The signer in this slot.
    #[must_use]
    pub fn approver(&self, recipient: &str) -> Option<&Approver> {
        self.approvers.iter().find(|one| one.recipient.as_str() == recipient)
    }

    /// The signer with this task.
    #[must_use]
    pub fn approver_signing(&self, sign: &SignId) -> Option<&Approver> {
        self.approvers.iter().find(|one| &one.sign == sign)
    }

    /// The deadline that binds this signer.
    #[must_use]
    pub fn deadline_of(&self, approver: &Approver) -> Timestamp {
        approver.deadline.map_or(self.deadline, |own| own.min(self.deadline))
    }

    /// Whether nobody but machines has signed: then cancelling gives the contract back (`api CancelFlow`).
    #[must_use]
    pub fn signed_by_machines_only(&self) -> bool {
        self.approvers
            .iter()
            .all(|one| one.status != ApproverStatus::Signed || one.kind == ApproverKind::OrganizationAutoSign)
    }

    /// Where the signer in this slot comes in the order.
    #[must_use]
    pub fn position(&self, recipient: &RecipientId) -> Option<usize> {
        self.approvers.iter().position(|one| &one.recipient == recipient)
    }

    /// Whether this company takes part: it launched the contract or signs it.
    #[must_use]
    pub fn involves(&self, organization: &OrganizationId) -> bool {
        &self.initiator.organization == organization
            || self
                .approvers
                .iter()
                .any(|one| one.organization.as_ref().and_then(|party| party.id.as_ref()) == Some(organization))
    }
}
