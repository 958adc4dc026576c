//! Values that break the limits of a call's fields: one call per limit, all else as in the call that succeeds.

use ess_schemas::contract::{FieldContract, Kind, Limits, StructContract};
use serde_json::{Map, Value, json};

/// Path, value and refusal of every limit that can be broken by changing one field of a call. Fields of a struct are
/// reached where the call has the struct; of a list, in its first item.
pub(super) fn limits(owner: &'static StructContract, call: &Value) -> Vec<(String, Value, &'static str)> {
    let mut found = Vec::new();
    walk(owner, call, "", &mut found);
    found
}

fn walk(owner: &'static StructContract, call: &Value, path: &str, found: &mut Vec<(String, Value, &'static str)>) {
    let Some(members) = call.as_object() else { return };
    for field in owner.fields {
        let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
        if let Some(limits) = field.limits {
            let broken = values(field, limits, members);
            found.extend(broken.into_iter().map(|value| (path.clone(), value, limits.refusal)));
        }
        if let (Some(inner), Some(value)) = (field.kind.structure(), members.get(field.name)) {
            match value.as_array().and_then(|items| items.first()) {
                Some(first) => walk(inner, first, &format!("{path}.0"), found),
                None => walk(inner, value, &path, found),
            }
        }
    }
}

/// The values that break a field's limits, each in one way.
fn values(field: &FieldContract, limits: &Limits, members: &Map<String, Value>) -> Vec<Value> {
    let Kind::List(item) = field.kind else {
        return singles(&field.kind, limits, limits.max_length);
    };
    let mut broken: Vec<Value> =
        singles(item, limits, limits.item_max_length).into_iter().map(|value| json!([value])).collect();
    let items = members.get(field.name).and_then(Value::as_array);
    let example = items.and_then(|items| items.first().cloned()).or_else(|| plain(item));
    if let (Some(most), Some(example)) = (limits.max_items, &example) {
        broken.push(Value::Array(vec![example.clone(); most + 1]));
    }
    if let (Some(least @ 2..), Some(example)) = (limits.min_items, &example) {
        broken.push(Value::Array(vec![example.clone(); least - 1]));
    }
    broken
}

fn singles(kind: &Kind, limits: &Limits, max_length: Option<usize>) -> Vec<Value> {
    let mut broken = Vec::new();
    match kind {
        Kind::String => {
            broken.extend(max_length.map(|most| json!("长".repeat(most + 1))));
            broken.extend(limits.min_length.filter(|least| *least > 1).map(|_| json!("a")));
            // No pattern and no listed value has it, and it is no character of base64 and no URL.
            if limits.pattern.is_some() || limits.format.is_some() || !limits.allowed.is_empty() {
                broken.push(json!("😀"));
            }
        }
        Kind::Int64 | Kind::Uint64 | Kind::Float => {
            if !limits.allowed.is_empty() {
                broken.push(json!(9_999));
            }
            broken.extend(limits.maximum.map(|most| number(kind, most + 1.0)));
            let below = limits.minimum.map(|least| least - 1.0);
            let below = below.filter(|below| *below >= 0.0 || !matches!(kind, Kind::Uint64));
            broken.extend(below.map(|below| number(kind, below)));
        }
        Kind::Bool | Kind::Struct(_) | Kind::List(_) => (),
    }
    broken
}

#[expect(clippy::cast_possible_truncation, reason = "limits of integers are integers")]
fn number(kind: &Kind, value: f64) -> Value {
    if matches!(kind, Kind::Float) { json!(value) } else { json!(value as i64) }
}

/// An item for a list the call does not have.
fn plain(kind: &Kind) -> Option<Value> {
    match kind {
        Kind::String => Some(json!("a")),
        Kind::Int64 | Kind::Uint64 | Kind::Float => Some(json!(0)),
        Kind::Bool => Some(json!(true)),
        Kind::Struct(_) | Kind::List(_) => None,
    }
}
