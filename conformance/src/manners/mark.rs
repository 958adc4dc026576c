//! The run's mark in the names of what it creates, by which a contract is found again whose id nobody learnt.
//!
//! Cases know nothing of it: it is put behind a name on the way out and taken away on the way in.

use std::sync::OnceLock;

use ess_schemas::ActionContract;
use regex::Regex;
use serde_json::Value;

/// The longest name a contract may have. (api CreateFlowByFiles)
const LONGEST_NAME: usize = 200;
/// How long a contract of a run lives at most, when its case does not care: leftovers find their end by themselves.
const LIFETIME: i64 = 86_400;

/// Where the contracts of a group stand in a request.
const LISTS: [&str; 3] = ["FlowGroupInfos", "FlowFileInfos", "FlowInfos"];
/// How the vendor spells a deadline, here and there. (api CreateFlowByFiles, CreateFlow)
const SPELLINGS: [&str; 2] = ["Deadline", "DeadLine"];

/// Puts a mark of this run's call behind each name. The names as they are sent.
pub fn put(request: &mut Value, run: &str, call: u64) -> Vec<String> {
    let mut names = Vec::new();
    mark_name(request, &format!("{run}-{call}"), &mut names);
    for list in LISTS {
        for (number, one) in request.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten().enumerate() {
            mark_name(one, &format!("{run}-{call}.{number}"), &mut names);
        }
    }
    names
}

fn mark_name(of: &mut Value, mark: &str, names: &mut Vec<String>) {
    let Some(Value::String(name)) = of.get_mut("FlowName") else { return };
    let marked = format!("{name} {mark}");
    if !name.is_empty() && marked.chars().count() <= LONGEST_NAME {
        name.clone_from(&marked);
        names.push(marked);
    }
}

/// Takes marks out of whatever was answered.
pub fn remove(value: &mut Value) {
    static MARK: OnceLock<Option<Regex>> = OnceLock::new();
    let Some(mark) = MARK.get_or_init(|| Regex::new(r" ess-[0-9a-z]+-[0-9]+(\.[0-9]+)?").ok()) else { return };
    match value {
        Value::String(text) if mark.is_match(text) => *text = mark.replace_all(text, "").into_owned(),
        Value::Array(items) => items.iter_mut().for_each(remove),
        Value::Object(map) => map.values_mut().for_each(remove),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Gives contracts an end of their own within a day, where nobody asked for another. The request is one of this action.
pub fn shorten(request: &mut Value, action: &ActionContract, now: i64) {
    let end = || Value::from(now + LIFETIME);
    if let Some(list) = LISTS.into_iter().find(|list| request.get(list).is_some()) {
        let contracts = request.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
        for contract in contracts.filter_map(Value::as_object_mut) {
            contract.entry("Deadline").or_insert_with(end);
        }
    } else if let (Some(field), Value::Object(map)) =
        (SPELLINGS.iter().find(|name| action.request.field(name).is_some()), request)
    {
        map.entry(*field).or_insert_with(end);
    }
}

/// The last moment at which what this request creates ends by itself, if it says.
pub fn end(request: &Value) -> Option<i64> {
    let own = |one: &Value| SPELLINGS.iter().find_map(|name| one[*name].as_i64());
    match LISTS.into_iter().find_map(|list| request[list].as_array()) {
        Some(contracts) => contracts.iter().map(own).collect::<Option<Vec<_>>>()?.into_iter().max(),
        None => own(request),
    }
}

#[cfg(test)]
mod tests {
    use ess_schemas::Service;
    use serde_json::json;

    use super::*;

    fn shortened(action: &str, mut request: Value) -> Value {
        shorten(&mut request, ess_schemas::action(Service::Ess, action).unwrap(), 1000);
        request
    }

    #[test]
    fn a_name_is_marked_going_out_and_plain_coming_in() {
        let mut request = json!({"FlowName": "采购合同", "FlowGroupInfos": [{"FlowName": "甲"}, {"FlowName": "乙"}]});

        let names = put(&mut request, "ess-lq2x3", 7);

        assert_eq!(names, ["采购合同 ess-lq2x3-7", "甲 ess-lq2x3-7.0", "乙 ess-lq2x3-7.1"]);
        let mut answer = json!({"Details": [{"FlowName": names[1], "Text": format!("{}已签署", names[0])}]});
        remove(&mut answer);
        assert_eq!(answer, json!({"Details": [{"FlowName": "甲", "Text": "采购合同已签署"}]}));
    }

    #[test]
    fn a_name_without_room_stays_as_it_is() {
        let mut request = json!({"FlowName": "合".repeat(195)});

        assert!(put(&mut request, "ess-lq2x3", 7).is_empty());
        assert_eq!(request["FlowName"], "合".repeat(195));
    }

    #[test]
    fn contracts_end_within_a_day_unless_their_case_says_when() {
        let group = shortened("CreateFlowGroupByFiles", json!({"FlowGroupInfos": [{}, {"Deadline": 5}]}));

        assert_eq!(group, json!({"FlowGroupInfos": [{"Deadline": 87_400}, {"Deadline": 5}]}));
        assert_eq!(end(&group), Some(87_400));
        assert_eq!(shortened("CreateFlow", json!({})), json!({"DeadLine": 87_400}));
        assert_eq!(shortened("CreateMiniAppPrepareFlow", json!({})), json!({}), "it takes none");
        assert_eq!(end(&json!({})), None);
    }
}
