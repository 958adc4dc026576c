//! An answer, held against what a case expects, against the contract and against the envelope every answer has.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ess_client::raw::{Opened, RawAnswer};
use ess_schemas::{ActionContract, Service};
use serde_json::{Map, Value};

use super::End;
use crate::outcome::Answer;
use crate::suite::matcher::{self, Mismatch};

/// What a case expects of a call.
pub(super) struct Expected {
    /// The action's contract, if there is such an action.
    pub(super) contract: Option<&'static ActionContract>,
    /// What is answered.
    pub(super) wanted: Wanted,
    /// What was waited for.
    pub(super) until: Map<String, Value>,
    /// Codes by which this target may decline any call.
    pub(super) excuses: &'static [&'static str],
}

/// An answer, or a refusal.
pub(super) enum Wanted {
    /// JSON path to matcher.
    Answers(Map<String, Value>),
    /// `code` and `message`.
    Refused(Value),
}

impl Expected {
    /// Whether an answer is as expected; `envelope` is what is otherwise about the way it came.
    pub(super) fn judge(&self, answer: &Answer, envelope: Vec<Mismatch>) -> Result<(), End> {
        let mut differences = match (&self.wanted, answer) {
            (_, Answer::Lost(what)) => return Err(End::Broken(what.clone())),
            (Wanted::Refused(expected), Answer::Refused { code, message }) => {
                refusal_differences(expected, code, message)
            }
            (Wanted::Refused(expected), Answer::Answered(answer)) => {
                let success = format!("success: {}", matcher::shown(answer));
                vec![mismatch("Error.Code", matcher::shown(&expected["code"]), success)]
            }
            (Wanted::Answers(_), Answer::Refused { code, message }) => {
                vec![mismatch("Response", "success".to_owned(), format!("{code}: {message}"))]
            }
            (Wanted::Answers(expected), Answer::Answered(answer)) => {
                let mut differences = self.contract.map(|one| shape_differences(one, answer)).unwrap_or_default();
                differences.extend(matcher::compare(expected, answer));
                differences.extend(matcher::compare(&self.until, answer));
                differences
            }
        };
        if let Answer::Refused { code, message } = answer
            && !differences.is_empty()
            && self.is_excuse(code)
        {
            return Err(End::Declined(format!("{code}: {message}")));
        }
        differences.extend(envelope);
        if differences.is_empty() { Ok(()) } else { Err(End::Differs(differences)) }
    }

    fn is_excuse(&self, code: &str) -> bool {
        self.excuses
            .iter()
            .any(|excuse| code.strip_prefix(excuse).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    }
}

/// HTTP 200 and a RequestId come with every answer, refused or not. (page response-format)
pub(super) fn envelope_differences(raw: &RawAnswer) -> Vec<Mismatch> {
    let request_id = match &raw.opened {
        Opened::Reply(reply) => Some(reply.request_id.as_str()),
        Opened::Refused { request_id, .. } => Some(request_id.as_deref().unwrap_or_default()),
        // Not the vendor's at all, which is told otherwise.
        Opened::Foreign => None,
    };
    let Some(request_id) = request_id else { return Vec::new() };
    let mut differences = Vec::new();
    if raw.status != 200 {
        differences.push(mismatch("HTTP status", "200".to_owned(), raw.status.to_string()));
    }
    if request_id.is_empty() {
        differences.push(mismatch("RequestId", "one".to_owned(), "none".to_owned()));
    }
    differences
}

fn mismatch(place: &str, expected: String, actual: String) -> Mismatch {
    Mismatch { place: place.to_owned(), expected, actual }
}

fn refusal_differences(expected: &Value, code: &str, message: &str) -> Vec<Mismatch> {
    let (code, message) = (Value::from(code), Value::from(message));
    let compared = [("Error.Code", &expected["code"], &code), ("Error.Message", &expected["message"], &message)];
    let differs =
        compared.into_iter().filter(|(_, wanted, actual)| !wanted.is_null() && !matcher::holds(wanted, Some(actual)));
    differs
        .map(|(place, wanted, actual)| Mismatch {
            place: place.to_owned(),
            expected: matcher::shown(wanted),
            actual: if place == "Error.Code" { format!("{actual} {message}") } else { matcher::shown(actual) },
        })
        .collect()
}

/// A compiled response schema by its action: compiling takes milliseconds.
type Compiled = Mutex<HashMap<(Service, &'static str), Arc<jsonschema::Validator>>>;

/// What the contract's response schema has against an answer.
fn shape_differences(contract: &'static ActionContract, answer: &Value) -> Vec<Mismatch> {
    static COMPILED: OnceLock<Compiled> = OnceLock::new();
    let compiled = || COMPILED.get_or_init(Compiled::default).lock().unwrap_or_else(PoisonError::into_inner);
    let key = (contract.service, contract.name);
    let kept = compiled().get(&key).cloned();
    let validator = match kept {
        Some(validator) => validator,
        None => match jsonschema::validator_for(&ess_schemas::response_schema(contract)) {
            Ok(validator) => compiled().entry(key).or_insert(Arc::new(validator)).clone(),
            Err(error) => return vec![mismatch("", "a schema".to_owned(), error.to_string())],
        },
    };
    validator
        .iter_errors(answer)
        .map(|error| Mismatch {
            place: error.instance_path().to_string(),
            expected: "what the response schema says".to_owned(),
            actual: error.to_string(),
        })
        .collect()
}
