//! Whether parameters are as somebody expected, and where they are not.

use serde::Deserialize;
use serde_json::Value;

/// How parameters are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// What is expected must be there, and may have more beside it. Lists must have as many items.
    #[default]
    Contains,
    /// Nothing else may be there.
    Equals,
}

/// Where `found` is not as `expected`, each with its path; none when it is.
#[must_use]
pub fn differences(expected: &Value, found: &Value, likeness: Likeness) -> Vec<String> {
    let mut all = Vec::new();
    compare("", expected, found, likeness, &mut all);
    all
}

fn compare(path: &str, expected: &Value, found: &Value, likeness: Likeness, all: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (name, value) in expected {
                let path = below(path, name);
                match found.get(name) {
                    Some(found) => compare(&path, value, found, likeness, all),
                    None => all.push(format!("{path} is missing, expected {value}")),
                }
            }
            if likeness == Likeness::Equals {
                let others = found.iter().filter(|(name, _)| !expected.contains_key(*name));
                all.extend(
                    others.map(|(name, value)| format!("{} is {value}, expected to be absent", below(path, name))),
                );
            }
        }
        (Value::Array(expected), Value::Array(found)) => {
            if expected.len() != found.len() {
                all.push(format!("{} has {} items, expected {}", named(path), found.len(), expected.len()));
            }
            for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(&below(path, &index.to_string()), expected, found, likeness, all);
            }
        }
        (expected, found) if same(expected, found) => {}
        (expected, found) => all.push(format!("{} is {found}, expected {expected}", named(path))),
    }
}

/// `1` and `1.0` are one number.
fn same(expected: &Value, found: &Value) -> bool {
    expected == found || expected.as_f64().is_some_and(|number| found.as_f64() == Some(number))
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn named(path: &str) -> &str {
    if path.is_empty() { "the body" } else { path }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_part_is_enough_unless_all_is_asked_for() {
        let found = json!({"A": 1, "B": {"C": [1, 2], "D": "x"}});
        let part = json!({"B": {"C": [1.0, 2]}});

        assert!(differences(&part, &found, Likeness::Contains).is_empty());
        assert_eq!(
            differences(&part, &found, Likeness::Equals),
            ["B.D is \"x\", expected to be absent", "A is 1, expected to be absent"]
        );
    }

    #[test]
    fn every_difference_is_told_with_its_path() {
        let found = json!({"List": [{"Name": "张三"}, 5], "Kind": "a"});
        let expected = json!({"List": [{"Name": "李四"}], "Kind": 1, "Other": true});

        assert_eq!(
            differences(&expected, &found, Likeness::Contains),
            [
                "Kind is \"a\", expected 1",
                "List has 2 items, expected 1",
                "List.0.Name is \"张三\", expected \"李四\"",
                "Other is missing, expected true",
            ]
        );
        assert_eq!(differences(&json!({}), &json!([]), Likeness::Contains), ["the body is [], expected {}"]);
    }
}
