//! Which right an action needs of the employee that acts, whatever it is about.
//!
//! The texts of the actions say that the operator must have the right to; which entry of the console's tree is meant follows
//! from the names of both (ASSUMED). Actions that are free to whoever launched the contract, or to administrators alone, ask for
//! that themselves; and those that publish no code for it ask for nothing.

use ess_schemas::{ActionContract, Service};
use serde_json::Value;

use crate::domain::right::Right;

pub(super) const NEEDED: &[(Right, &[&str])] = &[
    (
        Right::ViewFlows,
        &[
            "CreateFlowApprovers",
            "CreateFlowGroupReminds",
            "CreateFlowReminds",
            "CreateFlowSignUrl",
            "CreateSchemeUrl",
            "DescribeFlowBriefs",
            "DescribeFlowComponents",
            "DescribeFlowInfo",
            "VerifyPdf",
        ],
    ),
    (
        Right::LaunchFromFile,
        &["ChannelCreateFlowByFiles", "ChannelCreateFlowGroupByFiles", "CreateFlowByFiles", "CreateFlowGroupByFiles"],
    ),
    (
        Right::LaunchFromTemplate,
        &[
            "ChannelCreateFlowGroupByTemplates",
            "CreateDocument",
            "CreateFlow",
            "CreateFlowGroupByTemplates",
            "CreateFlowsByTemplates",
            "StartFlow",
        ],
    ),
    (Right::MakeQrCode, &["ChannelCreateMultiFlowSignQRCode", "CreateMultiFlowSignQRCode"]),
    (Right::DownloadFlows, &["DescribeResourceUrlsByFlows", "GetDownloadFlowUrl"]),
    (Right::ViewTemplates, &["DescribeFlowTemplates", "DescribeTemplates", "DescribeUserFlowType"]),
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
    (Right::ViewBills, &["DescribeBillUsage"]),
    (Right::StylePages, &["CreateWebThemeConfig"]),
];

/// A value of a parameter, and the right it needs.
type Needed = (&'static str, Right);

/// Actions that need another right for each thing they can be asked for (`api CreateEmbedWebUrl`: the right to what the page shows):
/// the action, the parameter that says it, and the right for each of its values. Other values need none. Of companies alone: their
/// namesakes of a platform's service publish no code for it.
pub(super) const NEEDED_BY_PARAMETER: &[(&str, &str, &[Needed])] = &[
    (
        "CreateEmbedWebUrl",
        "EmbedType",
        &[
            ("CREATE_SEAL", Right::CreateSeal),
            ("CREATE_TEMPLATE", Right::CreateTemplate),
            ("MODIFY_TEMPLATE", Right::EditTemplate),
            ("PREVIEW_FLOW", Right::ViewFlows),
            ("PREVIEW_FLOW_DETAIL", Right::ViewFlows),
            ("PREVIEW_SEAL_DETAIL", Right::ViewSeals),
            ("PREVIEW_SEAL_LIST", Right::ViewSeals),
            ("PREVIEW_TEMPLATE", Right::ViewTemplates),
        ],
    ),
    (
        "DescribeFileUrls",
        "BusinessType",
        &[
            ("DOCUMENT", Right::DownloadFlows),
            ("FLOW", Right::DownloadFlows),
            ("SEAL", Right::ViewSeals),
            ("TEMPLATE", Right::ViewTemplates),
        ],
    ),
    (
        "OperateTemplate",
        "OperateType",
        &[
            ("COPY", Right::CreateTemplate),
            ("DELETE", Right::DeleteTemplate),
            ("DISABLE", Right::EditTemplate),
            ("ENABLE", Right::EditTemplate),
        ],
    ),
];

/// The right this action needs with these parameters.
#[must_use]
pub fn right_for(contract: &ActionContract, parameters: &Value) -> Option<Right> {
    let always = NEEDED.iter().find(|(_, actions)| actions.contains(&contract.name)).map(|(right, _)| *right);
    always.or_else(|| {
        let (parameter, values) = by_parameter(contract)?;
        let said = parameters.get(parameter)?.as_str()?;
        values.iter().find(|(value, _)| *value == said).map(|(_, right)| *right)
    })
}

/// Whether there are parameters with which this action needs a right.
#[must_use]
pub fn needs_a_right(contract: &ActionContract) -> bool {
    right_for(contract, &Value::Null).or_else(|| by_parameter(contract)?.1.first().map(|(_, right)| *right)).is_some()
}

/// The parameter that says which right the action needs, and the right for each of its values.
fn by_parameter(contract: &ActionContract) -> Option<(&'static str, &'static [Needed])> {
    let all = NEEDED_BY_PARAMETER.iter().filter(|_| contract.service == Service::Ess);
    all.into_iter().find(|(name, ..)| *name == contract.name).map(|(_, parameter, values)| (*parameter, *values))
}

#[cfg(test)]
mod tests {
    use ess_schemas::refusals::refusal;

    use super::*;

    #[test]
    fn every_action_named_exists_and_publishes_a_code_for_it() {
        let by_parameter = NEEDED_BY_PARAMETER.iter().map(|(action, ..)| action);
        for action in NEEDED.iter().flat_map(|(_, actions)| *actions).chain(by_parameter) {
            let known: Vec<_> =
                Service::ALL.into_iter().filter_map(|service| ess_schemas::action(service, action)).collect();
            assert!(!known.is_empty(), "{action}");
            for contract in known.into_iter().filter(|contract| needs_a_right(contract)) {
                let row = refusal(contract.service, "OperatorLacksPermission").unwrap();
                let named = row.exceptions.iter().any(|one| one.action == contract.name);
                let published = row.chain.iter().any(|code| contract.codes.contains(code));
                assert!(named || published, "{action} has no code for who lacks the right");
            }
        }
    }

    #[test]
    fn what_is_asked_for_decides_where_an_action_can_do_several_things() {
        let needed = |service, parameters: &str| {
            let contract = ess_schemas::action(service, "OperateTemplate").unwrap();
            right_for(contract, &serde_json::from_str(parameters).unwrap())
        };
        assert_eq!(needed(Service::Ess, r#"{"OperateType": "DELETE"}"#), Some(Right::DeleteTemplate));
        assert_eq!(needed(Service::Ess, r#"{"OperateType": "ENABLE"}"#), Some(Right::EditTemplate));
        assert_eq!(needed(Service::Ess, r#"{"OperateType": "?"}"#), None, "it does not exist, and is refused for that");
        assert_eq!(needed(Service::Essbasic, r#"{"OperateType": "DELETE"}"#), None, "no code for it");
    }
}
