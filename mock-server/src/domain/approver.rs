//! One signer of a contract.

use super::component::Component;
use super::employee::Card;
use super::ids::{OrganizationId, RecipientId, SealId, SignId, UserId};
use super::status::ApproverStatus;
use super::time::Timestamp;

/// A signer's slot in a contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Approver {
    /// The slot.
    pub recipient: RecipientId,
    /// The signer's task.
    pub sign: SignId,
    /// What signs here.
    pub kind: ApproverKind,
    /// The company that signs; `None` for a person.
    pub organization: Option<Party>,
    /// The person who signs, for themselves or for the company.
    pub person: Person,
    /// What the caller calls this party, e.g. 甲方.
    pub role_name: String,
    /// What they sign with.
    pub components: Vec<Component>,
    /// How they hear of it.
    pub notify: Notify,
    /// Whether they must not refuse.
    pub no_refuse: bool,
    /// Their own deadline, when it is earlier than the contract's.
    pub deadline: Option<Timestamp>,
    /// Labels of the caller's, shown back.
    pub labels: Labels,
    /// Where they stand.
    pub status: ApproverStatus,
    /// Since when it has been their turn.
    pub due_since: Option<Timestamp>,
    /// What they left when they signed.
    pub signature: Option<Signature>,
    /// Why they refused, or what ended it for them; empty otherwise.
    pub message: String,
}

impl Approver {
    /// Whether they can sign or refuse now.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.status == ApproverStatus::ToSign
    }

    /// Whether something is still expected of them.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self.status {
            ApproverStatus::NotLaunched
            | ApproverStatus::NotYetDue
            | ApproverStatus::NotPreLaunched
            | ApproverStatus::ToSign
            | ApproverStatus::ToFill
            | ApproverStatus::Filled => true,
            ApproverStatus::Signed
            | ApproverStatus::Rejected
            | ApproverStatus::Expired
            | ApproverStatus::Cancelled
            | ApproverStatus::Stopped
            | ApproverStatus::Released
            | ApproverStatus::Forwarded => false,
        }
    }
}

/// What signs in a slot (`api ApproverInfo.ApproverType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApproverKind {
    /// 0: a company, through an employee.
    Organization,
    /// 1: a person.
    Person,
    /// 3: the initiating company, by machine (静默签).
    OrganizationAutoSign,
}

impl ApproverKind {
    /// The number of `ApproverType`, the same in both services and in callbacks.
    #[must_use]
    pub const fn code(self) -> i64 {
        match self {
            Self::Organization => 0,
            Self::Person => 1,
            Self::OrganizationAutoSign => 3,
        }
    }

    /// The word of `ApproveType` (`api FlowApproverDetail`), the same in both services.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Organization => "ORGANIZATION",
            Self::Person => "PERSON",
            Self::OrganizationAutoSign => "ENTERPRISESERVER",
        }
    }
}

/// A company that signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its id, when the platform knows the company.
    pub id: Option<OrganizationId>,
    /// Its name.
    pub name: String,
}

/// A person who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Their id, when the platform knows them.
    pub user: Option<UserId>,
    /// Their name.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// Their identity card, as far as the caller gave it.
    pub card: Card,
}

/// How a signer hears that it is their turn (`api ApproverInfo.NotifyType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notify {
    /// `SMS`, the vendor's default.
    #[default]
    Sms,
    /// `NONE`.
    Nothing,
}

/// Labels the caller gives a signer and reads back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// `ApproverSource`.
    pub source: String,
    /// `CustomApproverTag`.
    pub tag: String,
}

/// What a signer left on the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// When.
    pub at: Timestamp,
    /// The company's seal, where one was used.
    pub seal: Option<SealId>,
}
