//! What is known of a target: what it can do, whom and what cases may name there, and by which keys.
//!
//! `conformance/targets/*.yaml`. A value `${env NAME}` is taken from the environment; without it, the value is absent, and cases that
//! need it are skipped with that reason.

use std::cell::RefCell;
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
    /// Hosts that may be spoken to besides those of the target itself.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Preparations that stand in for others where nobody signs: a contract that a machine has sealed for one that people have signed.
    #[serde(default)]
    pub instead: BTreeMap<String, String>,
    /// What the platform's callbacks are sealed with, as registered in its console.
    #[serde(default)]
    pub callback: CallbackKeys,
    /// Variables of the environment that values ask for and that are not set.
    #[serde(skip)]
    pub unset: Vec<String>,
}

/// How callbacks of a target without a control API are opened.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CallbackKeys {
    /// The encryption key.
    pub key: String,
    /// The token they are signed with.
    pub token: String,
}

/// Says whether there are any, never what they are.
impl std::fmt::Debug for CallbackKeys {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("CallbackKeys").field("given", &!self.key.is_empty()).finish_non_exhaustive()
    }
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
    /// Variables of the environment that it asks for and that are not set.
    #[serde(skip)]
    pub unset: Vec<String>,
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
        let unset = RefCell::new(Vec::new());
        let environment = |name: &str| {
            let value = environment(name).filter(|value| !value.is_empty());
            if value.is_none() {
                unset.borrow_mut().push(name.to_owned());
            }
            value
        };
        let mut profile: Self = mistake::parse(file, text)?;
        for key in profile.keys.values_mut() {
            for part in [&mut key.secret_id, &mut key.secret_key] {
                *part = filled_text(part, &environment).unwrap_or_default();
            }
            key.unset = unset.take();
        }
        for part in [&mut profile.callback.key, &mut profile.callback.token] {
            *part = filled_text(part, &environment).unwrap_or_default();
        }
        unset.take();
        let values = std::mem::take(&mut profile.values);
        profile.values =
            values.into_iter().filter_map(|(name, value)| Some((name, filled(value, &environment)?))).collect();
        profile.hosts = profile.hosts.iter().filter_map(|host| filled_text(host, &environment)).collect();
        profile.unset = unset.into_inner();
        Ok(profile)
    }

    /// The preparation that is carried out where a case asks for this one.
    pub fn stand_in<'a>(&'a self, preparation: &'a str) -> &'a str {
        self.instead.get(preparation).map_or(preparation, String::as_str)
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
    name.map_or_else(|| Some(text.to_owned()), |name| environment(name.trim()))
}
