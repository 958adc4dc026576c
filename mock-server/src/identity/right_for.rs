//! Which right an action needs of the employee that acts, whatever it is about.
//!
//! The texts of the actions say that the operator must have the right to; which entry of the console's tree is meant follows
//! from the names of both (ASSUMED). Actions that are free to whoever launched the contract, or to administrators alone, ask for
//! that themselves; and those that publish no code for it ask for nothing.

use crate::domain::right::Right;

pub(super) const NEEDED: &[(Right, &[&str])] = &[
    (
        Right::LaunchFromFile,
        &["ChannelCreateFlowByFiles", "ChannelCreateFlowGroupByFiles", "CreateFlowByFiles", "CreateFlowGroupByFiles"],
    ),
    (
        Right::LaunchFromTemplate,
        &["ChannelCreateFlowGroupByTemplates", "CreateFlow", "CreateFlowGroupByTemplates", "CreateFlowsByTemplates"],
    ),
    (Right::MakeQrCode, &["ChannelCreateMultiFlowSignQRCode", "CreateMultiFlowSignQRCode"]),
    (Right::DownloadFlows, &["DescribeResourceUrlsByFlows", "GetDownloadFlowUrl"]),
    (Right::ViewTemplates, &["DescribeFlowTemplates", "DescribeTemplates"]),
    (Right::CreateSeal, &["CreateSeal", "CreateSealByImage"]),
    (Right::SwitchSeal, &["ChannelUpdateSealStatus", "OperateSeals"]),
    (Right::GrantSeal, &["CreateSealPolicy"]),
    (
        Right::ViewStaff,
        &[
            "ChannelDescribeEmployees",
            "DescribeIntegrationDepartments",
            "DescribeIntegrationEmployees",
            "DescribeSingleSignOnEmployees",
            "DescribeIntegrationRoles",
        ],
    ),
    // 编辑组织架构 (`ex DeleteIntegrationDepartment`).
    (
        Right::EditStaff,
        &[
            "BindEmployeeUserIdWithClientOpenId",
            "CreateIntegrationDepartment",
            "CreateIntegrationEmployees",
            "CreateSingleSignOnEmployees",
            "DeleteIntegrationDepartment",
            "DeleteIntegrationEmployees",
            "DeleteSingleSignOnEmployees",
            "ModifyIntegrationDepartment",
            "ModifySingleSignOnEmployees",
            "UnbindEmployeeUserIdWithClientOpenId",
            "UpdateIntegrationEmployees",
        ],
    ),
    (Right::AssignRoles, &["ChannelCreateUserRoles", "CreateIntegrationUserRoles"]),
    (Right::RemoveRoles, &["ChannelDeleteRoleUsers", "DeleteIntegrationRoleUsers"]),
    (Right::CreateRole, &["ChannelCreateRole", "CreateIntegrationRole"]),
    (Right::ModifyRole, &["ChannelModifyRole", "ModifyIntegrationRole"]),
    (Right::DeleteRole, &["ChannelDeleteRole"]),
];

/// The right this action needs, in either service.
#[must_use]
pub fn right_for(action: &str) -> Option<Right> {
    NEEDED.iter().find(|(_, actions)| actions.contains(&action)).map(|(right, _)| *right)
}

#[cfg(test)]
mod tests {
    use ess_schemas::Service;
    use ess_schemas::refusals::refusal;

    use super::*;

    #[test]
    fn every_action_named_exists_and_publishes_a_code_for_it() {
        for action in NEEDED.iter().flat_map(|(_, actions)| *actions) {
            let known: Vec<_> =
                Service::ALL.into_iter().filter_map(|service| ess_schemas::action(service, action)).collect();
            assert!(!known.is_empty(), "{action}");
            for contract in known {
                let row = refusal(contract.service, "OperatorLacksPermission").unwrap();
                let named = row.exceptions.iter().any(|one| one.action == contract.name);
                let published = row.chain.iter().any(|code| contract.codes.contains(code));
                assert!(named || published, "{action} has no code for who lacks the right");
            }
        }
    }
}
