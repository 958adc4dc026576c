//! Writes the Rust types of callback messages. A type's fields stand in the order of its schema's properties, and so does its JSON.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use heck::ToUpperCamelCase;
use serde_json::{Map, Value};

use crate::names::{field, text};
use crate::{Outcome, read};

/// Folder below `callbacks/` and the name of the generation it holds.
const GENERATIONS: [(&str, &str); 3] = [("", "Company"), ("partner", "Partner"), ("legacy", "Legacy")];
/// Shared by all messages, generic over the data, and therefore written by hand.
const BY_HAND: &str = "Envelope";

pub(crate) fn write(folder: &Path, out: &Path) -> Outcome<()> {
    for (subfolder, generation) in GENERATIONS {
        let messages = messages(&folder.join(subfolder))?;
        let source = module(&messages, generation).map_err(|error| format!("callbacks/{subfolder}: {error}"))?;
        fs::write(out.join(format!("callbacks_{}.rs", generation.to_lowercase())), source)?;
    }
    Ok(())
}

struct Message {
    path: PathBuf,
    schema: Value,
}

/// The messages of one folder by MsgType.
fn messages(folder: &Path) -> Outcome<BTreeMap<String, Message>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let schema: Value =
            serde_json::from_str(&read(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = schema["title"].as_str().ok_or_else(|| format!("{}: no title", path.display()))?.to_owned();
        if path.file_stem().is_none_or(|stem| *stem != *name) {
            return Err(format!("{}: the title is {name}", path.display()).into());
        }
        if name != BY_HAND {
            found.insert(name, Message { path, schema });
        }
    }
    Ok(found)
}

fn module(messages: &BTreeMap<String, Message>, generation: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut table = String::new();
    for (name, message) in messages {
        let located = |error| format!("{name}: {error}");
        let source = message.schema["x-source"].as_str().ok_or_else(|| located("no x-source".to_owned()))?;
        let basis =
            message.schema["x-basis"].as_str().ok_or_else(|| located("no x-basis".to_owned()))?.to_upper_camel_case();
        structure(&mut out, name, name, &message.schema).map_err(located)?;
        for (inner, schema) in message.schema["$defs"].as_object().unwrap_or(&Map::new()) {
            structure(&mut out, name, &format!("{name}{inner}"), schema).map_err(located)?;
        }
        // Writing into a String cannot fail.
        let _ = writeln!(
            out,
            "impl super::Message for {name} {{\n    const MSG_TYPE: &'static str = {name:?};\n    \
             const GENERATION: super::Generation = super::Generation::{generation};\n}}\n"
        );
        let _ = writeln!(
            table,
            "    super::MessageContract {{ msg_type: {name:?}, generation: super::Generation::{generation}, \
             basis: super::Basis::{basis}, source: {}, schema: include_str!({:?}) }},",
            text(source),
            message.path.display().to_string(),
        );
    }
    any_message(&mut out, messages.keys());
    let _ = writeln!(out, "pub(super) static MESSAGES: &[super::MessageContract] = &[\n{table}];");
    Ok(out)
}

/// `message` is the file's own name, which its inner structs carry in front of theirs.
fn structure(out: &mut String, message: &str, name: &str, schema: &Value) -> Result<(), String> {
    let properties = schema["properties"].as_object().ok_or("no properties")?;
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let _ = writeln!(
        out,
        "/// {}\n#[derive(Clone, Debug, Default, PartialEq, ::serde::Serialize, ::serde::Deserialize)]\n#[serde(default)]\n\
         pub struct {name} {{",
        if message == name {
            format!("The data of a `{message}` message.")
        } else {
            format!("Part of a `{message}` message.")
        }
    );
    for (property, about) in properties {
        let kind = kind(message, about).map_err(|error| format!("{property}: {error}"))?;
        if required.contains(&property.as_str()) {
            let _ = writeln!(out, "    #[serde(rename = {property:?})]\n    pub {}: {kind},", field(property));
        } else {
            let _ = writeln!(
                out,
                "    #[serde(rename = {property:?}, skip_serializing_if = \"Option::is_none\")]\n    pub {}: Option<{kind}>,",
                field(property)
            );
        }
    }
    out.push_str("}\n\n");
    Ok(())
}

fn kind(message: &str, schema: &Value) -> Result<String, String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return Ok(format!("{message}{}", reference.rsplit('/').next().unwrap_or(reference)));
    }
    match schema["type"].as_str() {
        Some("string") => Ok("String".to_owned()),
        Some("integer") => Ok("i64".to_owned()),
        Some("boolean") => Ok("bool".to_owned()),
        Some("array") => Ok(format!("Vec<{}>", kind(message, &schema["items"])?)),
        None => Ok("::serde_json::Value".to_owned()),
        Some(other) => Err(format!("unknown type {other}")),
    }
}

/// One enum over all messages of a generation, for receivers that learn from MsgType what they have got.
fn any_message<'a>(out: &mut String, names: impl Iterator<Item = &'a String>) {
    let (mut variants, mut read, mut kinds) = (String::new(), String::new(), String::new());
    for name in names {
        let _ = writeln!(variants, "    {name}(Box<{name}>),");
        let _ = writeln!(read, "            {name:?} => AnyMessage::{name}(::serde_json::from_value(data)?),");
        let _ = writeln!(kinds, "            AnyMessage::{name}(_) => {name:?},");
    }
    let _ = writeln!(
        out,
        "/// The data of any message of this generation.
#[derive(Clone, Debug, PartialEq)]
pub enum AnyMessage {{
{variants}}}

impl AnyMessage {{
    /// Reads the data of a message by its MsgType; `None` for a type this contract does not know.
    pub fn read(msg_type: &str, data: ::serde_json::Value) -> Result<Option<AnyMessage>, ::serde_json::Error> {{
        Ok(Some(match msg_type {{
{read}            _ => return Ok(None),
        }}))
    }}

    /// The MsgType of what is inside.
    pub fn msg_type(&self) -> &'static str {{
        match self {{
{kinds}        }}
    }}
}}
"
    );
}
