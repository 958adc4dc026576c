//! What a value must be like.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use regex::Regex;
use serde_json::{Map, Value};
use serde_json_path::JsonPath;

/// The words a map must consist of to be a matcher.
const WORDS: [&str; 16] = [
    "equals", "not", "absent", "present", "matches", "contains", "one_of", "length", "at_least", "at_most", "about",
    "within", "all", "some", "type", "empty",
];

/// A value that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mismatch {
    /// Where, as a JSON path; empty for the whole.
    pub place: String,
    /// What was expected.
    pub expected: String,
    /// What was there.
    pub actual: String,
}

/// Holds an answer against `{JSON path: matcher}`.
pub fn compare(expected: &Map<String, Value>, actual: &Value) -> Vec<Mismatch> {
    expected.iter().filter_map(|(path, matcher)| at_path(path, matcher, actual)).collect()
}

fn at_path(path: &str, matcher: &Value, actual: &Value) -> Option<Mismatch> {
    let found = match find(path, actual) {
        Ok(found) => found,
        Err(why) => return Some(Mismatch { place: path.to_owned(), expected: "a JSON path".to_owned(), actual: why }),
    };
    (!holds(matcher, found.as_ref())).then(|| Mismatch {
        place: path.to_owned(),
        expected: shown(matcher),
        actual: found.as_ref().map_or_else(|| "nothing".to_owned(), shown),
    })
}

/// What a JSON path finds: a list where it may find several, else the value or nothing.
///
/// # Errors
/// It is no JSON path.
pub fn find(path: &str, within: &Value) -> Result<Option<Value>, String> {
    let parsed = parse_path(path)?;
    let nodes = parsed.query(within).all();
    if is_plural(path) {
        return Ok(Some(Value::Array(nodes.into_iter().cloned().collect())));
    }
    Ok(nodes.first().map(|node| (*node).clone()))
}

/// Reads a JSON path without its `$.`.
///
/// # Errors
/// It is none.
pub fn parse_path(path: &str) -> Result<JsonPath, String> {
    let whole = match path {
        "" | "$" => "$".to_owned(),
        path if path.starts_with('$') => path.to_owned(),
        path if path.starts_with('[') => format!("${path}"),
        path => format!("$.{path}"),
    };
    JsonPath::parse(&whole).map_err(|error| format!("`{path}` is no JSON path: {error}"))
}

fn is_plural(path: &str) -> bool {
    static PLURAL: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PLURAL.get_or_init(|| Regex::new(r"\*|\.\.|\[\?|\[[^\]']*:[^\]']*\]|\[[^\]']*,[^\]']*\]").ok());
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(path))
}

/// Whether a value is as a matcher says. A plain value must be equal; a map of matcher words is a matcher.
pub fn holds(matcher: &Value, actual: Option<&Value>) -> bool {
    let Some(words) = as_matcher(matcher) else { return actual.is_some_and(|actual| equal(matcher, actual)) };
    words.iter().all(|(word, operand)| word_holds(word, operand, words, actual))
}

/// The matcher a map is, unless it is a plain value.
pub fn as_matcher(value: &Value) -> Option<&Map<String, Value>> {
    value.as_object().filter(|map| !map.is_empty() && map.keys().all(|word| WORDS.contains(&word.as_str())))
}

fn word_holds(word: &str, operand: &Value, words: &Map<String, Value>, actual: Option<&Value>) -> bool {
    let number = |value: &Value| value.as_f64();
    match (word, actual) {
        ("absent", actual) => actual.is_none() == operand.as_bool().unwrap_or(true),
        ("present", actual) => actual.is_some() == operand.as_bool().unwrap_or(true),
        ("not", actual) => !holds(operand, actual),
        (_, None) => false,
        ("equals", Some(actual)) => equal(operand, actual),
        ("matches", Some(actual)) => {
            let pattern = operand.as_str().and_then(|pattern| Regex::new(pattern).ok());
            pattern.is_some_and(|pattern| pattern.is_match(&plain(actual)))
        }
        ("contains", Some(Value::String(text))) => operand.as_str().is_some_and(|part| text.contains(part)),
        ("contains" | "some", Some(Value::Array(items))) => items.iter().any(|item| holds(operand, Some(item))),
        ("all", Some(Value::Array(items))) => items.iter().all(|item| holds(operand, Some(item))),
        ("one_of", Some(actual)) => operand.as_array().is_some_and(|some| some.iter().any(|one| equal(one, actual))),
        ("length", Some(actual)) => length(actual).is_some_and(|length| holds(operand, Some(&Value::from(length)))),
        ("empty", Some(actual)) => (length(actual) == Some(0)) == operand.as_bool().unwrap_or(true),
        ("at_least", Some(actual)) => {
            number(actual).zip(number(operand)).is_some_and(|(actual, least)| actual >= least)
        }
        ("at_most", Some(actual)) => number(actual).zip(number(operand)).is_some_and(|(actual, most)| actual <= most),
        ("about", Some(actual)) => {
            let within = words.get("within").and_then(Value::as_f64).unwrap_or_default();
            number(actual).zip(number(operand)).is_some_and(|(actual, about)| (actual - about).abs() <= within)
        }
        ("within", Some(_)) => words.contains_key("about"),
        ("type", Some(actual)) => operand.as_str() == Some(kind(actual)),
        _ => false,
    }
}

