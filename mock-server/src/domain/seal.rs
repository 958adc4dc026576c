//! A company's seals.

use super::ids::{OrganizationId, SealId, UserId};
use super::register::Registered;
use super::time::Timestamp;

/// A seal (印章).
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Seal {
    /// Its id.
    pub id: SealId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// Its name in the console.
    pub name: String,
    /// What it is for.
    pub kind: SealKind,
    /// Whether it may be used.
    pub status: SealStatus,
    /// Who made it; nobody when nobody said.
    pub creator: Option<UserId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who may use it besides the administrators.
    pub authorized: Vec<UserId>,
}

impl Seal {
    /// Whether it may be used.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.status == SealStatus::Enabled
    }
}

impl Registered for Seal {
    type Id = SealId;
    fn id(&self) -> &SealId {
        &self.id
    }
}

/// What a seal is for (`api DescribeOrganizationSeals.SealTypes`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SealKind {
    /// 企业公章
    #[default]
    Official,
    /// 合同专用章
    Contract,
    /// 财务专用章
    Finance,
    /// 人事专用章
    Personnel,
    /// 发票专用章
    Invoice,
    /// 法定代表人章
    LegalPerson,
    /// 员工执业章
    EmployeeQualification,
    /// 其他类型印章
    Other,
}

impl SealKind {
    /// The word on the wire.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Official => "OFFICIAL",
            Self::Contract => "CONTRACT",
            Self::Finance => "FINANCE",
            Self::Personnel => "PERSONNEL",
            Self::Invoice => "INVOICE",
            Self::LegalPerson => "LEGAL_PERSON_SEAL",
            Self::EmployeeQualification => "EMPLOYEE_QUALIFICATION_SEAL",
            Self::Other => "OTHER",
        }
    }
}

/// Whether a seal may be used, and why not (`api DescribeOrganizationSeals.SealStatuses`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SealStatus {
    /// 待审核
    Checking,
    /// 启用
    #[default]
    Enabled,
    /// 审核拒绝
    Refused,
    /// 已停用
    Disabled,
    /// 已终止
    Stopped,
    /// 已作废
    Void,
    /// 已失效
    Invalid,
}

impl SealStatus {
    /// The word on the wire.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Checking => "CHECKING",
            Self::Enabled => "SUCCESS",
            Self::Refused => "FAIL",
            Self::Disabled => "DISABLE",
            Self::Stopped => "STOPPED",
            Self::Void => "VOID",
            Self::Invalid => "INVALID",
        }
    }
}
