//! An answer for an action that has no handler: made from its contract alone, filling every field, and the same every
//! time. It is never written to any state, and the envelope says that it was synthesized.
//!
//! Texts are plausible for their field's name and never point at the vendor: URLs lead to the reserved top-level domain
//! `.invalid`, so that nobody follows them by mistake.

use ess_schemas::contract::{ActionContract, FieldContract, Kind, Literal, StructContract};
use serde_json::{Map, Value, json};

/// A moment for every time field: 2023-11-14 22:13:20 UTC, long past and easy to recognise.
const MOMENT: i64 = 1_700_000_000;

/// The response of an action, without RequestId.
pub fn response(contract: &ActionContract) -> Value {
    filled(contract.response, &mut Vec::new())
}

/// A struct with all its fields. `inside` holds the structs around it: one that contains itself ends there.
pub(super) fn filled(contract: &'static StructContract, inside: &mut Vec<&'static str>) -> Value {
    inside.push(contract.name);
    let fields = contract.fields.iter().map(|field| (field.name.to_owned(), value_of(field, inside)));
    let object = Value::Object(fields.collect::<Map<String, Value>>());
    inside.pop();
    object
}

fn value_of(field: &FieldContract, inside: &mut Vec<&'static str>) -> Value {
    let listed = field.limits.and_then(|limits| limits.allowed.first());
    of_kind(field.kind, field.name, listed, inside)
}

fn of_kind(kind: Kind, name: &str, listed: Option<&Literal>, inside: &mut Vec<&'static str>) -> Value {
    match (kind, listed) {
        (Kind::Struct(contract), _) if inside.contains(&contract.name) => json!({}),
        (Kind::Struct(contract), _) => filled(contract, inside),
        (Kind::List(Kind::Struct(contract)), _) if inside.contains(&contract.name) => json!([]),
        (Kind::List(item), listed) => json!([of_kind(*item, name, listed, inside)]),
        (Kind::String, Some(Literal::Text(text))) => json!(text),
        (Kind::Int64 | Kind::Uint64 | Kind::Float, Some(Literal::Integer(number))) => json!(number),
        (Kind::Float, Some(Literal::Float(number))) => json!(number),
        (Kind::Bool, Some(Literal::Bool(flag))) => json!(flag),
        (Kind::String, _) => json!(text_for(name)),
        (Kind::Int64 | Kind::Uint64, _) => json!(number_for(name)),
        (Kind::Float, _) => json!(1.0),
        (Kind::Bool, _) => json!(true),
    }
}

/// A text for a field of this name.
fn text_for(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let has = |part: &str| lower.contains(part);
    if has("url") || has("link") || lower.ends_with("path") {
        format!("https://synthesized.invalid/{name}")
    } else if lower.ends_with("ids") || lower.ends_with("id") {
        id_for(name)
    } else if has("mobile") || has("phone") {
        "13800000000".to_owned()
    } else if has("email") {
        "synthesized@example.invalid".to_owned()
    } else if has("time") || has("date") || has("deadline") {
        "2023-11-14 22:13:20".to_owned()
    } else if has("base64") || has("filebody") {
        "c3ludGhlc2l6ZWQ=".to_owned()
    } else {
        format!("synthesized {name}")
    }
}

/// 32 characters of the vendor's alphabet that say which field they fill.
fn id_for(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    "synth".chars().chain(letters).chain(std::iter::repeat('0')).take(32).collect()
}

fn number_for(name: &str) -> i64 {
    let lower = name.to_ascii_lowercase();
    let is_time = ["time", "deadline", "expire", "createdon", "updatedon"].iter().any(|part| lower.contains(part));
    if is_time { MOMENT } else { 1 }
}

#[cfg(test)]
mod tests {
    use ess_schemas::contract::{Service, action, actions};
    use ess_schemas::response_schema;

    use super::*;

    #[test]
    fn every_action_gets_an_answer_that_its_response_schema_accepts() {
        for contract in Service::ALL.into_iter().flat_map(actions) {
            let mut answer = response(contract);
            answer["RequestId"] = json!("s");
            let validator = jsonschema::validator_for(&response_schema(contract)).unwrap();
            let faults: Vec<_> = validator.iter_errors(&answer).map(|fault| fault.to_string()).collect();
            assert!(faults.is_empty(), "{} {}: {faults:?}", contract.service.name(), contract.name);
        }
    }

    #[test]
    fn every_field_is_filled_down_to_a_struct_that_contains_itself() {
        let contract = action(Service::Ess, "DescribeFlowInfo").unwrap();
        let answer = response(contract);

        for field in contract.response.fields {
            assert!(!answer[field.name].is_null(), "{}", field.name);
        }
        assert!(answer["FlowDetailInfos"][0]["FlowApproverInfos"][0]["ApproveName"].is_string());
    }

    #[test]
    fn ids_look_like_the_vendors_and_urls_lead_nowhere() {
        let answer = response(action(Service::Ess, "CreateSchemeUrl").unwrap());
        assert!(answer["SchemeUrl"].as_str().unwrap().starts_with("https://synthesized.invalid/"));

        let flow_id = response(action(Service::Ess, "CreateFlow").unwrap())["FlowId"].as_str().unwrap().to_owned();
        assert_eq!(flow_id.len(), 32);
        assert!(flow_id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }

    #[test]
    fn the_same_action_is_answered_alike_every_time() {
        let contract = action(Service::Essbasic, "DescribeTemplates").unwrap();

        assert_eq!(response(contract).to_string(), response(contract).to_string());
    }
}
