//! A contract, and the questions everybody asks of it. What may happen to it stands in [`super::life`].

use std::fmt;
use std::sync::Arc;

use super::approver::Approver;
use super::component::Component;
use super::file::Content;
use super::ids::{
    ApplicationId, DocumentId, FlowGroupId, FlowId, OrganizationId, RecipientId, SignId, TemplateId, UserId,
};
use super::refusal::Refusal;
use super::register::Registered;
use super::review::Review;
use super::status::{ApproverStatus, FlowStatus};
use super::time::Timestamp;

/// A contract (合同流程).
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Flow {
    /// Its id.
    pub id: FlowId,
    /// What is signed; a contract made from a template has none at first.
    pub document: Option<Document>,
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
    /// Whether signers may be added until it is archived (`OpenDynamicSignFlow`).
    pub open_ended: bool,
    /// Whether it must never be released (`FlowOperateLimit.NoRelease`).
    pub no_release: bool,
    /// The template it was made from.
    pub template: Option<TemplateId>,
    /// The group it is signed with.
    pub group: Option<Membership>,
    /// Its signers, in signing order.
    pub approvers: Vec<Approver>,
    /// Who gets a copy.
    pub copies: Vec<CopyRecipient>,
    /// Whether the initiator's company must agree before it starts, and what it said.
    pub creation_review: Option<Review>,
    /// Notes on it, in the caller's order (备注).
    pub remarks: Vec<String>,
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
    /// The contract this agreement releases once everybody has signed it (解除协议).
    pub releases: Option<FlowId>,
    /// The agreement that releases this contract, once one was made.
    pub release: Option<FlowId>,
    /// What its initiator asked for around it.
    pub wishes: Wishes,
}

impl Registered for Flow {
    type Id = FlowId;
    fn id(&self) -> &FlowId {
        &self.id
    }
}

/// What is signed.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// The file it is made of.
    pub content: Arc<Content>,
    /// What the initiator filled in.
    pub fills: Vec<Component>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Whether it is composed: what the initiator filled in stands in it.
    pub composed: bool,
}

/// What an initiator asks for around a contract; it changes nothing in how it is signed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Wishes {
    /// What people read instead of 合同 (`FlowDisplayType`).
    pub noun: Noun,
    /// What the mini program's list says of it; empty for what it says of all (`CustomShowMap`).
    pub listed_as: String,
    /// When the initiator's company wants to be reminded of it (`RemindedOn`).
    pub reminded_on: Option<Timestamp>,
    /// When those who get a copy hear of it (`CcNotifyType`).
    pub copies_told: CopiesTold,
    /// Whether its start is handed to the company's own approval (`Workflow`).
    pub workflow: bool,
    /// Whether it starts by itself once its document is composed; it is paid for then (`api StartFlow`, `EXECUTING`).
    pub starts_when_composed: bool,
}

/// What a contract is called where people read of it (`api CreateFlowByFiles.FlowDisplayType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Noun {
    /// 合同
    #[default]
    Contract,
    /// 文件
    File,
    /// 协议
    Agreement,
    /// 文书
    Instrument,
}

impl Noun {
    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contract => "合同",
            Self::File => "文件",
            Self::Agreement => "协议",
            Self::Instrument => "文书",
        }
    }

    /// A sentence of ours about a contract, with this word for it. The word is Chinese; English sentences stay (ASSUMED).
    #[must_use]
    pub fn speak(self, sentence: &str) -> String {
        sentence.replace(Self::Contract.word(), self.word())
    }
}

/// When those who get a copy hear of it (`api CreateFlowByFiles.CcNotifyType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CopiesTold {
    /// When the contract starts.
    #[default]
    AtStart,
    /// When everybody has signed.
    AtEnd,
}

/// The group a contract is signed with (合同组).
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Membership {
    /// The group.
    pub id: FlowGroupId,
    /// Its name.
    pub name: String,
}

/// Who launched a contract.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Initiator {
    /// The company.
    pub organization: OrganizationId,
    /// Its name.
    pub organization_name: String,
    /// The employee.
    pub user: UserId,
    /// The platform's application it was launched in, for the company; nothing when the company did it itself.
    pub application: Option<ApplicationId>,
}

/// Somebody who gets a copy (抄送).
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct CopyRecipient {
    /// Their name.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// Their company, for an employee.
    pub organization_name: Option<String>,
}

/// Whether a contract goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowState {
    /// Made, not started.
    Draft,
    /// Signers fill in what only they know.
    Filling,
    /// Signatures are collected.
    Signing,
    /// Nothing more happens, but that a signed contract may be released.
    Ended(Ended),
}

/// How a contract ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// Everybody signed.
    Signed,
    /// Somebody refused to sign.
    Rejected,
    /// Somebody refused to fill in.
    FillRejected,
    /// Time ran out.
    Expired,
    /// The initiator withdrew it.
    Cancelled,
    /// Made void from outside, e.g. a signer changed their legal name.
    Invalidated,
    /// Released by an agreement of all parties.
    Released,
}

