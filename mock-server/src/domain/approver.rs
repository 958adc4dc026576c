//! One signer of a contract.

use super::component::Component;
use super::employee::{Card, Employee};
use super::ids::{OrganizationId, RecipientId, SealId, SignId, UserId};
use super::intention::Recording;
use super::review::Review;
use super::status::ApproverStatus;
use super::time::Timestamp;

/// A signer's slot in a contract.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Approver {
    /// The slot.
    pub recipient: RecipientId,
    /// The template's slot the caller named, until the document comes from a template.
    pub template_slot: Option<RecipientId>,
    /// The signer's task.
    pub sign: SignId,
    /// What signs here.
    pub kind: ApproverKind,
    /// The company that signs; `None` for a person.
    pub organization: Option<Party>,
    /// Whether the person is known from the start.
    pub slot: Slot,
    /// The person who signs, for themselves or for the company; nobody while the slot is open.
    pub person: Person,
    /// What the caller calls this party, e.g. 甲方.
    pub role_name: String,
    /// What they sign with.
    pub components: Vec<Component>,
    /// What they fill in before anybody signs, with the values so far.
    pub fills: Vec<Component>,
    /// How they may prove who they are when they sign (`ApproverSignTypes`); empty when the caller left it open.
    pub sign_checks: Vec<i64>,
    /// Whether their company, or the initiator's, must agree first.
    pub review: Option<Review>,
    /// How they hear of it.
    pub notify: Notify,
    /// How often they were reminded.
    pub reminders: u8,
    /// Whether they must not refuse.
    pub no_refuse: bool,
    /// Whether they must not hand their task on.
    pub no_transfer: bool,
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
    /// Whom the task was handed on from, oldest first.
    pub forwards: Vec<Forward>,
}

impl Approver {
    /// Whether they can sign or refuse now.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.status == ApproverStatus::ToSign
    }

    /// Whether they are still to do something, now or when it is their turn.
    #[must_use]
    pub fn has_yet_to_act(&self) -> bool {
        matches!(self.status, ApproverStatus::NotYetDue | ApproverStatus::ToSign | ApproverStatus::ToFill)
    }

    /// Whether they can fill in now.
    #[must_use]
    pub fn is_due_to_fill(&self) -> bool {
        self.status == ApproverStatus::ToFill
    }

    /// Whether it is not known yet who signs here.
    #[must_use]
    pub fn is_vacant(&self) -> bool {
        self.slot != Slot::Named && self.person == Person::default()
    }

    /// Whether a review stands between them and their signature.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.review.is_some_and(|review| !review.is_open())
    }

    /// Whether there is a person to remind.
    #[must_use]
    pub fn can_be_reminded(&self) -> bool {
        !self.kind.is_machine() && !self.is_vacant() && self.notify != Notify::Nothing
    }

    /// Whether they can sign now, by themselves.
    #[must_use]
    pub fn can_sign(&self) -> bool {
        self.is_due() && !self.is_vacant() && !self.is_blocked() && !self.kind.is_machine()
    }

    /// Whether the same person signs here, for the same party.
    #[must_use]
    pub fn is_same_signer(&self, other: &Self) -> bool {
        let company = |one: &Self| one.organization.as_ref().map(|party| party.name.clone());
        self.kind == other.kind
            && company(self) == company(other)
            && (&self.person.name, &self.person.mobile) == (&other.person.name, &other.person.mobile)
    }

    /// The company's id, when the platform knows it.
    #[must_use]
    pub fn organization_id(&self) -> Option<&OrganizationId> {
        self.organization.as_ref()?.id.as_ref()
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ApproverKind {
    /// 0: a company, through an employee.
    Organization,
    /// 1: a person.
    Person,
    /// 3: the initiating company, by machine (静默签).
    OrganizationAutoSign,
    /// 7: a person, by machine (个人自动签).
    PersonAutoSign,
    /// 8: the initiating company, by PIN.
    OwnOrganizationPin,
    /// 9: another company, by PIN.
    OtherOrganizationPin,
    /// 10: a person, by PIN.
    PersonPin,
}

impl ApproverKind {
    /// The number of `ApproverType`, the same in both services and in callbacks.
    #[must_use]
    pub const fn code(self) -> i64 {
        match self {
            Self::Organization => 0,
            Self::Person => 1,
            Self::OrganizationAutoSign => 3,
            Self::PersonAutoSign => 7,
            Self::OwnOrganizationPin => 8,
            Self::OtherOrganizationPin => 9,
            Self::PersonPin => 10,
        }
    }

    /// The kind with this number.
    #[must_use]
    pub fn from_code(code: i64) -> Option<Self> {
        let all = [
            Self::Organization,
            Self::Person,
            Self::OrganizationAutoSign,
            Self::PersonAutoSign,
            Self::OwnOrganizationPin,
            Self::OtherOrganizationPin,
            Self::PersonPin,
        ];
        all.into_iter().find(|one| one.code() == code)
    }

    /// The word of `ApproveType` (`api FlowApproverDetail`), the same in both services. Where the list is silent (7 to 10)
    /// the word of who signs: ASSUMED.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Organization | Self::OwnOrganizationPin | Self::OtherOrganizationPin => "ORGANIZATION",
            Self::Person | Self::PersonAutoSign | Self::PersonPin => "PERSON",
            Self::OrganizationAutoSign => "ENTERPRISESERVER",
        }
    }

    /// The number callbacks show: they know 0, 1 and 3 only (`callback docs`), so others show who signs (ASSUMED).
    #[must_use]
    pub const fn callback_code(self) -> i64 {
        match self {
            Self::Organization | Self::OwnOrganizationPin | Self::OtherOrganizationPin => 0,
            Self::Person | Self::PersonAutoSign | Self::PersonPin => 1,
            Self::OrganizationAutoSign => 3,
        }
    }

    /// Whether the platform signs by itself, seconds after it is due (`api ApproverInfo`).
    #[must_use]
    pub const fn is_machine(self) -> bool {
        !matches!(self, Self::Organization | Self::Person)
    }

    /// Whether a company signs.
    #[must_use]
    pub const fn is_organization(self) -> bool {
        matches!(
            self,
            Self::Organization | Self::OrganizationAutoSign | Self::OwnOrganizationPin | Self::OtherOrganizationPin
        )
    }
}

