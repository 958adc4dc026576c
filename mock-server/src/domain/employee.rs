//! People who work for a company of the world.

use super::ids::{DepartmentId, OpenId, OrganizationId, UserId};
use super::register::Registered;
pub use super::role::Role;
use super::time::Timestamp;

/// An employee; the operator of calls and the signer for their company.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Employee {
    /// Their id on the platform.
    pub id: UserId,
    /// The company they work for.
    pub organization: OrganizationId,
    /// Their name.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// Their identity card.
    pub card: Card,
    /// Whether they have proved who they are.
    pub verified: bool,
    /// Their e-mail address; empty when nobody said.
    #[serde(default)]
    pub email: String,
    /// What they may do, in the order it was given; nothing once they have left.
    pub roles: Vec<Role>,
    /// The department they are in; the root of their company's tree when nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// When the company took them in.
    #[serde(default)]
    pub joined_at: Timestamp,
    /// When they proved who they are.
    #[serde(default)]
    pub verified_at: Option<Timestamp>,
    /// When they left. Contracts go on naming who has left.
    #[serde(default)]
    pub left_at: Option<Timestamp>,
    /// Their id in the company's own system (`api BindEmployeeUserIdWithClientOpenId`). Nobody else of the company has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_id: Option<OpenId>,
    /// Their id in the company's WeCom; empty for everybody else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub wecom_id: String,
    /// When they were called to join: the latest times, as many as there may be on one day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub called: Vec<Timestamp>,
    /// Whether they asked to join, and nobody has let them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asks_to_join: bool,
}

impl Registered for Employee {
    type Id = UserId;
    fn id(&self) -> &UserId {
        &self.id
    }
}

impl Employee {
    /// Somebody a company takes in at `now`, who has proved nothing yet.
    #[must_use]
    pub fn new(id: UserId, organization: OrganizationId, name: String, mobile: String, now: Timestamp) -> Self {
        Self {
            id,
            organization,
            name,
            mobile,
            card: Card::default(),
            verified: false,
            email: String::new(),
            roles: Vec::new(),
            department: None,
            joined_at: now,
            verified_at: None,
            left_at: None,
            open_id: None,
            wecom_id: String::new(),
            called: Vec::new(),
            asks_to_join: false,
        }
    }

    /// The same, who has proved who they are at once and has these roles.
    #[must_use]
    pub fn with_roles(self, roles: Vec<Role>) -> Self {
        Self { verified: true, verified_at: Some(self.joined_at), roles, ..self }
    }

    /// Whether they act for members of their company's holding group.
    #[must_use]
    pub fn has_account_in_members(&self) -> bool {
        let manages = |role: &Role| matches!(role, Role::SuperAdmin | Role::LegalPerson | Role::Operator);
        self.verified && self.is_present() && self.roles.iter().any(manages)
    }

    /// Whether the rights of a super admin or legal person apply.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.roles.iter().any(Role::is_reserved)
    }

    /// Whether they still work there.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.left_at.is_none()
    }

    /// They prove who they are at `now`.
    pub fn verify(&mut self, now: Timestamp) {
        self.verified = true;
        self.verified_at = Some(now);
        self.asks_to_join = false;
    }

    /// They leave at `now`, and all they might do ends. Their id in the company's own system is free (ASSUMED).
    pub fn leave(&mut self, now: Timestamp) {
        self.left_at = Some(now);
        self.roles.clear();
        self.open_id = None;
        self.asks_to_join = false;
    }
}

/// An identity document.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Card {
    /// Which kind.
    pub kind: CardKind,
    /// Its number; empty when nobody said.
    pub number: String,
}

/// Kinds of identity documents (`api ApproverInfo.ApproverIdCardType`; `seed scenario-guide`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// 居民身份证
    #[default]
    IdCard,
    /// 港澳居民来往内地通行证
    HongkongAndMacao,
    /// 港澳台居民居住证
    HongkongMacaoAndTaiwan,
    /// 其他证件
    Other,
}

impl CardKind {
    /// The kind with this wire name. Both services and the callbacks spell it alike.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        match name {
            "ID_CARD" => Some(Self::IdCard),
            "HONGKONG_AND_MACAO" => Some(Self::HongkongAndMacao),
            "HONGKONG_MACAO_AND_TAIWAN" => Some(Self::HongkongMacaoAndTaiwan),
            "OTHER_CARD_TYPE" => Some(Self::Other),
            _ => None,
        }
    }

    /// The wire name.
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::IdCard => "ID_CARD",
            Self::HongkongAndMacao => "HONGKONG_AND_MACAO",
            Self::HongkongMacaoAndTaiwan => "HONGKONG_MACAO_AND_TAIWAN",
            Self::Other => "OTHER_CARD_TYPE",
        }
    }

    /// The Chinese label beside it in callbacks.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::IdCard => "居民身份证",
            Self::HongkongAndMacao => "港澳居民来往内地通行证",
            Self::HongkongMacaoAndTaiwan => "港澳台居民居住证",
            Self::Other => "其他证件",
        }
    }
}
