//! Small changes of JSON, by path: `FlowDetailInfos.*.FlowStatus`, where `*` stands for every item of a list.

use serde_json::{Value, json};

/// Every value at a path.
pub(super) fn each<'a>(value: &'a mut Value, path: &str) -> Vec<&'a mut Value> {
    path.split('.').fold(vec![value], |found, part| found.into_iter().flat_map(|one| below(one, part)).collect())
}

fn below<'a>(value: &'a mut Value, part: &str) -> Vec<&'a mut Value> {
    match value {
        Value::Array(items) => match part.parse::<usize>() {
            Ok(number) => items.get_mut(number).into_iter().collect(),
            Err(_) => items.iter_mut().collect(),
        },
        Value::Object(members) => members.get_mut(part).into_iter().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// Whatever is `from` at a path becomes `to`.
pub(super) fn replace(value: &mut Value, path: &str, from: impl Into<Value>, to: impl Into<Value>) {
    let (from, to) = (from.into(), to.into());
    each(value, path).into_iter().filter(|found| **found == from).for_each(|found| *found = to.clone());
}

/// Whatever is at a path becomes `to`.
pub(super) fn set(value: &mut Value, path: &str, to: impl Into<Value>) {
    let to = to.into();
    each(value, path).into_iter().for_each(|found| *found = to.clone());
}

/// What is at a path is taken away.
pub(super) fn remove(value: &mut Value, path: &str) {
    let (parents, name) = match path.rsplit_once('.') {
        Some((above, name)) => (each(value, above), name),
        None => (vec![value], path),
    };
    for members in parents.into_iter().filter_map(Value::as_object_mut) {
        members.remove(name);
    }
}

/// Lists at a path are turned round.
pub(super) fn reverse(value: &mut Value, path: &str) {
    each(value, path).into_iter().filter_map(Value::as_array_mut).for_each(|list| list.reverse());
}

/// Lists at a path are cut off after so many items.
pub(super) fn truncate(value: &mut Value, path: &str, length: usize) {
    each(value, path).into_iter().filter_map(Value::as_array_mut).for_each(|list| list.truncate(length));
}

/// Texts at a path are cut off after so many characters.
pub(super) fn shorten(value: &mut Value, path: &str, length: usize) {
    for found in each(value, path) {
        if let Some(text) = found.as_str() {
            *found = text.chars().take(length).collect::<String>().into();
        }
    }
}

/// Numbers at a path are changed.
pub(super) fn count(value: &mut Value, path: &str, change: impl Fn(i64) -> i64) {
    for found in each(value, path) {
        if let Some(number) = found.as_i64() {
            *found = change(number).into();
        }
    }
}

/// The answer becomes a refusal.
pub(super) fn refuse(answer: &mut Value, code: &str, message: &str) {
    *answer = json!({"Error": {"Code": code, "Message": message}, "RequestId": answer["RequestId"]});
}
