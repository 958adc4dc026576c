//! Roles: named sets of rights. Some are the vendor's and every company's, others a company makes for itself.
//!
//! The vendor's cannot be changed or taken away (`api ChannelModifyRole`, `api ChannelDeleteRole`). What each of them may do is
//! not published beyond its name: ASSUMED, from the names and from the texts that speak of them (`api CreateFlowForwards`:
//! the contract administrator hands tasks on).

use std::collections::BTreeSet;

use super::ids::{OrganizationId, RoleId};
use super::register::Registered;
use super::right::{Right, Rights};
use super::time::Timestamp;

/// A role somebody may have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 超级管理员: everything.
    SuperAdmin,
    /// 法人: everything; reserved, and never listed.
    LegalPerson,
    /// 业务管理员: everything but roles and bills.
    BusinessAdmin,
    /// IT信息管理员: colleagues.
    ItAdmin,
    /// 企业合同管理员: all contracts.
    ContractAdmin,
    /// 企业模板管理员: templates.
    TemplateAdmin,
    /// 企业印章管理员: seals.
    SealAdmin,
    /// 用印审批岗: agrees to the use of seals.
    SealApprover,
    /// 部门管理员: all contracts, and colleagues.
    DepartmentAdmin,
    /// 经办人: launches, signs, makes templates.
    Operator,
    /// 业务员: launches and signs.
    Salesman,
    /// One the company made.
    Custom(RoleId),
}

impl Role {
    /// Those every customer of a platform has, in the order they are listed (`api ChannelDescribeRoles`).
    pub const OF_CUSTOMERS: [Self; 4] = [Self::SuperAdmin, Self::BusinessAdmin, Self::Operator, Self::Salesman];

    /// Those every company with an account of its own has (`api DescribeIntegrationRoles`).
    pub const OF_COMPANIES: [Self; 8] = [
        Self::SuperAdmin,
        Self::ItAdmin,
        Self::ContractAdmin,
        Self::TemplateAdmin,
        Self::SealAdmin,
        Self::SealApprover,
        Self::DepartmentAdmin,
        Self::Salesman,
    ];

    /// The role with this id, if it is the vendor's.
    #[must_use]
    pub fn preset(id: &str) -> Option<Self> {
        let all = [Self::LegalPerson].into_iter().chain(Self::OF_CUSTOMERS).chain(Self::OF_COMPANIES);
        all.into_iter().find(|role| role.id().as_str() == id)
    }

    /// Its id. The vendor's are the same for every company (`ex ChannelDescribeEmployees` and `ex ChannelDescribeRoles` show one
    /// id of the first); the others of these ASSUMED.
    #[must_use]
    pub fn id(&self) -> RoleId {
        match self {
            Self::SuperAdmin => "69997f600a7c8e9accc71f4241a8a091".into(),
            Self::LegalPerson => "5b0c8d3a1e5f4e0a9d7c2f60b1a8e492".into(),
            Self::BusinessAdmin => "0f4f2c5c3d7f4b1b8a52d4c6e9b07a13".into(),
            Self::ItAdmin => "c7d0a9e2f1b34c6584e3d6b29f50a814".into(),
            Self::ContractAdmin => "2e6b1d90c4a74f3bb8d5e7f10a93c625".into(),
            Self::TemplateAdmin => "8a3f5e7c6b1d4029a4c8f0d1e25b7936".into(),
            Self::SealAdmin => "d1e4b7a0935c4f8ebc26a7f3180d5e47".into(),
            Self::SealApprover => "47c9f2d6a8e14b03915d0b3e7c6fa858".into(),
            Self::DepartmentAdmin => "b52d8e0f7a3c41d69e84c1f7a0b36d69".into(),
            Self::Operator => "6d7e1a4b9f0c4582a3e6d8b5c2f1907a".into(),
            Self::Salesman => "e90b6c3f2d8a47158f7c4e1a5d03b28b".into(),
            Self::Custom(id) => id.clone(),
        }
    }