/// `1` and `1.0` are the same number; key order does not matter.
fn equal(expected: &Value, actual: &Value) -> bool {
    match (expected, actual) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| equal(value, other)))
        }
        _ => expected == actual,
    }
}

fn length(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.chars().count()),
        Value::Array(items) => Some(items.len()),
        Value::Object(map) => Some(map.len()),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The word for what a value is.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

/// A value in a message, cut where nobody would read on.
pub fn shown(value: &Value) -> String {
    const LONGEST: usize = 400;
    let text = value.to_string();
    if text.chars().count() <= LONGEST { text } else { text.chars().take(LONGEST).chain(" ...".chars()).collect() }
}

/// What is wrong with a matcher as written, names in it not yet resolved.
pub fn mistake_in(matcher: &Value) -> Option<String> {
    let Value::Object(map) = matcher else { return None };
    let known: BTreeSet<&str> = map.keys().map(String::as_str).filter(|word| WORDS.contains(word)).collect();
    if known.is_empty() || map.len() != known.len() {
        return (!known.is_empty() || map.len() == 1).then(|| {
            format!("this is neither a value nor a matcher: {}; a map to be equal to is `equals: {{...}}`, a matcher has only {}", shown(matcher), WORDS.join(", "))
        });
    }
    if let Some(Value::String(pattern)) = map.get("matches")
        && let Err(error) = Regex::new(pattern)
        && !pattern.contains("${")
    {
        return Some(format!("`matches` is no regular expression: {error}"));
    }
    ["not", "all", "some", "length"].iter().filter_map(|word| map.get(*word)).find_map(mistake_in)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mismatches(expected: Value, actual: Value) -> Vec<String> {
        let Value::Object(expected) = expected else { panic!("a map") };
        compare(&expected, &actual)
            .into_iter()
            .map(|one| format!("{}: {} / {}", one.place, one.expected, one.actual))
            .collect()
    }

    #[test]
    fn what_holds_is_not_mentioned() {
        let answer = json!({"Flow": {"Status": 4, "Names": ["a", "b"], "Url": "http://x/y?k=1"}, "Empty": ""});

        let found = mismatches(
            json!({
                "Flow.Status": 4, "Flow.Names[1]": "b", "Flow.Names[*]": ["a", "b"], "Flow.Url": {"matches": "k=\\d$"},
                "Flow.Names": {"length": 2, "contains": "a"}, "Other": {"absent": true}, "Empty": {"empty": true},
                "Flow": {"type": "object"}, "Flow['Status']": {"one_of": [1, 4]},
            }),
            answer,
        );

        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn each_difference_says_where_what_was_expected_and_what_was_there() {
        let found = mismatches(
            json!({"A": 1, "B": {"at_least": 3}, "C": "x", "D.E": {"not": 5}, "L[*].S": {"all": 2}}),
            json!({"A": 2, "B": 2, "D": {"E": 5}, "L": [{"S": 2}, {"S": 3}]}),
        );

        assert_eq!(
            found,
            [
                "A: 1 / 2",
                "B: {\"at_least\":3} / 2",
                "C: \"x\" / nothing",
                "D.E: {\"not\":5} / 5",
                "L[*].S: {\"all\":2} / [2,3]"
            ]
        );
    }

    #[test]
    fn a_number_near_enough_is_about_it() {
        assert!(holds(&json!({"about": 10, "within": 2}), Some(&json!(12))));
        assert!(!holds(&json!({"about": 10, "within": 2}), Some(&json!(13))));
    }

    #[test]
    fn a_map_that_is_half_a_matcher_is_a_mistake() {
        assert!(mistake_in(&json!({"matchs": "x"})).is_some());
        assert!(mistake_in(&json!({"matches": "(", "length": 3})).is_some());
        assert!(mistake_in(&json!({"equals": {"a": 1}})).is_none());
        assert!(mistake_in(&json!("text")).is_none());
    }
}
