//! Holds a message's data against its schema, in words for a person.

use ess_schemas::callbacks::MessageContract;
use serde_json::Value;

use super::defaults::{inner, text_of};
use super::nearest;
use crate::callbacks::fields::Fields;

pub(super) fn check(contract: &MessageContract, data: &str) -> Result<(), String> {
    let schema = Fields::parse(contract.schema.as_bytes()).map_err(|error| error.to_string())?;
    let value: Value = serde_json::from_str(data).map_err(|error| error.to_string())?;
    unknown(&schema, &inner(&schema, "$defs"), &value, "data", contract.msg_type)?;
    let document: Value = serde_json::from_str(contract.schema).map_err(|error| error.to_string())?;
    let validator = jsonschema::validator_for(&document).map_err(|error| error.to_string())?;
    validator.validate(&value).map_err(|error| {
        let path = error.instance_path().to_string().replace('/', ".");
        format!("data{path}: {error}. Say \"unchecked\": true to send it all the same.")
    })
}

/// Schemas allow what is added tomorrow; a person's typing error is no wish.
fn unknown(schema: &Fields, definitions: &Fields, value: &Value, path: &str, message: &str) -> Result<(), String> {
    if let Some(reference) = text_of(schema, "$ref") {
        let named = inner(definitions, reference.rsplit('/').next().unwrap_or_default());
        return unknown(&named, definitions, value, path, message);
    }
    match value {
        Value::Object(fields) if schema.has("properties") => {
            let properties = inner(schema, "properties");
            for (name, value) in fields {
                if !properties.has(name) {
                    let near = nearest(name, properties.names()).join(", ");
                    return Err(format!(
                        "{path}: {message} has no field `{name}`; nearest are {near}. Say \"unchecked\": true to send it all the same."
                    ));
                }
                unknown(&inner(&properties, name), definitions, value, &format!("{path}.{name}"), message)?;
            }
            Ok(())
        }
        Value::Array(items) => {
            let about = inner(schema, "items");
            items
                .iter()
                .enumerate()
                .try_for_each(|(index, item)| unknown(&about, definitions, item, &format!("{path}.{index}"), message))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => Ok(()),
    }
}