/// How the person in a slot becomes known.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// Named at launch.
    #[default]
    Named,
    /// The company names candidates, the first to pick the task up signs (或签).
    OneOf(Vec<Person>),
    /// Named later, or by whoever picks it up (动态签署方).
    Open,
}

/// A task handed on (`api ForwardRecord`).
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Forward {
    /// Who had it before.
    pub from: Person,
    /// Who has it since.
    pub to: Person,
    /// Why.
    pub kind: ForwardKind,
    /// What was said about it.
    pub message: String,
    /// When.
    pub at: Timestamp,
}

/// Why a task was handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ForwardKind {
    /// `FORWARD`: somebody decided so.
    Forwarded,
    /// `QUIT_FORWARD`: the former signer left the company.
    Quit,
}

impl ForwardKind {
    /// The word on the wire.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Forwarded => "FORWARD",
            Self::Quit => "QUIT_FORWARD",
        }
    }
}

/// A company that signs.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Party {
    /// Its id, when the platform knows the company.
    pub id: Option<OrganizationId>,
    /// Its name.
    pub name: String,
}

/// A person who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Person {
    /// Their id, when the platform knows them.
    pub user: Option<UserId>,
    /// Their name.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// Their identity card, as far as the caller gave it.
    pub card: Card,
    /// Their mail address, when the caller gave one.
    pub email: String,
    /// Who they are in the caller's own WeCom (`CustomUserId`); empty for everybody else.
    pub custom_user: String,
}

impl Person {
    /// An employee, with what the platform knows of them.
    #[must_use]
    pub fn of(employee: &Employee) -> Self {
        Self {
            user: Some(employee.id.clone()),
            name: employee.name.clone(),
            mobile: employee.mobile.clone(),
            card: employee.card.clone(),
            ..Self::default()
        }
    }
}

/// How a signer hears that it is their turn (`api ApproverInfo.NotifyType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Notify {
    /// `SMS`, the vendor's default.
    #[default]
    Sms,
    /// `EMAIL`.
    Email,
    /// `ALL`: both.
    SmsAndEmail,
    /// `NONE`.
    Nothing,
}

impl Notify {
    /// Whether an SMS goes out.
    #[must_use]
    pub fn by_sms(self) -> bool {
        matches!(self, Self::Sms | Self::SmsAndEmail)
    }

    /// Whether a mail goes out.
    #[must_use]
    pub fn by_email(self) -> bool {
        matches!(self, Self::Email | Self::SmsAndEmail)
    }
}

/// Labels the caller gives a signer and reads back.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Labels {
    /// `ApproverSource`.
    pub source: String,
    /// `CustomApproverTag`.
    pub tag: String,
}

impl Labels {
    /// Whether the signer comes from the caller's own WeCom (`WEWORKAPP`), and can be named by their id there alone.
    #[must_use]
    pub fn is_wecom(&self) -> bool {
        self.source == "WEWORKAPP"
    }
}

/// What a signer left on the contract.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Signature {
    /// When.
    pub at: Timestamp,
    /// The company's seal, where one was used.
    pub seal: Option<SealId>,
    /// What was recorded of them, where they signed before a camera.
    pub recording: Option<Recording>,
}
