//! What a receiver says that it holds of a contract: the answer to the probe.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use super::status::{SignerStatus, Status};

/// What a receiver holds of one contract. As little as possible is asked of it: `status`; `approvers` if it keeps them. Whatever else it tells
/// (how many messages it counted, mails it sent, ...) is only compared: where nothing may change, all of it must stay as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Held {
    /// The contract's status; none while it has not heard of it.
    pub status: Option<Status>,
    /// Each signer's, by `RecipientId`.
    pub approvers: BTreeMap<String, SignerStatus>,
    /// A status told by its word, which for `INIT` is that of two numbers.
    by_word: bool,
    /// The whole answer.
    told: Map<String, Value>,
}

impl Held {
    /// Reads the answer; `null`, an object without `status` and an empty answer say that the contract is not known.
    ///
    /// # Errors
    /// Says what was expected.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let answer = if text.is_empty() { Value::Null } else { serde_json::from_str(text).map_err(no_json)? };
        let told = match answer {
            Value::Null => Map::new(),
            Value::Object(told) => told,
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                return Err(format!("the answer is {answer}; expected an object such as {EXAMPLE}"));
            }
        };
        let status = match told.get("status") {
            // 0 of the query API: made, not started, so that nothing was told yet.
            None | Some(Value::Null) => None,
            Some(zero) if zero.as_i64() == Some(0) => None,
            Some(value) => Some(status(value).ok_or_else(|| no_status(value))?),
        };
        let by_word = told.get("status").is_some_and(Value::is_string);
        Ok(Self { status, approvers: approvers(&told)?, by_word, told })
    }

    /// Whether it holds this status, as far as its words tell.
    #[must_use]
    pub fn is(&self, status: Status) -> bool {
        self.status.is_some_and(|held| held == status || (self.by_word && held.word() == status.word()))
    }

    /// The names of what differs in the other answer.
    #[must_use]
    pub fn changed<'a>(&'a self, after: &'a Self) -> Vec<&'a str> {
        let mut names: Vec<&str> = self.told.keys().chain(after.told.keys()).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let value = |held: &'a Self, name: &str| held.told.get(name).unwrap_or(&Value::Null);
        names.retain(|name| value(self, name) != value(after, name));
        names
    }

    /// The part of the answer with this name.
    #[must_use]
    pub fn part(&self, name: &str) -> &Value {
        self.told.get(name).unwrap_or(&Value::Null)
    }
}

impl fmt::Display for Held {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            Some(status) => status.fmt(out),
            None => out.write_str("nothing"),
        }
    }
}

const EXAMPLE: &str = r#"{"status": 4}, or {"status": null} for a contract that was not heard of"#;

fn no_json(error: serde_json::Error) -> String {
    format!("the answer is no JSON ({error}); expected an object such as {EXAMPLE}")
}

fn no_status(value: &Value) -> String {
    let known: Vec<String> = Status::ALL.iter().map(ToString::to_string).collect();
    format!(
        "`status` is {value}; expected the FlowCallbackStatus that was told last, by number or word: {}; or null for a contract that was not heard of",
        known.join(", ")
    )
}

fn status(value: &Value) -> Option<Status> {
    value.as_i64().and_then(Status::of_number).or_else(|| value.as_str().and_then(Status::of_word))
}

fn approvers(told: &Map<String, Value>) -> Result<BTreeMap<String, SignerStatus>, String> {
    let rows = match told.get("approvers") {
        None | Some(Value::Null) => return Ok(BTreeMap::new()),
        Some(Value::Object(rows)) => rows,
        Some(other) => {
            return Err(format!(
                "`approvers` is {other}; expected an object of RecipientId to ApproveCallbackStatus, such as {{\"yD...\": 3}}"
            ));
        }
    };
    let each = rows.iter().map(|(recipient, value)| {
        let read = SignerStatus::read(value).ok_or_else(|| {
            format!("`approvers.{recipient}` is {value}; expected an ApproveCallbackStatus such as 3 or \"ACCEPT\"")
        })?;
        Ok((recipient.clone(), read))
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(text: &str) -> Held {
        Held::read(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn an_unknown_contract_is_told_in_many_ways() {
        for text in ["", "null", "{}", r#"{"status": null}"#, r#"{"status": 0, "messages": 1}"#] {
            assert_eq!(held(text).status, None, "{text}");
        }
    }

    #[test]
    fn a_status_is_a_number_or_a_word() {
        assert!(held(r#"{"status": 4}"#).is(Status::Signed) && held(r#"{"status": "ALL"}"#).is(Status::Signed));
        assert!(held(r#"{"status": "INIT"}"#).is(Status::Filling) && held(r#"{"status": "INIT"}"#).is(Status::Started));
        assert!(!held(r#"{"status": 1}"#).is(Status::Filling), "a number tells the two apart");
    }

    #[test]
    fn what_is_no_answer_says_what_was_expected() {
        let errors = [
            "SIGNED",
            "[1]",
            r#"{"status": "SIGNED"}"#,
            r#"{"status": 4.5}"#,
            r#"{"status": 4, "approvers": [3]}"#,
            r#"{"status": 4, "approvers": {"yDr": "done"}}"#,
        ]
        .map(|text| Held::read(text).unwrap_err());
        insta::assert_snapshot!(errors.join("\n"));
    }

    #[test]
    fn what_changed_is_named() {
        let (before, after) = (held(r#"{"status": 4, "mails": 1}"#), held(r#"{"status": 4, "mails": 2, "new": 1}"#));

        assert_eq!(before.changed(&after), ["mails", "new"]);
        assert_eq!(before.changed(&before), [""; 0]);
    }
}
