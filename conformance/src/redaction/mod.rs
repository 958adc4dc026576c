//! Answers without secrets and personal data: by field, by what is known of the target, and by patterns as a net below both.
//!
//! Shapes and lengths stay: an id of 32 characters becomes `<id 32>`. A text of a field that is not known to be harmless never stays.

mod fields;
pub mod patterns;

use ess_schemas::{ActionContract, Literal, StructContract};
use serde_json::{Map, Value};

use self::fields::Sort;
use self::patterns::{cleaned, is_clean};
use crate::outcome::{Answer, Observation, Outcome};
use crate::suite::matcher::Mismatch;
use crate::target::profile::Profile;

/// Integers from here on are times, mobiles or ids, never counts.
const LARGEST_COUNT: u64 = 999_999_999;
/// The longest of the vendor's words.
const LONGEST_WORD: usize = 64;

/// What is known to be somebody's.
#[derive(Clone, Debug, Default)]
pub struct Redaction {
    /// Values of the target's profile and keys, longest first, and by which name a text calls them.
    known: Vec<(String, String)>,
}

impl Redaction {
    /// Knows the values and keys of a profile.
    pub fn of(profile: &Profile) -> Self {
        let mut known = Vec::new();
        collect("", &Value::Object(profile.values.clone()), &mut known);
        for (name, key) in &profile.keys {
            known.push((key.secret_id.clone(), format!("<key {name}>")));
            known.push((key.secret_key.clone(), format!("<key {name}>")));
        }
        known.retain(|(value, _)| is_telling(value));
        known.sort_by(|(one, _), (other, _)| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        known.dedup_by(|(one, _), (other, _)| one == other);
        Self { known }
    }

    /// A sentence, without anybody in it.
    pub fn text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (value, name) in &self.known {
            if text.contains(value.as_str()) {
                text = text.replace(value.as_str(), name);
            }
        }
        cleaned(&text)
    }

    /// What a call was answered.
    pub fn observation(&self, observation: &Observation) -> Observation {
        let contract = contract_of(&observation.action);
        let answer = match &observation.answer {
            Answer::Answered(answer) => {
                Answer::Answered(self.value(None, answer, contract.map(|contract| contract.response)))
            }
            Answer::Refused { code, message } => Answer::Refused { code: self.text(code), message: self.text(message) },
            Answer::Lost(what) => Answer::Lost(self.text(what)),
        };
        Observation { action: observation.action.clone(), answer }
    }

    /// What came of a case.
    pub fn outcome(&self, outcome: &Outcome) -> Outcome {
        match outcome {
            Outcome::Agrees => Outcome::Agrees,
            Outcome::Differs { step, differences } => Outcome::Differs {
                step: step.clone(),
                differences: differences.iter().map(|one| self.difference(one)).collect(),
            },
            Outcome::Skipped { reason } => Outcome::Skipped { reason: self.text(reason) },
            Outcome::Declined { step, refusal } => {
                Outcome::Declined { step: step.clone(), refusal: self.text(refusal) }
            }
            Outcome::Broken { step, reason } => Outcome::Broken { step: step.clone(), reason: self.text(reason) },
        }
    }

    fn difference(&self, one: &Mismatch) -> Mismatch {
        let shown = |text: &str| self.shown(&one.place, text);
        Mismatch { place: one.place.clone(), expected: shown(&one.expected), actual: shown(&one.actual) }
    }

    /// A value as a difference shows it: JSON is redacted by the field it was found at, anything else is a sentence.
    fn shown(&self, place: &str, text: &str) -> String {
        if let Some(answer) = text.strip_prefix("success: ") {
            return format!("success: {}", self.shown("", answer));
        }
        match serde_json::from_str::<Value>(text) {
            Ok(value @ Value::String(_)) if !place.starts_with("Error.") => {
                self.value(last_name(place), &value, None).to_string()
            }
            Ok(value @ (Value::Object(_) | Value::Array(_) | Value::Number(_))) => {
                self.value(last_name(place), &value, None).to_string()
            }
            // JSON that was cut.
            Err(_) if text.starts_with(['{', '[']) => format!("<json {}>", text.chars().count()),
            Ok(Value::Null | Value::Bool(_) | Value::String(_)) | Err(_) => self.text(text),
        }
    }