    /// What it is called, if it is the vendor's.
    #[must_use]
    pub fn preset_name(&self) -> Option<&'static str> {
        match self {
            Self::SuperAdmin => Some("超级管理员"),
            Self::LegalPerson => Some("法人"),
            Self::BusinessAdmin => Some("业务管理员"),
            Self::ItAdmin => Some("IT信息管理员"),
            Self::ContractAdmin => Some("企业合同管理员"),
            Self::TemplateAdmin => Some("企业模板管理员"),
            Self::SealAdmin => Some("企业印章管理员"),
            Self::SealApprover => Some("用印审批岗"),
            Self::DepartmentAdmin => Some("部门管理员"),
            Self::Operator => Some("经办人"),
            Self::Salesman => Some("业务员"),
            Self::Custom(_) => None,
        }
    }

    /// Whether this entry of a tree is checked in it, if it is the vendor's: every one for whoever may do everything, and of the
    /// others what stands for their rights.
    #[must_use]
    pub fn preset_checks(&self, key: &str) -> bool {
        let rights = self.preset_rights();
        let stands_for = |right: Right| rights.contains(right) && right.permissions().contains(&key);
        self.is_reserved() || Right::ALL.into_iter().any(stands_for)
    }

    /// Whether it comes and goes with the super administrator or the legal person alone, and nobody is given it or relieved of
    /// it (`api ChannelDeleteRoleUsers`).
    #[must_use]
    pub fn is_reserved(&self) -> bool {
        matches!(self, Self::SuperAdmin | Self::LegalPerson)
    }

    /// What it allows, if it is the vendor's.
    #[must_use]
    pub fn preset_rights(&self) -> Rights {
        let some = |rights: &[Right]| rights.iter().copied().collect::<Rights>();
        match self {
            Self::SuperAdmin | Self::LegalPerson => Rights::all(),
            Self::BusinessAdmin => Rights::all().without(some(&[
                Right::ViewBills,
                Right::CreateRole,
                Right::ModifyRole,
                Right::DeleteRole,
            ])),
            Self::ItAdmin => some(&STAFF),
            Self::ContractAdmin => some(&FLOWS).and(some(&USE)),
            Self::TemplateAdmin => some(&TEMPLATES),
            Self::SealAdmin => some(&SEALS),
            Self::SealApprover => some(&[Right::ViewHeldSeals, Right::ViewSeals, Right::ApproveSealUse]),
            Self::DepartmentAdmin => some(&FLOWS).and(some(&USE)).and(some(&STAFF)),
            Self::Operator => some(&LAUNCH).and(some(&USE)).and(some(&[Right::CreateTemplate, Right::EditTemplate])),
            Self::Salesman => some(&LAUNCH).and(some(&USE)).without(some(&[Right::ViewStaff])),
            Self::Custom(_) => Rights::NONE,
        }
    }
}

/// What goes with contracts of one's own.
const LAUNCH: [Right; 6] = [
    Right::ViewFlows,
    Right::DownloadFlows,
    Right::LaunchFromFile,
    Right::LaunchFromTemplate,
    Right::MakeQrCode,
    Right::ClaimFlow,
];

/// What is needed for them.
const USE: [Right; 4] = [Right::ViewStaff, Right::ViewHeldSeals, Right::ViewSeals, Right::ViewTemplates];

const FLOWS: [Right; 10] = [
    Right::ViewFlows,
    Right::AllFlows,
    Right::DownloadFlows,
    Right::LaunchFromFile,
    Right::LaunchFromTemplate,
    Right::MakeQrCode,
    Right::ClaimFlow,
    Right::CancelFlow,
    Right::ReleaseFlow,
    Right::OrderEvidence,
];

const STAFF: [Right; 4] = [Right::ViewStaff, Right::EditStaff, Right::AssignRoles, Right::RemoveRoles];

const TEMPLATES: [Right; 4] = [Right::ViewTemplates, Right::CreateTemplate, Right::EditTemplate, Right::DeleteTemplate];

const SEALS: [Right; 7] = [
    Right::ViewHeldSeals,
    Right::ViewSeals,
    Right::CreateSeal,
    Right::SwitchSeal,
    Right::GrantSeal,
    Right::DeleteSeal,
    Right::ApproveSealUse,
];

