//! Flattened parameters, `Approvers.0.ApproverName=…`, put together as the JSON value they stand for.
//!
//! Text has no types, so the contract says what each piece is: a field, a list's item, a number.

use std::collections::BTreeMap;

use ess_schemas::contract::{FieldContract, Kind, StructContract};
use serde_json::{Map, Number, Value};

use super::Path;
use super::fault::Fault;
use super::json;

/// What is given for one parameter.
#[derive(Clone, Copy)]
pub(super) enum Given<'a> {
    /// A value of a query or a form.
    Text(&'a str),
    /// A part of a multipart form, which may hold JSON where the parameter is a struct or a list.
    Part(&'a [u8]),
}

/// Puts the parameters together. Lists keep the order of their numbers; gaps are closed (ASSUMED).
pub(super) fn assemble<'a>(
    given: impl Iterator<Item = (&'a str, Given<'a>)>,
    contract: &StructContract,
) -> Result<Value, Fault> {
    let mut root = BTreeMap::new();
    for (name, value) in given {
        if name.split('.').count() > json::MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        into_struct(&mut root, contract, name, value, &Path::Root)?;
    }
    Ok(finished(Slot::Struct(root)))
}

/// A value under construction.
enum Slot {
    Struct(BTreeMap<&'static str, Slot>),
    List(BTreeMap<usize, Slot>),
    Done(Value),
}

fn into_struct(
    fields: &mut BTreeMap<&'static str, Slot>,
    contract: &StructContract,
    rest: &str,
    value: Given<'_>,
    path: &Path<'_>,
) -> Result<(), Fault> {
    let (name, rest) = split_first(rest);
    let path = Path::Field(path, name);
    let field: &FieldContract = contract.field(name).ok_or_else(|| Fault::Unknown { path: path.to_string() })?;
    match (fields.get_mut(field.name), rest) {
        (Some(slot), Some(rest)) => into_slot(slot, field.kind, rest, value, &path),
        (Some(_), None) => Err(Fault::Repeated { name: path.to_string() }),
        (None, rest) => {
            fields.insert(field.name, new_slot(field.kind, rest, value, &path)?);
            Ok(())
        }
    }
}

fn into_list(
    items: &mut BTreeMap<usize, Slot>,
    kind: Kind,
    rest: &str,
    value: Given<'_>,
    path: &Path<'_>,
) -> Result<(), Fault> {
    let (number, rest) = split_first(rest);
    let place = Path::Field(path, number);
    let number: usize = number.parse().map_err(|_| Fault::Unknown { path: place.to_string() })?;
    match (items.get_mut(&number), rest) {
        (Some(slot), Some(rest)) => into_slot(slot, kind, rest, value, &place),
        (Some(_), None) => Err(Fault::Repeated { name: place.to_string() }),
        (None, rest) => {
            items.insert(number, new_slot(kind, rest, value, &place)?);
            Ok(())
        }
    }
}

fn into_slot(slot: &mut Slot, kind: Kind, rest: &str, value: Given<'_>, path: &Path<'_>) -> Result<(), Fault> {
    match (slot, kind) {
        (Slot::Struct(fields), Kind::Struct(contract)) => into_struct(fields, contract, rest, value, path),
        (Slot::List(items), Kind::List(item)) => into_list(items, *item, rest, value, path),
        (Slot::Done(_) | Slot::Struct(_) | Slot::List(_), _) => Err(Fault::Repeated { name: path.to_string() }),
    }
}

fn new_slot(kind: Kind, rest: Option<&str>, value: Given<'_>, path: &Path<'_>) -> Result<Slot, Fault> {
    match (kind, rest) {
        (Kind::Struct(contract), Some(rest)) => {
            let mut fields = BTreeMap::new();
            into_struct(&mut fields, contract, rest, value, path)?;
            Ok(Slot::Struct(fields))
        }
        (Kind::List(item), Some(rest)) => {
            let mut items = BTreeMap::new();
            into_list(&mut items, *item, rest, value, path)?;
            Ok(Slot::List(items))
        }
        (Kind::String | Kind::Int64 | Kind::Uint64 | Kind::Float | Kind::Bool, Some(rest)) => {
            Err(Fault::Unknown { path: Path::Field(path, split_first(rest).0).to_string() })
        }
        (kind, None) => whole(kind, value, path).map(Slot::Done),
    }
}

/// A value given in one piece.
fn whole(kind: Kind, value: Given<'_>, path: &Path<'_>) -> Result<Value, Fault> {
    match (kind, value) {
        (Kind::Struct(_) | Kind::List(_), Given::Part(content)) => json::read_value(content, path),
        (kind, Given::Part(content)) => match std::str::from_utf8(content) {
            Ok(text) => scalar(kind, text, path),
            Err(_) => Err(Fault::NotUtf8 { name: path.to_string() }),
        },
        (kind, Given::Text(text)) => scalar(kind, text, path),
    }
}

fn scalar(kind: Kind, text: &str, path: &Path<'_>) -> Result<Value, Fault> {
    let value = match kind {
        Kind::String => Some(Value::from(text)),
        Kind::Int64 => text.parse::<i64>().ok().map(Value::from),
        Kind::Uint64 => text.parse::<u64>().ok().map(Value::from),
        Kind::Float => text.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number),
        Kind::Bool => boolean(text).map(Value::from),
        Kind::Struct(_) | Kind::List(_) => None,
    };
    value.ok_or_else(|| Fault::WrongType { path: path.to_string() })
}

