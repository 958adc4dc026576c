//! A company's seals (印章): what one is, who may use it, and what becomes of it.
//!
//! A drawn seal may be used at once; a picture is looked at first, as is a seal an employee lends (`callback docs`). Only the
//! administrators and those who hold a grant sign with it (`api CreateSealPolicy`).

mod grant;
mod life;
mod making;
mod usage;
mod workflow;

pub use self::grant::{FOREVER, Grant, Terms};
pub use self::life::{Grantee, HandedOver, SealChange};
pub use self::making::{Drawing, NewLook, NewSeal, Shape, Size};
pub use self::usage::SealUse;
pub use self::workflow::{Applied, Decision, SealWorkflow};

use std::sync::Arc;

use super::employee::Employee;
use super::file::Content;
use super::ids::{ApplicationId, FlowId, OrganizationId, SealId, UserId};
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
    pub grants: Vec<Grant>,
    /// What it looks like.
    #[serde(default)]
    pub look: Look,
    /// What its company notes about it.
    #[serde(default)]
    pub description: String,
    /// Why it was turned down; empty otherwise.
    #[serde(default)]
    pub fail_reason: String,
    /// What its company calls its kind, where that is one of its own; empty otherwise.
    #[serde(default)]
    pub own_kind: String,
    /// The platform's application it was made through.
    #[serde(default)]
    pub application: Option<ApplicationId>,
    /// What comes back in the message about a lent seal (`UserData`); empty when nothing.
    #[serde(default)]
    pub user_data: String,
}

/// What a seal looks like.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// Drawn by the platform.
    Drawn(Drawing),
    /// A picture somebody uploaded, and its size in millimetres where they said it.
    Picture(Arc<Content>, Option<Size>),
}

impl Default for Look {
    fn default() -> Self {
        Self::Drawn(Drawing::default())
    }
}

impl Seal {
    /// The official seal a company comes with.
    #[must_use]
    pub fn first(id: SealId, organization: OrganizationId, now: Timestamp) -> Self {
        Self {
            id,
            organization,
            name: "公章".into(),
            kind: SealKind::Official,
            status: SealStatus::Enabled,
            creator: None,
            created_at: now,
            grants: Vec::new(),
            look: Look::default(),
            description: String::new(),
            fail_reason: String::new(),
            own_kind: String::new(),
            application: None,
            user_data: String::new(),
        }
    }

    /// Whether it may be used.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.status == SealStatus::Enabled
    }

    /// Its kind as lists of seals are asked for it: a kind of the company's own is an `OTHER_` of that name
    /// (`api DescribeOrganizationSeals.SealTypes` has `OTHER_xx`; that the name follows is ASSUMED).
    #[must_use]
    pub fn listed_kind(&self) -> Option<String> {
        (!self.own_kind.is_empty()).then(|| format!("{}_{}", SealKind::Other.wire(), self.own_kind))
    }

    /// Whether it is drawn anew when its company is called differently.
    #[must_use]
    pub fn bears_the_name(&self) -> bool {
        let is_drawn = matches!(self.look, Look::Drawn(_));
        let is_there = matches!(self.status, SealStatus::Enabled | SealStatus::Disabled);
        is_drawn && is_there && matches!(self.kind, SealKind::Official | SealKind::Contract)
    }

    /// Its size in millimetres, as far as somebody said it.
    #[must_use]
    pub fn size(&self) -> Option<Size> {
        match &self.look {
            Look::Drawn(drawing) => Some(drawing.size),
            Look::Picture(_, size) => *size,
        }
    }

    /// Whether this employee may use it for this contract at `now`: the administrators of its company may, and who holds a
    /// grant (`api CreateSealPolicy`).
    #[must_use]
    pub fn is_open_to(&self, employee: &Employee, flow: Option<&FlowId>, now: Timestamp) -> bool {
        let own = self.organization == employee.organization;
        own && (employee.is_admin() || self.grants.iter().any(|grant| grant.holds(&employee.id, flow, now)))
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
    /// Every kind.
    const ALL: [Self; 8] = [
        Self::Official,
        Self::Contract,
        Self::Finance,
        Self::Personnel,
        Self::Invoice,
        Self::LegalPerson,
        Self::EmployeeQualification,
        Self::Other,
    ];

    /// The kind with this wire name.
    #[must_use]
    pub fn from_wire(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.wire() == word)
    }

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
    /// 待超管审核
    CheckingByAdministrator,
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
            Self::CheckingByAdministrator => "CHECKING-SADM",
            Self::Enabled => "SUCCESS",
            Self::Refused => "FAIL",
            Self::Disabled => "DISABLE",
            Self::Stopped => "STOPPED",
            Self::Void => "VOID",
            Self::Invalid => "INVALID",
        }
    }
}