/// A role a company made for itself.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct CustomRole {
    /// Its id.
    pub id: RoleId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// What it is called; no two of a company are called alike.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The entries of the console's tree that are checked.
    pub permissions: BTreeSet<String>,
    /// Whether it counts; a role that was switched off gives nothing.
    pub enabled: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// The members of the company's holding group in which it counts, for their accounts of the company's people; nothing for a
    /// role in the company itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Members>,
}

/// Members of a holding group that a role is for (集团角色, `api CreateIntegrationRole.SubOrganizationIds`).
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Members {
    /// Every one, also those that join later.
    All,
    /// These.
    These(BTreeSet<OrganizationId>),
}

impl Members {
    /// Whether this member is among them.
    #[must_use]
    pub fn contain(&self, member: &OrganizationId) -> bool {
        match self {
            Self::All => true,
            Self::These(these) => these.contains(member),
        }
    }
}

impl Registered for CustomRole {
    type Id = RoleId;
    fn id(&self) -> &RoleId {
        &self.id
    }
}

impl CustomRole {
    /// What it allows in the company itself: a role for a group allows nothing there (ASSUMED: it is for the members).
    #[must_use]
    pub fn rights(&self) -> Rights {
        if self.members.is_some() { Rights::NONE } else { self.checked_rights() }
    }

    /// What it allows in a member of the company's group.
    #[must_use]
    pub fn rights_in(&self, member: &OrganizationId) -> Rights {
        let counts = self.members.as_ref().is_some_and(|members| members.contain(member));
        if counts { self.checked_rights() } else { Rights::NONE }
    }

    fn checked_rights(&self) -> Rights {
        let gives = |right: &Right| right.permissions().iter().any(|key| self.permissions.contains(*key));
        if self.enabled { Right::ALL.into_iter().filter(gives).collect() } else { Rights::NONE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn custom(permissions: &[&str], enabled: bool) -> CustomRole {
        CustomRole {
            id: "role".into(),
            organization: "own".into(),
            name: "采购".into(),
            description: String::new(),
            permissions: permissions.iter().map(|key| (*key).to_owned()).collect(),
            enabled,
            created_at: Timestamp::default(),
            members: None,
        }
    }

    #[test]
    fn a_role_allows_what_is_checked_in_it_while_it_is_switched_on() {
        let checked = ["CancelFlow", "DownloadFlow", "FlowsManagement-Preview"];
        let rights = custom(&checked, true).rights();
        assert_eq!(rights, [Right::CancelFlow, Right::DownloadFlows].into_iter().collect());
        assert!(custom(&checked, false).rights().is_empty());
    }

    #[test]
    fn a_role_for_a_group_counts_in_its_members_and_nowhere_else() {
        let these = Some(Members::These(["member".into()].into()));
        let role = CustomRole { members: these, ..custom(&["CancelFlow"], true) };
        let cancels: Rights = [Right::CancelFlow].into_iter().collect();
        assert_eq!(role.rights_in(&"member".into()), cancels);
        assert!(role.rights_in(&"other".into()).is_empty() && role.rights().is_empty());
        let all = CustomRole { members: Some(Members::All), ..role };
        assert_eq!(all.rights_in(&"other".into()), cancels);
        assert!(custom(&["CancelFlow"], true).rights_in(&"member".into()).is_empty(), "one of the company itself");
    }

    #[test]
    fn the_vendors_roles_are_found_by_their_ids_and_no_two_share_one() {
        let all = [Role::LegalPerson].into_iter().chain(Role::OF_CUSTOMERS).chain(Role::OF_COMPANIES);
        for role in all {
            assert_eq!(Role::preset(role.id().as_str()), Some(role.clone()));
            assert!(role.preset_name().is_some());
        }
        assert_eq!(Role::preset("nobody"), None);
    }

    #[test]
    fn an_operator_launches_and_does_not_administer() {
        let rights = Role::Operator.preset_rights();
        assert!(rights.contains(Right::LaunchFromFile) && rights.contains(Right::ViewStaff));
        for right in [Right::CancelFlow, Right::CreateRole, Right::AssignRoles, Right::GrantSeal, Right::AllFlows] {
            assert!(!rights.contains(right), "{right:?}");
        }
    }
}