impl Ended {
    /// Every way to end.
    pub const ALL: [Self; 7] = [
        Self::Signed,
        Self::Rejected,
        Self::FillRejected,
        Self::Expired,
        Self::Cancelled,
        Self::Invalidated,
        Self::Released,
    ];
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Signed => "signed",
            Self::Rejected => "rejected",
            Self::FillRejected => "fill rejected",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Invalidated => "invalidated",
            Self::Released => "released",
        })
    }
}

impl Flow {
    /// The status every surface shows.
    #[must_use]
    pub fn status(&self) -> FlowStatus {
        let any = |status| self.approvers.iter().any(|one| one.status == status);
        match self.state {
            FlowState::Draft if self.has_fill_step() => FlowStatus::NotStartedWithFill,
            FlowState::Draft => FlowStatus::NotStarted,
            FlowState::Filling if any(ApproverStatus::Filled) => FlowStatus::PartlyFilled,
            FlowState::Filling => FlowStatus::Filling,
            FlowState::Signing if any(ApproverStatus::Signed) => FlowStatus::PartlySigned,
            FlowState::Signing => FlowStatus::Signing,
            FlowState::Ended(Ended::Signed) => FlowStatus::Signed,
            FlowState::Ended(Ended::Rejected) => FlowStatus::Rejected,
            FlowState::Ended(Ended::FillRejected) => FlowStatus::FillRejected,
            FlowState::Ended(Ended::Expired) => FlowStatus::Expired,
            FlowState::Ended(Ended::Cancelled) => FlowStatus::Cancelled,
            FlowState::Ended(Ended::Invalidated) => FlowStatus::Invalidated,
            FlowState::Ended(Ended::Released) => FlowStatus::Released,
        }
    }

    /// What is told about its end: filled in for a refusal or a cancellation only (`api FlowBrief`).
    #[must_use]
    pub fn told_message(&self) -> &str {
        match self.state {
            FlowState::Ended(Ended::Rejected | Ended::FillRejected | Ended::Cancelled) => &self.message,
            FlowState::Draft
            | FlowState::Filling
            | FlowState::Signing
            | FlowState::Ended(Ended::Signed | Ended::Expired | Ended::Invalidated | Ended::Released) => "",
        }
    }

    /// Whether some signer has something to fill in.
    #[must_use]
    pub fn has_fill_step(&self) -> bool {
        self.approvers.iter().any(|one| !one.fills.is_empty())
    }

    /// Whether one was taken from the company's quota for it.
    #[must_use]
    pub fn is_paid_for(&self) -> bool {
        self.state != FlowState::Draft || self.wishes.starts_when_composed
    }

    /// Whether it has started and not ended: signers can fill in or sign.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self.state, FlowState::Filling | FlowState::Signing)
    }

    /// Refuses when the contract has ended.
    ///
    /// # Errors
    /// [`Refusal::FlowCompleted`] or [`Refusal::FlowEnded`].
    pub fn ensure_open(&self) -> Result<(), Refusal> {
        match self.state {
            FlowState::Draft | FlowState::Filling | FlowState::Signing => Ok(()),
            FlowState::Ended(Ended::Signed) => Err(Refusal::FlowCompleted),
            FlowState::Ended(how) => Err(Refusal::FlowEnded { state: how }),
        }
    }

    /// Refuses when the contract has ended or has not started.
    ///
    /// # Errors
    /// As [`Flow::ensure_open`], or [`Refusal::FlowStatusWrong`].
    pub fn ensure_running(&self) -> Result<(), Refusal> {
        self.ensure_open()?;
        if self.state == FlowState::Draft {
            return Err(Refusal::FlowStatusWrong);
        }
        Ok(())
    }

    /// The id of what is signed; empty while there is nothing.
    #[must_use]
    pub fn document_id(&self) -> &str {
        self.document.as_ref().map_or("", |document| document.id.as_str())
    }

    /// The file that is signed.
    #[must_use]
    pub fn content(&self) -> Option<&Arc<Content>> {
        self.document.as_ref().map(|document| &document.content)
    }

    /// Everything that is filled in: the initiator's components, then the signers'.
    pub fn fills(&self) -> impl Iterator<Item = &Component> {
        let initiators = self.document.iter().flat_map(|document| &document.fills);
        initiators.chain(self.approvers.iter().flat_map(|one| &one.fills))
    }

    /// How many pages are signed.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.content().and_then(|content| content.pages.as_ref()).map_or(0, Vec::len)
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

    /// The signer in this slot, to be changed by a rule.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn approver_mut(&mut self, recipient: &RecipientId) -> Result<&mut Approver, Refusal> {
        let found = self.approvers.iter_mut().find(|one| &one.recipient == recipient);
        found.ok_or_else(|| Refusal::ApproverUnknown { approver: recipient.to_string() })
    }

    /// The deadline that binds this signer.
    #[must_use]
    pub fn deadline_of(&self, approver: &Approver) -> Timestamp {
        approver.deadline.map_or(self.deadline, |own| own.min(self.deadline))
    }

    /// Whether nobody but machines has signed: then cancelling gives the contract back (`api CancelFlow`).
    #[must_use]
    pub fn signed_by_machines_only(&self) -> bool {
        self.approvers.iter().all(|one| one.status != ApproverStatus::Signed || one.kind.is_machine())
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
            || self.approvers.iter().any(|one| one.organization_id() == Some(organization))
    }
}
