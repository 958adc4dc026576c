//! Parameters as pairs: `Approvers.0.ApproverName=...`, the form of a query and of the older signatures. (wire)

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use serde_json::Value;

use super::Edit;

/// What the vendor's SDKs leave as it is. (wire)
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

pub(super) type Pairs = Vec<(String, String)>;

/// A value's leaves with their paths. What has none, such as an empty list or `null`, leaves no trace.
pub(super) fn flatten(value: &Value) -> Pairs {
    let mut pairs = Vec::new();
    collect(value, String::new(), &mut pairs);
    pairs
}

fn collect(value: &Value, path: String, pairs: &mut Pairs) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| collect(value, below(name), pairs)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(number, item)| collect(item, below(&number.to_string()), pairs));
        }
        Value::Null => {}
        Value::Bool(value) => pairs.push((path, value.to_string())),
        Value::Number(value) => pairs.push((path, value.to_string())),
        Value::String(value) => pairs.push((path, value.clone())),
    }
}

/// `name=value&...`, percent-encoded.
pub(super) fn encode(pairs: &Pairs) -> String {
    let escape = |text: &str| percent_encode(text.as_bytes(), ESCAPED).to_string();
    pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}

/// Changes pairs as asked, in the order asked.
pub(super) fn edit(pairs: &mut Pairs, edits: &[Edit]) {
    for edit in edits {
        match edit {
            Edit::Add(name, value) => pairs.push((name.clone(), value.clone())),
            Edit::Remove(name) => pairs.retain(|(found, _)| !found.eq_ignore_ascii_case(name)),
            Edit::Replace(name, value) => match pairs.iter_mut().find(|(found, _)| found.eq_ignore_ascii_case(name)) {
                Some((_, old)) => old.clone_from(value),
                None => pairs.push((name.clone(), value.clone())),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn leaves_are_named_by_their_paths() {
        let value = json!({"A": {"B": ["x", 7]}, "C": true, "D": null, "E": []});

        let pairs = flatten(&value);

        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("A.B.0", "x"), ("A.B.1", "7"), ("C", "true")]);
    }

    #[test]
    fn pairs_are_percent_encoded() {
        assert_eq!(encode(&vec![("a b".into(), "合&=~".into())]), "a%20b=%E5%90%88%26%3D~");
    }

    #[test]
    fn edits_happen_in_their_order() {
        let mut pairs = flatten(&json!({"Nonce": "1", "Action": "A"}));

        edit(
            &mut pairs,
            &[Edit::remove("nonce"), Edit::replace("Action", "B"), Edit::replace("New", "x"), Edit::add("New", "y")],
        );

        assert_eq!(encode(&pairs), "Action=B&New=x&New=y");
    }
}
