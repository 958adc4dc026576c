//! People who work for a company of the world.

use super::ids::{OrganizationId, UserId};
use super::register::Registered;

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
    /// What they may do.
    pub roles: Vec<Role>,
}

impl Registered for Employee {
    type Id = UserId;
    fn id(&self) -> &UserId {
        &self.id
    }
}

impl Employee {
    /// Whether the rights of a super admin or legal person apply.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.roles.iter().any(|role| matches!(role, Role::SuperAdmin | Role::LegalPerson))
    }
}

/// What an employee may do (`api CancelFlow`, `api CreateFlowForwards` name these).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 超级管理员
    SuperAdmin,
    /// 法定代表人
    LegalPerson,
    /// 合同管理员
    ContractAdmin,
    /// 经办人: launches and signs.
    Operator,
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
