//! What is known of a target: what it can do, whom and what cases may name there, and by which keys.
//!
//! `conformance/targets/*.yaml`. A value `${env NAME}` is taken from the environment; without it, the value is absent, and cases that
//! need it are skipped with that reason.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::suite::marks::Capability;
use crate::suite::mistake::{self, Mistake};

/// A target as its profile describes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What it is, in a sentence.
    pub says: String,
    /// What it can do.
    pub capabilities: Vec<Capability>,
    /// Whom and what cases may name.
    #[serde(default)]
    pub values: Map<String, Value>,
    /// By which keys calls are made.
    pub keys: BTreeMap<String, Key>,
}

/// A key of a company. On the fake every world has keys of its own, so only the company counts there.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Key {
    /// The company's id in the fake's world.
    pub organization: String,
    /// The SecretId.
    pub secret_id: String,
    /// The SecretKey.
    pub secret_key: String,
}

/// Says whose it is, never what it is.
impl std::fmt::Debug for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Key").field("organization", &self.organization).finish_non_exhaustive()
    }
}

impl Profile {
    /// Reads a profile, values of the environment in place.
    ///
    /// # Errors
    /// It is none; with line and column.
    pub fn read(file: &str, text: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Self, Mistake> {
        let mut profile: Self = mistake::parse(file, text)?;
        let values = std::mem::take(&mut profile.values);
        profile.values =
            values.into_iter().filter_map(|(name, value)| Some((name, filled(value, &environment)?))).collect();
        for key in profile.keys.values_mut() {
            for part in [&mut key.secret_id, &mut key.secret_key] {
                *part = filled_text(part, &environment).unwrap_or_default();
            }
        }
        Ok(profile)
    }
}

fn filled(value: Value, environment: &impl Fn(&str) -> Option<String>) -> Option<Value> {
    match value {
        Value::String(text) => filled_text(&text, environment).map(Value::String),
        Value::Object(map) => {
            let inner: Map<String, Value> =
                map.into_iter().filter_map(|(name, value)| Some((name, filled(value, environment)?))).collect();
            (!inner.is_empty()).then_some(Value::Object(inner))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => Some(value),
    }
}

fn filled_text(text: &str, environment: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let name = text.strip_prefix("${env ").and_then(|rest| rest.strip_suffix('}'));
    name.map_or_else(|| Some(text.to_owned()), |name| environment(name.trim()).filter(|value| !value.is_empty()))
}
