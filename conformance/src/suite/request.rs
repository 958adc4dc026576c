//! The request of a call: what stands under `with`, changed by what stands under `set`.

use serde_json::{Map, Value, json};

/// A request, values in place of their names already.
///
/// # Errors
/// A change that has no place in it.
pub(crate) fn request(with: Value, set: Option<&Value>) -> Result<Value, String> {
    let mut request = with;
    expand_operator(&mut request);
    match set {
        None | Some(Value::Null) => {}
        Some(Value::Object(changes)) => {
            for (path, value) in changes {
                put(&mut request, path, value.clone())?;
            }
        }
        Some(other) => return Err(format!("expected a map, found {other}")),
    }
    expand_operator(&mut request);
    Ok(request)
}

/// `Operator: "${operator}"` names a user id alone.
fn expand_operator(request: &mut Value) {
    if let Some(Value::String(user)) = request.get("Operator") {
        request["Operator"] = json!({"UserId": user.clone()});
    }
}

/// Changes a request at a dotted path; null takes away.
fn put(request: &mut Value, path: &str, value: Value) -> Result<(), String> {
    let (head, last) = path.rsplit_once('.').map_or((None, path), |(head, last)| (Some(head), last));
    let mut at = request;
    for piece in head.into_iter().flat_map(|head| head.split('.')) {
        at = match (piece.parse::<usize>(), at) {
            (Ok(number), Value::Array(items)) => {
                items.get_mut(number).ok_or_else(|| format!("`set: {path}`: the list has no item {number}"))?
            }
            (_, Value::Object(map)) => map.entry(piece).or_insert_with(|| Value::Object(Map::new())),
            (_, other) => return Err(format!("`set: {path}`: `{piece}` is below {other}")),
        };
    }
    match (last.parse::<usize>(), at) {
        (Ok(number), Value::Array(items)) if number < items.len() && value.is_null() => drop(items.remove(number)),
        (Ok(number), Value::Array(items)) if number < items.len() => items[number] = value,
        (Ok(number), Value::Array(items)) if number == items.len() => items.push(value),
        (_, Value::Object(map)) if value.is_null() => drop(map.remove(last)),
        (_, Value::Object(map)) => drop(map.insert(last.to_owned(), value)),
        (_, other) => return Err(format!("`set: {path}`: `{last}` is below {other}")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_request_is_changed_at_dotted_paths() {
        let mut request = json!({"Approvers": [{"Name": "甲"}, {"Name": "乙"}], "FlowName": "合同"});

        for (path, value) in [
            ("Approvers.0.Name", json!("丙")),
            ("Approvers.1", Value::Null),
            ("FlowName", Value::Null),
            ("New.Deep", json!(1)),
            ("Approvers.1", json!({})),
        ] {
            put(&mut request, path, value).unwrap();
        }

        assert_eq!(request, json!({"Approvers": [{"Name": "丙"}, {}], "New": {"Deep": 1}}));
        assert_eq!(
            put(&mut request, "Approvers.7.Name", json!(1)).unwrap_err(),
            "`set: Approvers.7.Name`: the list has no item 7"
        );
    }
}