    fn value(&self, field: Option<&str>, value: &Value, within: Option<&'static StructContract>) -> Value {
        match value {
            Value::Null | Value::Bool(_) => value.clone(),
            Value::Number(number) => match number.as_u64() {
                Some(large) if large > LARGEST_COUNT => hidden("integer", large.to_string().len()),
                Some(_) | None => value.clone(),
            },
            Value::String(text) => self.field(field.unwrap_or_default(), text, within),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.value(field, item, within)).collect()),
            Value::Object(map) => {
                // A list's items and a struct's own fields are seen with the struct they belong to.
                let inner = match field {
                    None => within,
                    Some(field) => within.and_then(|outer| outer.field(field)).and_then(|field| field.kind.structure()),
                };
                let fields = map.iter().map(|(name, value)| (self.text(name), self.value(Some(name), value, inner)));
                Value::Object(fields.collect::<Map<_, _>>())
            }
        }
    }

    fn field(&self, field: &str, text: &str, within: Option<&'static StructContract>) -> Value {
        let length = text.chars().count();
        if text.is_empty() || placeholder(text).is_some() || is_listed(field, text, within) {
            return Value::from(text);
        }
        match Sort::of(field) {
            Sort::Word if length <= LONGEST_WORD && is_word(text) && self.text(text) == text => Value::from(text),
            Sort::Word => hidden("word", length),
            Sort::Sentence => Value::from(self.text(text)),
            Sort::Hidden(kind) => hidden(kind, length),
        }
    }
}

/// Whether the contract lists this value: then it is nobody's.
fn is_listed(field: &str, text: &str, within: Option<&'static StructContract>) -> bool {
    let limits = within.and_then(|outer| outer.field(field)).and_then(|field| field.limits);
    limits.is_some_and(|limits| {
        limits.allowed.iter().any(|literal| matches!(literal, Literal::Text(listed) if *listed == text))
    })
}

/// `<id 32>`: something that was hidden, what it was and how long.
pub(crate) fn placeholder(text: &str) -> Option<(&str, usize)> {
    let (kind, length) = text.strip_prefix('<')?.strip_suffix('>')?.split_once(' ')?;
    let is_kind = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    (is_kind && kind.len() < 10 && length.len() < 8).then_some(())?;
    Some((kind, length.parse().ok()?))
}

/// `FlowDetailInfos[0].FlowName` is about `FlowName`.
fn last_name(place: &str) -> Option<&str> {
    place
        .rsplit(|character: char| !character.is_ascii_alphanumeric())
        .find(|name| name.starts_with(|first: char| first.is_ascii_alphabetic()))
}

fn hidden(kind: &str, length: usize) -> Value {
    Value::from(format!("<{kind} {length}>"))
}

fn is_word(text: &str) -> bool {
    is_clean(text) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-/".contains(&byte))
}

/// Whether a known value would be recognized in a sentence: a name, an id, a number, not a word such as `seal`.
fn is_telling(value: &str) -> bool {
    let length = value.chars().count();
    (!value.is_ascii() && length >= 2)
        || length >= 16
        || (length >= 4 && value.bytes().any(|byte| byte.is_ascii_digit()))
}

fn collect(path: &str, value: &Value, known: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => known.push((text.clone(), format!("<{path}>"))),
        Value::Object(map) => {
            for (name, inner) in map {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                collect(&path, inner, known);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(path, item, known)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn contract_of(action: &str) -> Option<&'static ActionContract> {
    let (service, name) = crate::stage::service_and_action(action);
    ess_schemas::action(service, name)
}

#[cfg(test)]
mod tests;
