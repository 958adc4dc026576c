//! A broken limit: which refusal it causes, where, and in which way it was broken.

use std::fmt;

use ess_schemas::contract::{ActionContract, Limits};
use serde_json::Value;

use crate::gateway::fault::ApiError;
use crate::gateway::{Path, refusal};

/// The most of an offending value that is repeated in a message or a log.
const MAX_SHOWN: usize = 100;

/// A field whose value breaks a limit of the contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    /// The row of `refusals.yaml`.
    pub refusal: &'static str,
    /// Where: `Approvers.0.ApproverName`.
    pub path: String,
    /// The offending value as text, cut to a readable length.
    pub value: String,
    /// How.
    pub broken: Broken,
    /// Where the limit is known from.
    pub source: &'static str,
}

/// The ways to break a limit.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are the limit and what was found instead")]
pub enum Broken {
    /// More characters than allowed.
    TooLong { most: usize, found: usize },
    /// Fewer characters than allowed.
    TooShort { least: usize, found: usize },
    /// Characters or an arrangement that the pattern does not allow.
    Pattern { pattern: &'static str },
    /// Not of the named shape.
    Format { name: &'static str },
    /// None of the listed values.
    NotAllowed,
    /// A number below the range.
    TooSmall { least: f64 },
    /// A number above the range.
    TooGreat { most: f64 },
    /// Fewer items than allowed.
    TooFewItems { least: usize, found: usize },
    /// More items than allowed.
    TooManyItems { most: usize, found: usize },
}

impl Breach {
    pub(super) fn new(limits: &'static Limits, path: &Path<'_>, value: &Value, broken: Broken) -> Self {
        Self { refusal: limits.refusal, path: path.to_string(), value: shown(value), broken, source: limits.source }
    }

    /// The answer for an action. A message may use `{field}` (the path), `{value}`, also as `{name}`, and `{limit}`.
    pub fn answer(&self, action: &ActionContract) -> ApiError {
        let (field, value, limit) = (self.path.as_str(), self.value.as_str(), self.broken.limit());
        let values = [("field", field), ("value", value), ("name", value), ("limit", limit.as_str())];
        refusal::answer(self.refusal, &values, action)
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} (limit from {})", self.path, self.broken, self.source)
    }
}

impl Broken {
    fn limit(&self) -> String {
        match self {
            Self::TooLong { most, .. } | Self::TooManyItems { most, .. } => most.to_string(),
            Self::TooShort { least, .. } | Self::TooFewItems { least, .. } => least.to_string(),
            Self::TooGreat { most } => most.to_string(),
            Self::TooSmall { least } => least.to_string(),
            Self::Pattern { pattern } => (*pattern).to_owned(),
            Self::Format { name } => (*name).to_owned(),
            Self::NotAllowed => String::new(),
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { most, found } => write!(out, "has {found} characters, {most} are allowed"),
            Self::TooShort { least, found } => write!(out, "has {found} characters, {least} are needed"),
            Self::Pattern { pattern } => write!(out, "does not match {pattern}"),
            Self::Format { name } => write!(out, "is not of the form {name}"),
            Self::NotAllowed => out.write_str("has a value that is not listed"),
            Self::TooSmall { least } => write!(out, "is less than {least}"),
            Self::TooGreat { most } => write!(out, "is greater than {most}"),
            Self::TooFewItems { least, found } => write!(out, "has {found} items, {least} are needed"),
            Self::TooManyItems { most, found } => write!(out, "has {found} items, {most} are allowed"),
        }
    }
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.as_str(),
        Value::Bool(_) | Value::Number(_) => return value.to_string(),
        // A list or a struct has no short text of its own.
        Value::Null | Value::Array(_) | Value::Object(_) => return String::new(),
    };
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
