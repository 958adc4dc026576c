//! Holding groups (集团): a main company acts for the members that joined it (`seed scenario-guide`).

use std::collections::BTreeMap;

use super::ids::{OrganizationId, UserId};
use super::time::Timestamp;

/// How a company belongs to a holding group.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct HoldingMembership {
    /// The main company of the group.
    pub main: OrganizationId,
    /// How far the joining has come.
    pub status: MembershipStatus,
    /// When it joined.
    pub joined_at: Timestamp,
    /// The accounts employees of the main company have here: their id there, their id here.
    pub shadows: BTreeMap<UserId, UserId>,
}

impl HoldingMembership {
    /// Whether the main company may act for the member.
    #[must_use]
    pub fn is_in_force(&self) -> bool {
        self.status == MembershipStatus::Joined
    }
}

/// How far a company's joining has come (`api GroupOrganization.Status`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MembershipStatus {
    /// 1 待授权
    Invited,
    /// 2 已授权待激活
    Authorized,
    /// 3 拒绝授权
    Refused,
    /// 4 已解除
    Released,
    /// 5 已加入
    #[default]
    Joined,
}

impl MembershipStatus {
    /// The number on the wire.
    #[must_use]
    pub const fn code(self) -> u64 {
        match self {
            Self::Invited => 1,
            Self::Authorized => 2,
            Self::Refused => 3,
            Self::Released => 4,
            Self::Joined => 5,
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Invited => "待授权",
            Self::Authorized => "已授权待激活",
            Self::Refused => "拒绝授权",
            Self::Released => "已解除",
            Self::Joined => "已加入",
        }
    }
}
