//! Every refusal ends in a code the action may answer.

use ess_schemas::refusals::refusals;
use ess_schemas::{Service, action, actions, describe, refusal};

/// Codes every action of every Tencent Cloud API may answer (page "common error codes"), as far as a refusal may fall back on them.
const COMMON: [&str; 9] = [
    "FailedOperation",
    "InternalError",
    "InvalidParameter",
    "InvalidParameterValue",
    "LimitExceeded",
    "MissingParameter",
    "ResourceNotFound",
    "UnauthorizedOperation",
    "UnsupportedOperation",
];

#[test]
fn the_winner_of_every_row_is_in_the_actions_list_or_common() {
    for service in Service::ALL {
        for row in refusals(service) {
            assert!(COMMON.contains(&row.otherwise), "{}: {} is not common", row.name, row.otherwise);
            for action in actions(service) {
                let code = row.code_for(action);
                assert!(action.lists(code) || code == row.otherwise, "{} in {}: {code}", row.name, action.name);
            }
        }
    }
}

#[test]
fn every_answer_has_words() {
    for service in Service::ALL {
        for row in refusals(service) {
            for action in actions(service) {
                let message = row.message_for(action);
                assert!(message.is_some_and(|text| !text.is_empty()), "{} in {}", row.name, action.name);
            }
        }
    }
}

#[test]
fn every_published_code_is_described() {
    for service in Service::ALL {
        for code in actions(service).iter().flat_map(|action| action.codes) {
            assert!(describe(service, code).is_some(), "{} {code}", service.name());
        }
    }
}

#[test]
fn exceptions_name_existing_actions_and_their_own_codes() {
    for service in Service::ALL {
        for row in refusals(service) {
            assert!(row.exceptions.is_sorted_by(|a, b| a.action < b.action), "{}", row.name);
            for exception in row.exceptions {
                let action = action(service, exception.action).unwrap();
                assert!(action.lists(exception.code), "{} in {}: {}", row.name, exception.action, exception.code);
                assert_eq!(row.exception_for(action).map(|found| found.code), Some(exception.code));
            }
        }
    }
}

#[test]
fn every_row_has_a_source() {
    for row in Service::ALL.into_iter().flat_map(refusals) {
        assert!(!row.source.is_empty(), "{}", row.name);
        assert!(row.exceptions.iter().all(|exception| !exception.source.is_empty()), "{}", row.name);
    }
}

/// What official examples show, wire text included.
#[test]
fn documented_refusals_are_answered_as_documented() {
    let documented = [
        (
            Service::Ess,
            "CancelFlow",
            "FlowCompleted",
            "OperationDenied.FlowHasTerminated",
            "此流程已经终止，当前所有参与者签署",
        ),
        (Service::Ess, "DescribeFileUrls", "ResourceUnknown", "ResourceNotFound", "资源不存在或无权限"),
        (Service::Ess, "DescribeFlowInfo", "FlowUnknown", "FailedOperation", "无效的流程合同Id，检查后重试"),
        (Service::Ess, "DescribeFlowBriefs", "NoViewPermission", "OperationDenied", "无查看权限, 请检查"),
        (Service::Ess, "CreateFlowSignUrl", "NotAParticipant", "ResourceNotFound", "无法找到参与人"),
        (
            Service::Ess,
            "CreateFlowByFiles",
            "ApproverNameInvalid",
            "InvalidParameter.Name",
            "参数错误,姓名不符合规范,请修改后重试",
        ),
        (Service::Ess, "CreateEmbedWebUrl", "FlowUnknown", "InternalError.DataNotFound", "未查询到流程"),
        (
            Service::Ess,
            "StartFlow",
            "DocumentNotComposed",
            "OperationDenied.DocumentNoAvailable",
            "电子文档不可用，请稍后重试。",
        ),
        (
            Service::Ess,
            "CreateBatchQuickSignUrl",
            "FlowIdMissing",
            "FailedOperation",
            "流程ID和合同组ID不能同时为空，请检查参数后再试",
        ),
        (
            Service::Ess,
            "CreateSchemeUrl",
            "JumpPageNotSupported",
            "OperationDenied.NoSupportJumpPage",
            "APP类型不支持跳转到电子签主页或合同列表页",
        ),
        (
            Service::Essbasic,
            "ArchiveDynamicFlow",
            "FlowStatusWrong",
            "OperationDenied",
            "当前合同状态不支持归档合同,请检查后重试",
        ),
        (Service::Essbasic, "ChannelCreateBoundFlows", "FlowNotClaimable", "FailedOperation", "此签署流程状态无法领取"),
    ];
    for (service, name, row, code, message) in documented {
        let (row, action) = (refusal(service, row).unwrap(), action(service, name).unwrap());
        assert_eq!(row.code_for(action), code, "{name}");
        assert_eq!(row.message_for(action), Some(message), "{name}");
    }
}

/// The same reason, told by each action in the code its list offers.
#[test]
fn the_first_listed_code_of_the_chain_wins() {
    let code = |name, row| refusal(Service::Ess, row).unwrap().code_for(action(Service::Ess, name).unwrap());

    assert_eq!(code("CancelFlow", "FlowUnknown"), "ResourceNotFound.Flow");
    assert_eq!(code("DescribeSignFaceVideo", "FlowUnknown"), "ResourceNotFound");
    assert_eq!(code("CreateFlowByFiles", "ApproversEmpty"), "InvalidParameter.FlowApprovers");
    assert_eq!(code("CreateFlowGroupByFiles", "ApproversEmpty"), "MissingParameter.FlowApprover");
    assert_eq!(code("CreateFlow", "ApproversEmpty"), "InvalidParameter.ParamError");
}

#[test]
fn messages_use_only_the_placeholders_the_readme_explains() {
    let readme = include_str!("../../README.md");
    let messages = Service::ALL
        .into_iter()
        .flat_map(refusals)
        .flat_map(|row| row.message.into_iter().chain(row.exceptions.iter().filter_map(|exception| exception.message)));
    for message in messages {
        for part in message.split('{').skip(1) {
            let name = part.split_once('}').unwrap_or_else(|| panic!("{message}: an open brace")).0;
            assert!(readme.contains(&format!("`{{{name}}}`")), "{message}: {{{name}}} is not explained");
        }
    }
}
