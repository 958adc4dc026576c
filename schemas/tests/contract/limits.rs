//! Field limits: each can be enforced, and names a refusal that exists.

use ess_schemas::{FieldContract, Service, StructContract, action, actions, refusal};

fn limited_fields(service: Service) -> Vec<(&'static StructContract, &'static FieldContract)> {
    fn walk(
        owner: &'static StructContract,
        seen: &mut Vec<&'static str>,
        found: &mut Vec<(&'static StructContract, &'static FieldContract)>,
    ) {
        if seen.contains(&owner.name) {
            return;
        }
        seen.push(owner.name);
        for field in owner.fields {
            if field.limits.is_some() {
                found.push((owner, field));
            }
            if let Some(inner) = field.kind.structure() {
                walk(inner, seen, found);
            }
        }
    }
    let (mut seen, mut found) = (Vec::new(), Vec::new());
    for contract in actions(service) {
        walk(contract.request, &mut seen, &mut found);
    }
    found
}

#[test]
fn every_limit_names_a_refusal_and_a_source() {
    for service in Service::ALL {
        let fields = limited_fields(service);
        assert!(fields.len() > 250, "{} has only {} limits", service.name(), fields.len());
        for (owner, field) in fields {
            let limits = field.limits.unwrap();
            assert!(refusal(service, limits.refusal).is_some(), "{}.{}: {}", owner.name, field.name, limits.refusal);
            assert!(!limits.source.is_empty(), "{}.{}", owner.name, field.name);
        }
    }
}

#[test]
fn every_pattern_is_a_regular_expression() {
    for (owner, field) in Service::ALL.into_iter().flat_map(limited_fields) {
        if let Some(pattern) = field.limits.unwrap().pattern {
            assert!(regex::Regex::new(pattern).is_ok(), "{}.{}: {pattern}", owner.name, field.name);
            assert!(pattern.starts_with('^'), "{}.{}: {pattern} is not anchored", owner.name, field.name);
        }
    }
}

#[test]
fn only_known_formats_are_asked_for() {
    for (owner, field) in Service::ALL.into_iter().flat_map(limited_fields) {
        if let Some(format) = field.limits.unwrap().format {
            assert!(["base64", "email", "url"].contains(&format), "{}.{}: {format}", owner.name, field.name);
        }
    }
}

#[test]
fn ids_are_looked_up_and_not_measured() {
    // ASSUMED: no example shows a complaint about an id's shape, so any unknown id is answered as unknown.
    for (owner, field) in Service::ALL.into_iter().flat_map(limited_fields) {
        let id = ["FlowId", "TemplateId", "SealId", "RecipientId", "UserId", "FlowGroupId"].contains(&field.name);
        assert!(!id, "{}.{} has a limit", owner.name, field.name);
    }
}

#[test]
fn names_may_hold_what_official_examples_put_into_them() {
    let contract = action(Service::Ess, "CreateFlow").unwrap();
    let limits = contract.request.field("FlowName").unwrap().limits.unwrap();
    let pattern = regex::Regex::new(limits.pattern.unwrap()).unwrap();

    assert!(pattern.is_match("员工入职合同（2024）-A_1"));
    assert!(pattern.is_match("NDA (draft) & annex"));
    assert!(!pattern.is_match("合同😀"));
    assert!(!pattern.is_match("合同*"));
}

/// Official examples of refused values: the field's limit must lead to the documented answer.
#[test]
fn a_broken_limit_is_answered_as_documented() {
    let documented = [
        (
            Service::Ess,
            "CreateIntegrationDepartment",
            "DeptName",
            "InvalidParameter.ParamError",
            "部门名称请控制在50个字符以内",
        ),
        (
            Service::Ess,
            "ModifyIntegrationDepartment",
            "DeptOpenId",
            "InvalidParameter.ParamError",
            "部门openId请控制在64个字符以内",
        ),
        (
            Service::Ess,
            "CreateOrganizationInfoChangeUrl",
            "ChangeType",
            "InvalidParameter.ParamError",
            "不支持的变更类型:{value},请确认后重新",
        ),
        (Service::Ess, "CreateWebThemeConfig", "ThemeType", "OperationDenied", "不支持的主题类型"),
        (Service::Ess, "CreateExtendedServiceAuthInfos", "ExtendServiceType", "OperationDenied", "不支持的扩展类型"),
        (Service::Ess, "DescribeBillUsageDetail", "Limit", "InvalidParameter.Limit", "分页参数不合法"),
        (
            Service::Ess,
            "DescribeIntegrationDepartments",
            "QueryType",
            "InvalidParameter.ParamError",
            "部门查询类型不存在，请核对参数",
        ),
        (Service::Ess, "DescribeIntegrationEmployees", "Limit", "InvalidParameter.ParamError", "参数Limit不正确"),
        (
            Service::Ess,
            "DescribeOrganizationGroupOrganizations",
            "Limit",
            "InvalidParameterValue",
            "分页大小应该大于0小于等于1000",
        ),
        (
            Service::Ess,
            "ModifyExtendedService",
            "ServiceType",
            "InvalidParameter.ParamError",
            "非法的扩展服务类型{value},请确认后重试",
        ),
        (Service::Essbasic, "ChannelCreateWebThemeConfig", "ThemeType", "OperationDenied", "不支持的主题类型"),
        (Service::Essbasic, "ChannelDescribeBillUsageDetail", "Limit", "InvalidParameter.Limit", "分页参数不合法"),
        (Service::Essbasic, "ModifyExtendedService", "ServiceType", "InvalidParameter.ParamError", "参数错误。"),
    ];
    for (service, name, field, code, message) in documented {
        let contract = action(service, name).unwrap();
        let limits = contract.request.field(field).unwrap().limits.unwrap();
        let row = refusal(service, limits.refusal).unwrap();
        assert_eq!((row.code_for(contract), row.message_for(contract)), (code, Some(message)), "{name}.{field}");
    }
}
