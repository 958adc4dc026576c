//! The one bridge from a refusal to an answer: the row of `refusals.yaml` gives code and message for the action at hand.

use std::borrow::Cow;

use ess_schemas::contract::ActionContract;
use ess_schemas::refusals;

use super::fault::ApiError;

/// A value for each `{placeholder}` of a message.
pub type Values<'v> = [(&'static str, &'v str)];

/// Answers a refusal by the name of its row.
pub fn answer(row: &str, values: &Values<'_>, action: &ActionContract) -> ApiError {
    let Some(found) = refusals::refusal(action.service, row) else {
        // A test holds the names that rules use and the rows together; should one slip through, the caller still gets
        // an error that names it.
        debug_assert!(false, "{} has no refusal row {row}", action.service.name());
        return ApiError::new("FailedOperation", format!("{row} (no such row in refusals.yaml)"));
    };
    let code = found.code_for(action);
    let template = found.message_for(action).unwrap_or(code);
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, found.word(name, value))).collect();
    ApiError::new(code, filled(template, &values))
}

/// Puts the values into a message. What names no value stays as it is: wire messages may have braces of their own.
fn filled(template: &'static str, values: &Values<'_>) -> Cow<'static, str> {
    if !template.contains('{') {
        return Cow::Borrowed(template);
    }
    let mut message = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, tail) = rest.split_at(open);
        message.push_str(before);
        let placeholder = tail[1..].split_once('}');
        let known = placeholder
            .and_then(|(name, after)| values.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value, after)));
        if let Some((value, after)) = known {
            message.push_str(value);
            rest = after;
        } else {
            message.push('{');
            rest = &tail[1..];
        }
    }
    message.push_str(rest);
    Cow::Owned(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once_and_other_braces_kept() {
        let values: &Values<'_> = &[("value", "{limit}&&&"), ("limit", "50")];

        assert_eq!(filled("参数错误,名字`{value}`填写错误", values), "参数错误,名字`{limit}&&&`填写错误");
        assert_eq!(filled("{\"width\":{limit}} {other} {", values), "{\"width\":50} {other} {");
        assert!(matches!(filled("资源不存在", values), Cow::Borrowed(_)));
    }

    #[test]
    fn the_answer_has_the_rows_code_for_the_action() {
        use ess_schemas::contract::{Service, action};
        let describe = action(Service::Ess, "DescribeFlowBriefs").unwrap();
        let row = refusals::refusal(Service::Ess, "FlowUnknown").unwrap();

        assert_eq!(answer("FlowUnknown", &[], describe).code, row.code_for(describe));
    }

    #[test]
    fn how_a_contract_ended_is_said_in_the_services_words() {
        use crate::domain::flow::Ended;
        use crate::domain::refusal::Refusal;
        use ess_schemas::contract::{Service, action};
        let modify = action(Service::Ess, "ModifyFlowDeadline").unwrap();
        let said = |state: Ended| {
            let values = Refusal::FlowEnded { state }.values();
            let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            answer("FlowEnded", &values, modify).message
        };

        let expired = "此签署流程已经终止，当前处于流程已经过期状态，无法进行延期操作，请确认后重试"; // ex ModifyFlowDeadline
        assert_eq!(said(Ended::Expired), expired);
        // A contract that everybody signed is another reason, with a message of its own.
        for state in Ended::ALL.into_iter().filter(|state| *state != Ended::Signed) {
            assert!(said(state).starts_with("此签署流程已经终止，当前处于流程已经"), "no words for {state}");
        }
    }
}
