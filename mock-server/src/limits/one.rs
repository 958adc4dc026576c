//! The limits of one value: a field that is no list, or one item of a list.

use ess_schemas::contract::{Limits, Literal};
use serde_json::{Number, Value};

use super::breach::Broken;
use super::{format, pattern};

/// Checks one value. `max_length` is apart because a list limits its items by another number than a text.
pub(super) fn check(value: &Value, max_length: Option<usize>, limits: &'static Limits) -> Result<(), Broken> {
    if !limits.allowed.is_empty() && !limits.allowed.iter().any(|literal| is(value, literal)) {
        return Err(Broken::NotAllowed);
    }
    match value {
        Value::String(text) => check_text(text, max_length, limits),
        Value::Number(number) => check_number(number, limits),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => Ok(()),
    }
}

fn check_text(text: &str, max_length: Option<usize>, limits: &'static Limits) -> Result<(), Broken> {
    if let Some(most) = max_length
        && let Some(found) = characters_above(text, most)
    {
        return Err(Broken::TooLong { most, found });
    }
    if let Some(least) = limits.min_length {
        let found = text.chars().take(least).count();
        if found < least {
            return Err(Broken::TooShort { least, found });
        }
    }
    match limits.pattern {
        Some(pattern) if !pattern::matches(pattern, text) => return Err(Broken::Pattern { pattern }),
        Some(_) | None => (),
    }
    match limits.format {
        Some(name) if !format::fits_text(name, text) => Err(Broken::Format { name }),
        Some(_) | None => Ok(()),
    }
}

/// The number of characters, if there are more than `most`. Bytes are never fewer than characters, so most texts need
/// no counting.
fn characters_above(text: &str, most: usize) -> Option<usize> {
    if text.len() <= most {
        return None;
    }
    Some(text.chars().count()).filter(|found| *found > most)
}

fn check_number(number: &Number, limits: &'static Limits) -> Result<(), Broken> {
    let value = number.as_f64().unwrap_or(f64::NAN);
    match (limits.minimum, limits.maximum) {
        (Some(least), _) if value < least => return Err(Broken::TooSmall { least }),
        (_, Some(most)) if value > most => return Err(Broken::TooGreat { most }),
        _ => (),
    }
    match limits.format {
        Some(name) if !format::fits_number(name, number) => Err(Broken::Format { name }),
        Some(_) | None => Ok(()),
    }
}

fn is(value: &Value, literal: &Literal) -> bool {
    match *literal {
        Literal::Text(text) => value.as_str() == Some(text),
        Literal::Integer(number) => value.as_i64() == Some(number),
        Literal::Float(number) => value.as_f64() == Some(number),
        Literal::Bool(flag) => value.as_bool() == Some(flag),
    }
}
