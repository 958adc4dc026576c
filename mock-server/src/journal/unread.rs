//! Fields a client sent that no rule reads: what it believes to matter and does not.

use ess_schemas::contract::{IdentityClass, Kind, StructContract};
use serde_json::Value;

use super::entry::Entry;
use super::tables;
use crate::actions;

/// The paths of the fields in this request that change nothing here, in their declared order.
#[must_use]
pub fn fields_of(entry: &Entry) -> Vec<String> {
    let Some(contract) = entry.asked.contract else { return Vec::new() };
    let mut found = Vec::new();
    if actions::handler(contract).is_some() {
        walk(contract.request, &entry.asked.body.value(), "", &mut found);
    } else {
        // Answered from its schema: nothing is read but who acts.
        let acting = match contract.identity {
            IdentityClass::Operator { .. } => ["Operator", "Agent"],
            IdentityClass::Caller { .. } => ["Caller", "Agent"],
            IdentityClass::Agent { .. } => ["Agent", "Operator"],
            IdentityClass::None => ["", ""],
        };
        let parameters = entry.asked.body.value();
        let sent = contract.request.fields.iter().filter(|field| parameters.get(field.name).is_some());
        found.extend(sent.filter(|field| !acting.contains(&field.name)).map(|field| field.name.to_owned()));
    }
    found
}

fn walk(structure: &StructContract, value: &Value, path: &str, found: &mut Vec<String>) {
    let Value::Object(sent) = value else { return };
    for field in structure.fields {
        let Some(value) = sent.get(field.name).filter(|value| !value.is_null()) else { continue };
        let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
        if tables::is_unread(structure.name, field.name) {
            found.push(path);
        } else {
            into(&field.kind, value, &path, found);
        }
    }
}

fn into(kind: &Kind, value: &Value, path: &str, found: &mut Vec<String>) {
    match (kind, value) {
        (Kind::Struct(inner), value) => walk(inner, value, path, found),
        (Kind::List(item), Value::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                into(item, value, &format!("{path}.{index}"), found);
            }
        }
        (Kind::String | Kind::Int64 | Kind::Uint64 | Kind::Float | Kind::Bool | Kind::List(_), _) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::samples::entry;
    use super::*;

    #[test]
    fn fields_that_matter_are_not_named() {
        let cancel = entry("CancelFlow", r#"{"Operator":{"UserId":"u"},"FlowId":"yD1","CancelMessage":"a"}"#);

        assert_eq!(fields_of(&cancel), Vec::<String>::new());
    }

    #[test]
    fn fields_nobody_reads_are_named_with_their_path() {
        let asked = r#"{"Operator":{"UserId":"u","ClientIp":"1.2.3.4"},"FlowId":"yD1","CancelMessage":"a"}"#;

        assert_eq!(fields_of(&entry("CancelFlow", asked)), ["Operator.ClientIp"]);
    }

    #[test]
    fn of_an_action_answered_from_its_schema_nothing_is_read_but_who_acts() {
        let named = |one: &ess_schemas::ActionContract| one.request.fields.iter().any(|field| field.name != "Operator");
        let mut actions = ess_schemas::actions(ess_schemas::Service::Ess).iter();
        let unwritten = actions.find(|one| crate::actions::handler(one).is_none() && named(one));
        // Once every action has rules, there is nothing left to say here.
        let Some(contract) = unwritten else { return };
        let fields = contract.request.fields.iter().map(|field| (field.name.to_owned(), serde_json::json!("x")));
        let asked = serde_json::Value::Object(fields.collect()).to_string();

        let found = fields_of(&entry(contract.name, &asked));

        assert!(!found.is_empty() && !found.contains(&"Operator".to_owned()), "{found:?}");
    }
}
