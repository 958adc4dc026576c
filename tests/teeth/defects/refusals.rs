//! Refusals with the wrong code or sentence, refusals that are none, and refusals of what is allowed.

use serde_json::{Value, json};

use super::defect;
use super::edits::{refuse, set};
use crate::defect::{Actions, Defect, Trick};
use crate::proxy::asked::Asked;

pub(super) fn defects() -> Vec<Defect> {
    vec![
        code(
            "ended_by_the_parent_code",
            "the code leaves out what it was about",
            &["CancelFlow"],
            "OperationDenied.FlowHasTerminated",
            "OperationDenied",
        ),
        code(
            "unknown_flow_as_bad_parameter",
            "an unknown contract is called a bad parameter",
            &["CancelFlow"],
            "ResourceNotFound.Flow",
            "InvalidParameter.FlowId",
        ),
        code(
            "no_quota_as_forbidden",
            "a lack of quota is called a lack of permission",
            &["CreateFlowByFiles"],
            "OperationDenied.NoQuota",
            "OperationDenied.Forbid",
        ),
        code(
            "bad_parameter_as_denied",
            "a bad parameter is called forbidden",
            &["CreateFlow"],
            "InvalidParameter.FlowName",
            "OperationDenied.Forbid",
        ),
        code("internal_error_for_all", "whatever fails is called an internal error", &["*"], "*", "InternalError"),
        code(
            "missing_as_invalid",
            "a parameter that is missing is called invalid",
            &["*"],
            "MissingParameter",
            "InvalidParameter",
        ),
        code(
            "unknown_action_unsupported",
            "an action that does not exist is called not supported",
            &["*"],
            "InvalidAction",
            "UnsupportedOperation",
        ),
        code(
            "key_unknown_as_signature",
            "an unknown key is called a wrong signature",
            &["*"],
            "AuthFailure.SecretIdNotFound",
            "AuthFailure.SignatureFailure",
        ),
        sentence("half_a_sentence", "the sentence about complete contracts is cut off", &["CancelFlow"], |text| {
            text.split('，').next().unwrap_or_default().to_owned()
        }),
        sentence("sentences_without_names", "sentences do not name the parameter they are about", &["*"], |text| {
            text.split('`').step_by(2).collect()
        }),
        sentence("no_sentences", "refusals say nothing but a code", &["*"], |_| String::new()),
        sentence("one_language", "Chinese sentences come in English", &["*"], |text| {
            if text.is_ascii() { text.to_owned() } else { "The operation failed.".to_owned() }
        }),
        defect("refusals_as_http_errors", "refusals come with HTTP status 400", Trick::Status(400)),
        accepted(
            "complete_contract_cancelled",
            "a complete contract can be cancelled",
            &["CancelFlow"],
            "OperationDenied.FlowHasTerminated",
            || json!({}),
        ),
        accepted(
            "same_signer_twice",
            "one person may sign a contract twice",
            &["CreateFlowByFiles"],
            "OperationDenied.ApproverRepeat",
            || json!({"FlowId": "yDwfPUUckpstqqkqUEzQOcyTxcgA8i2U", "Approvers": []}),
        ),
        accepted(
            "started_twice",
            "a contract can be started twice",
            &["StartFlow"],
            "OperationDenied.FlowHasStarted",
            || json!({"Status": "START"}),
        ),
        accepted(
            "archived_too_early",
            "an open contract can be closed before all have signed",
            &["ArchiveDynamicFlow"],
            "*",
            || json!({"FlowId": "yDwfPUUckpstqqkqUEzQOcyTxcgA8i2U", "Approvers": []}),
        ),
        accepted(
            "released_again",
            "a released contract can be released again",
            &["CreateReleaseFlow"],
            "*",
            || json!({"FlowId": "yDwfPUUckpstqqkqUEzQOcyTxcgA8i2U"}),
        ),
        accepted(
            "unknown_ids_told_as_nothing",
            "an unknown contract is told as none",
            &["DescribeFlowInfo"],
            "FailedOperation",
            || json!({"FlowDetailInfos": [], "FlowGroupId": "", "FlowGroupName": ""}),
        ),
        refused(
            "longest_reason_too_long",
            "a reason of the greatest length is refused",
            &["CancelFlow"],
            |asked| letters(&asked.parameters["CancelMessage"]) == 200,
            "InvalidParameter.CancelReason",
        ),
        refused(
            "hundred_is_too_many",
            "a hundred contracts at once are refused",
            &["DescribeFlowInfo"],
            |asked| items(&asked.parameters["FlowIds"]) == 100,
            "FailedOperation",
        ),
        refused(
            "null_is_a_value",
            "a parameter that is null is refused",
            &["*"],
            |asked| asked.parameters.as_object().is_some_and(|all| all.values().any(Value::is_null)),
            "InvalidParameter",
        ),
        refused(
            "no_deadline_no_contract",
            "a contract must be given a deadline",
            &["CreateFlowByFiles"],
            |asked| asked.parameters["Deadline"].is_null(),
            "MissingParameter",
        ),
        refused(
            "reasons_in_english_refused",
            "a reason in English is refused",
            &["CancelFlow"],
            |asked| {
                asked.parameters["CancelMessage"]
                    .as_str()
                    .is_some_and(|text| text.bytes().any(|byte| byte.is_ascii_lowercase()))
            },
            "InvalidParameter.CancelReason",
        ),
    ]
}

fn is_code(answer: &Value, code: &str) -> bool {
    answer["Error"]["Code"].as_str().is_some_and(|found| code == "*" || found == code)
}

fn code(name: &'static str, says: &'static str, actions: Actions, from: &'static str, to: &'static str) -> Defect {
    let twist = move |_: &Asked, answer: &mut Value| {
        if is_code(answer, from) {
            set(answer, "Error.Code", to);
        }
    };
    defect(name, says, Trick::Answered(actions, Box::new(twist)))
}

fn sentence(name: &'static str, says: &'static str, actions: Actions, change: fn(&str) -> String) -> Defect {
    let twist = move |_: &Asked, answer: &mut Value| {
        let changed = answer["Error"]["Message"].as_str().map(change);
        if let Some(changed) = changed {
            set(answer, "Error.Message", changed);
        }
    };
    defect(name, says, Trick::Answered(actions, Box::new(twist)))
}

fn accepted(
    name: &'static str,
    says: &'static str,
    actions: Actions,
    code: &'static str,
    success: fn() -> Value,
) -> Defect {
    let twist = move |_: &Asked, answer: &mut Value| {
        if is_code(answer, code) {
            let id = answer["RequestId"].clone();
            *answer = success();
            answer["RequestId"] = id;
        }
    };
    defect(name, says, Trick::Answered(actions, Box::new(twist)))
}

fn refused(
    name: &'static str,
    says: &'static str,
    actions: Actions,
    when: fn(&Asked) -> bool,
    code: &'static str,
) -> Defect {
    let twist = move |asked: &Asked, answer: &mut Value| {
        if answer["Error"].is_null() && when(asked) {
            refuse(answer, code, "参数错误");
        }
    };
    defect(name, says, Trick::Answered(actions, Box::new(twist)))
}

fn letters(text: &Value) -> usize {
    text.as_str().unwrap_or_default().chars().count()
}

fn items(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}
