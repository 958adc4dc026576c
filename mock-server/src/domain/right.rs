//! What only some employees of a company may do.
//!
//! The vendor's console has a tree of permissions for it, one spelling for companies and another for a platform's customers
//! (`ex CreateIntegrationRole`, `ex ChannelCreateRole`). These are the entries of both trees that bind somewhere here.

/// A right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// See contracts.
    ViewFlows,
    /// Deal with contracts of colleagues as with own ones.
    AllFlows,
    /// Download contracts.
    DownloadFlows,
    /// Launch from an uploaded file.
    LaunchFromFile,
    /// Launch from a template.
    LaunchFromTemplate,
    /// Make QR codes that strangers sign by.
    MakeQrCode,
    /// Pick up open tasks.
    ClaimFlow,
    /// Withdraw contracts.
    CancelFlow,
    /// Release signed contracts.
    ReleaseFlow,
    /// Order reports on how contracts were signed.
    OrderEvidence,
    /// See colleagues.
    ViewStaff,
    /// Take colleagues in, change and dismiss them.
    EditStaff,
    /// Give colleagues roles.
    AssignRoles,
    /// Take roles from colleagues.
    RemoveRoles,
    /// Make roles.
    CreateRole,
    /// Change roles.
    ModifyRole,
    /// Take roles away from the company.
    DeleteRole,
    /// See the seals they may use.
    ViewHeldSeals,
    /// See all seals.
    ViewSeals,
    /// Make seals.
    CreateSeal,
    /// Switch seals on and off.
    SwitchSeal,
    /// Say who may use a seal.
    GrantSeal,
    /// Take seals away.
    DeleteSeal,
    /// Agree to a seal's use.
    ApproveSealUse,
    /// See templates.
    ViewTemplates,
    /// Make templates.
    CreateTemplate,
    /// Change templates, switch them on and off.
    EditTemplate,
    /// Take templates away.
    DeleteTemplate,
    /// See what was paid and used.
    ViewBills,
    /// Say what pages look like.
    StylePages,
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 30] = [
        Self::ViewFlows,
        Self::AllFlows,
        Self::DownloadFlows,
        Self::LaunchFromFile,
        Self::LaunchFromTemplate,
        Self::MakeQrCode,
        Self::ClaimFlow,
        Self::CancelFlow,
        Self::ReleaseFlow,
        Self::OrderEvidence,
        Self::ViewStaff,
        Self::EditStaff,
        Self::AssignRoles,
        Self::RemoveRoles,
        Self::CreateRole,
        Self::ModifyRole,
        Self::DeleteRole,
        Self::ViewHeldSeals,
        Self::ViewSeals,
        Self::CreateSeal,
        Self::SwitchSeal,
        Self::GrantSeal,
        Self::DeleteSeal,
        Self::ApproveSealUse,
        Self::ViewTemplates,
        Self::CreateTemplate,
        Self::EditTemplate,
        Self::DeleteTemplate,
        Self::ViewBills,
        Self::StylePages,
    ];

    /// The entries of the console's trees that stand for it: the customers' tree, the companies' tree, where both have one.
    #[must_use]
    pub fn permissions(self) -> &'static [&'static str] {
        match self {
            Self::ViewFlows => &["FlowsManagement"],
            Self::AllFlows => &["DescribeAllFlows"],
            Self::DownloadFlows => &["FlowsManagement-Download", "DownloadFlow"],
            Self::LaunchFromFile => &["FlowByImportedFile"],
            Self::LaunchFromTemplate => &["FlowByOrganizationTemplate"],
            Self::MakeQrCode => &["CreateMultiFlowSignQRCode"],
            Self::ClaimFlow => &["FlowsManagement-Pickup"],
            Self::CancelFlow => &["CancelFlow"],
            Self::ReleaseFlow => &["RelieveFlows"],
            Self::OrderEvidence => &["ApplyEvidenceReport"],
            Self::ViewStaff => &["OrgManagement"],
            Self::EditStaff => &["ModifyYuFuOrg"],
            Self::AssignRoles => &["CreateUserRoles", "CreateRoleUsers"],
            Self::RemoveRoles => &["DeleteRoleUsers"],
            Self::CreateRole => &["CreateRole"],
            Self::ModifyRole => &["ModifyRole"],
            Self::DeleteRole => &["DeleteRole"],
            Self::ViewHeldSeals => &["QueryHoldSeal"],
            Self::ViewSeals => &["SealManagement-Manage-Detail", "QuerySeal"],
            Self::CreateSeal => &["CreateSeal"],
            Self::SwitchSeal => &["ModifySeal"],
            Self::GrantSeal => &["CreateSealPolicy"],
            Self::DeleteSeal => &["DeleteSeal"],
            Self::ApproveSealUse => &["ApplySealOnce"],
            Self::ViewTemplates => &["TemplateManagement-Query", "PreviewFlowTemplate"],
            Self::CreateTemplate => &["TemplateManagement-Create", "CreateFlowTemplate"],
            Self::EditTemplate => &["ModifyFlowTemplate"],
            Self::DeleteTemplate => &["DeleteFlowTemplates"],
            Self::ViewBills => &["BillManagement"],
            Self::StylePages => &["StyleConfig"],
        }
    }
}

/// Some rights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights(u32);

impl Rights {
    /// None.
    pub const NONE: Self = Self(0);

    /// Every one there is.
    #[must_use]
    pub fn all() -> Self {
        Right::ALL.into_iter().collect()
    }

    /// Whether this one is among them.
    #[must_use]
    pub fn contains(self, right: Right) -> bool {
        self.0 & bit(right) != 0
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// These and those.
    #[must_use]
    pub fn and(self, more: Self) -> Self {
        Self(self.0 | more.0)
    }

    /// These without those.
    #[must_use]
    pub fn without(self, fewer: Self) -> Self {
        Self(self.0 & !fewer.0)
    }
}

fn bit(right: Right) -> u32 {
    1 << right as u32
}

impl FromIterator<Right> for Rights {
    fn from_iter<Some: IntoIterator<Item = Right>>(rights: Some) -> Self {
        Self(rights.into_iter().fold(0, |all, right| all | bit(right)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        for right in Right::ALL {
            let others: Rights = Right::ALL.into_iter().filter(|other| *other != right).collect();
            assert!(!others.contains(right), "{right:?}");
            let all = others.and([right].into_iter().collect());
            assert_eq!(all, Rights::all(), "every right is listed");
            assert_eq!(all.without(others), [right].into_iter().collect());
        }
        assert!(Rights::NONE.is_empty());
    }

    #[test]
    fn no_entry_of_a_tree_stands_for_two_rights() {
        let mut seen = std::collections::BTreeSet::new();
        assert!(Right::ALL.into_iter().flat_map(Right::permissions).all(|key| seen.insert(key)));
    }
}
