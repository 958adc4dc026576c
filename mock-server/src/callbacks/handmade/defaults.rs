//! A message's data from its schema: each field in its declared place, with what is known under its name.

use serde_json::Value;

use super::known::Known;
use crate::callbacks::fields::Fields;

/// Fills a schema. Fields that must be there have what is wanted, else what is known, else a value of their type; others stand
/// there when something is wanted or known. What is wanted beside the schema comes last.
pub(super) fn fill(schema: &Fields, known: &Known, wanted: &Fields) -> String {
    let definitions = inner(schema, "$defs");
    let properties = inner(schema, "properties");
    let required = required(schema);
    let mut data = Fields::default();
    for (name, about) in properties.iter() {
        let value = wanted.get(name).map(str::to_owned).or_else(|| {
            let about = Fields::parse(about.as_bytes()).unwrap_or_default();
            let told = known.told(name).or_else(|| known.value(name).and_then(|value| fitting(&about, value)));
            told.or_else(|| required.iter().any(|one| one == name).then(|| value(name, &about, &definitions, known)))
        });
        if let Some(value) = value {
            data.set_json(name, value);
        }
    }
    for (name, value) in wanted.iter().filter(|(name, _)| !properties.has(name)) {
        data.set_json(name, value.to_owned());
    }
    data.to_text()
}

/// What is known under a name, if it is of the field's type and one of its values.
fn fitting(about: &Fields, value: &Value) -> Option<String> {
    let of_type = match text_of(about, "type").as_deref() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        _ => false,
    };
    let listed = choices(about).is_none_or(|choices| choices.contains(value));
    (of_type && listed).then(|| value.to_string())
}

/// A value for a field that must be there.
fn value(name: &str, about: &Fields, definitions: &Fields, known: &Known) -> String {
    if let Some(reference) = text_of(about, "$ref") {
        let named = inner(definitions, reference.rsplit('/').next().unwrap_or_default());
        return fill(&with(&named, definitions), known, &Fields::default());
    }
    if let Some(first) = choices(about).and_then(|choices| choices.into_iter().next()) {
        return first.to_string();
    }
    match text_of(about, "type").as_deref() {
        Some("string") => Value::from(known.text(name)).to_string(),
        Some("integer") => known.number(name).to_string(),
        // Success is what is told of as a rule; the rest are refinements.
        Some("boolean") => name.ends_with("Success").to_string(),
        Some("array") => list(name, about, definitions, known),
        _ => "null".to_owned(),
    }
}

fn list(name: &str, about: &Fields, definitions: &Fields, known: &Known) -> String {
    let items = inner(about, "items");
    // Nothing went wrong as a rule, and nobody gets a copy.
    if name.starts_with("Failure") || !items.has("$ref") && !items.has("type") {
        return "[]".to_owned();
    }
    if text_of(&items, "type").as_deref() == Some("string") && !name.ends_with("Ids") {
        return "[]".to_owned();
    }
    // `FlowIds` holds a `FlowId`, `SuccessFlowIds` too.
    let one = name.trim_start_matches("Success").trim_end_matches('s');
    format!("[{}]", value(one, &items, definitions, known))
}

/// A part's schema, with the definitions of the whole beside it.
fn with(part: &Fields, definitions: &Fields) -> Fields {
    let mut part = part.clone();
    part.set("$defs", definitions);
    part
}

pub(super) fn inner(schema: &Fields, name: &str) -> Fields {
    schema.get(name).and_then(|text| Fields::parse(text.as_bytes()).ok()).unwrap_or_default()
}

fn required(schema: &Fields) -> Vec<String> {
    schema.get("required").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

fn choices(about: &Fields) -> Option<Vec<Value>> {
    serde_json::from_str(about.get("enum")?).ok()
}

pub(super) fn text_of(about: &Fields, name: &str) -> Option<String> {
    serde_json::from_str(about.get(name)?).ok()
}