/// Python writes `True`, PHP writes `1`, the others `true` (ASSUMED from how each language turns a boolean into a
/// query; no recorded GET carried one).
fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" | "1" => Some(true),
        "false" | "False" | "FALSE" | "0" => Some(false),
        _ => None,
    }
}

fn finished(slot: Slot) -> Value {
    match slot {
        Slot::Done(value) => value,
        Slot::List(items) => Value::Array(items.into_values().map(finished).collect()),
        Slot::Struct(fields) => {
            let members = fields.into_iter().map(|(name, slot)| (name.to_owned(), finished(slot)));
            Value::Object(members.collect::<Map<String, Value>>())
        }
    }
}

fn split_first(path: &str) -> (&str, Option<&str>) {
    match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    }
}

#[cfg(test)]
mod tests {
    use ess_schemas::contract::{Service, action};
    use serde_json::json;

    use super::*;

    fn assembled(action_name: &str, pairs: &[(&str, &str)]) -> Result<Value, Fault> {
        let contract = action(Service::Ess, action_name).unwrap().request;
        assemble(pairs.iter().map(|(name, text)| (*name, Given::Text(text))), contract)
    }

    #[test]
    fn names_with_dots_become_structs_and_lists_with_the_contracts_types() {
        let value = assembled(
            "CreateFlowByFiles",
            &[
                ("Operator.UserId", "yDR"),
                ("FileIds.0", "f"),
                ("Approvers.1.ApproverName", "B"),
                ("Approvers.0.ApproverType", "1"),
                ("Approvers.0.SignComponents.0.ComponentPosX", "146.5"),
                ("Approvers.0.SignComponents.0.ComponentPage", "-1"),
                ("Unordered", "True"),
            ],
        );

        assert_eq!(
            value.unwrap(),
            json!({
                "Operator": {"UserId": "yDR"},
                "FileIds": ["f"],
                "Approvers": [
                    {"ApproverType": 1, "SignComponents": [{"ComponentPosX": 146.5, "ComponentPage": -1}]},
                    {"ApproverName": "B"},
                ],
                "Unordered": true,
            })
        );
    }

    #[test]
    fn a_huge_index_costs_no_memory() {
        let value = assembled("DescribeFlowInfo", &[("FlowIds.18446744073709551615", "b"), ("FlowIds.7", "a")]);

        assert_eq!(value.unwrap(), json!({"FlowIds": ["a", "b"]}));
    }

    #[test]
    fn what_the_contract_does_not_have_is_unknown_by_its_path() {
        for (name, path) in [
            ("Nonsense", "Nonsense"),
            ("Operator.Nonsense", "Operator.Nonsense"),
            ("Operator[UserId]", "Operator[UserId]"),
            ("FlowIds.first", "FlowIds.first"),
            ("FlowIds.0.Deep.Deeper", "FlowIds.0.Deep"),
            ("", ""),
        ] {
            assert_eq!(assembled("DescribeFlowInfo", &[(name, "x")]), Err(Fault::Unknown { path: path.into() }));
        }
    }

    #[test]
    fn text_that_is_not_of_the_parameters_type_is_refused_by_its_path() {
        for (name, text) in
            [("Deadline", "tomorrow"), ("Unordered", "yes"), ("Operator", "x"), ("FileIds", "a"), ("Deadline", "")]
        {
            assert_eq!(assembled("CreateFlowByFiles", &[(name, text)]), Err(Fault::WrongType { path: name.into() }));
        }
        let position = "Approvers.0.SignComponents.0.ComponentPosX";
        assert_eq!(
            assembled("CreateFlowByFiles", &[(position, "NaN")]),
            Err(Fault::WrongType { path: position.into() })
        );
    }

    #[test]
    fn a_multipart_form_may_give_a_struct_as_json_but_not_also_piece_by_piece() {
        let contract = action(Service::Ess, "DescribeFlowInfo").unwrap().request;
        let given = |parts: &[(&'static str, &'static [u8])]| {
            assemble(parts.iter().map(|(name, content)| (*name, Given::Part(content))), contract)
        };

        assert_eq!(
            given(&[("Operator", b"{\"UserId\":\"u\"}"), ("FlowIds.0", b"f")]).unwrap(),
            json!({"Operator": {"UserId": "u"}, "FlowIds": ["f"]})
        );
        assert_eq!(
            given(&[("Operator", b"{\"UserId\":\"u\"}"), ("Operator.UserId", b"u")]),
            Err(Fault::Repeated { name: "Operator".into() })
        );
    }

    #[test]
    fn nesting_is_bounded() {
        let name = "FlowIds.0".to_owned() + &".0".repeat(10_000);

        assert_eq!(assembled("DescribeFlowInfo", &[(&name, "x")]), Err(Fault::TooDeep));
    }
}
