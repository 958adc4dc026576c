//! The generated JSON files, read back: actions, structs and their fields in declared order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::{Outcome, read};

/// One version of one service.
pub(crate) struct Contract {
    pub(crate) service: String,
    pub(crate) version: String,
    pub(crate) actions: BTreeMap<String, Action>,
    /// Every struct by name, requests and responses included.
    pub(crate) structs: BTreeMap<String, Struct>,
}

pub(crate) struct Action {
    pub(crate) request: String,
    pub(crate) response: String,
    pub(crate) codes: BTreeSet<String>,
    pub(crate) identity: Identity,
    pub(crate) reads: bool,
    pub(crate) body_limit: usize,
}

pub(crate) enum Identity {
    Operator { required: bool, agent: bool },
    Caller { required: bool, agent: bool },
    Agent { required: bool },
    None,
}

pub(crate) struct Struct {
    pub(crate) name: String,
    pub(crate) usage: Usage,
    pub(crate) fields: Vec<Field>,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Usage {
    In,
    Out,
    Both,
}

pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) always: bool,
    pub(crate) nullable: bool,
    pub(crate) disabled: bool,
}

pub(crate) enum Kind {
    String,
    Int64,
    Uint64,
    Float,
    Bool,
    Struct(String),
    List(Box<Kind>),
}

impl Contract {
    pub(crate) fn read(service: &str, version: &str, folder: &Path) -> Outcome<Contract> {
        let mut structs = BTreeMap::new();
        let shared = json(&folder.join("structs.json"))?;
        for (name, schema) in object(&shared, "$defs")? {
            structs.insert(name.clone(), Struct::read(name, schema).map_err(|error| format!("{name}: {error}"))?);
        }

        let mut actions = BTreeMap::new();
        for entry in fs::read_dir(folder.join("actions"))? {
            let path = entry?.path();
            let file = json(&path)?;
            let located = |error| format!("{}: {error}", path.display());
            let name = text(&file, "action").map_err(located)?;
            let mut ends = Vec::new();
            for end in ["request", "response"] {
                let title = text(&file[end], "title").map_err(located)?;
                let schema = Struct::read(&title, &file[end]).map_err(located)?;
                structs.insert(title.clone(), schema);
                ends.push(title);
            }
            let (Some(response), Some(request)) = (ends.pop(), ends.pop()) else { continue };
            actions.insert(name, Action::read(&file, request, response).map_err(located)?);
        }
        Ok(Contract { service: service.to_owned(), version: version.to_owned(), actions, structs })
    }

    /// Whether `start` contains itself without a list in between, so that its Rust type needs a box.
    pub(crate) fn contains_itself(&self, start: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![start];
        while let Some(name) = waiting.pop() {
            for field in self.structs.get(name).map_or(&[][..], |found| &found.fields) {
                if let Kind::Struct(inner) = &field.kind {
                    if inner == start {
                        return true;
                    }
                    if seen.insert(inner.as_str()) {
                        waiting.push(inner);
                    }
                }
            }
        }
        false
    }
}

impl Action {
    fn read(file: &Value, request: String, response: String) -> Result<Action, String> {
        let codes = file["codes"].as_array().ok_or("no list `codes`")?;
        let kilobytes = file["body_limit_kb"].as_u64().ok_or("no number `body_limit_kb`")?;
        Ok(Action {
            request,
            response,
            codes: codes.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            identity: Identity::read(&file["identity"])?,
            reads: file["reads"].as_bool().ok_or("no flag `reads`")?,
            body_limit: usize::try_from(kilobytes).map_err(|error| error.to_string())? * 1024,
        })
    }
}

impl Identity {
    fn read(value: &Value) -> Result<Identity, String> {
        let flag = |name: &str| value[name].as_bool() == Some(true);
        match value["class"].as_str() {
            Some("operator") => Ok(Identity::Operator { required: flag("required"), agent: flag("agent") }),
            Some("caller") => Ok(Identity::Caller { required: flag("required"), agent: flag("agent") }),
            Some("agent") => Ok(Identity::Agent { required: flag("required") }),
            Some("none") => Ok(Identity::None),
            other => Err(format!("unknown identity class {other:?}")),
        }
    }
}

impl Struct {
    fn read(name: &str, schema: &Value) -> Result<Struct, String> {
        let usage = match schema["x-usage"].as_str() {
            Some("in") => Usage::In,
            Some("out") => Usage::Out,
            Some("both") => Usage::Both,
            other => return Err(format!("unknown usage {other:?}")),
        };
        let mut fields = Vec::new();
        for (field, about) in object(schema, "properties")? {
            fields.push(Field::read(field, about).map_err(|error| format!("{field}: {error}"))?);
        }
        Ok(Struct { name: name.to_owned(), usage, fields })
    }
}

impl Field {
    fn read(name: &str, schema: &Value) -> Result<Field, String> {
        let flag = |flag: &str| schema[flag].as_bool() == Some(true);
        let nullable = schema["type"].is_array() || schema["anyOf"].is_array();
        let bare = if schema["anyOf"].is_array() { &schema["anyOf"][0] } else { schema };
        Ok(Field {
            name: name.to_owned(),
            kind: Kind::read(bare)?,
            required: flag("x-required"),
            always: flag("x-always"),
            nullable,
            disabled: flag("x-disabled"),
        })
    }
}

impl Kind {
    fn read(schema: &Value) -> Result<Kind, String> {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap_or(reference);
            return Ok(Kind::Struct(name.to_owned()));
        }
        let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
        match (kind, schema["format"].as_str()) {
            (Some("string"), _) => Ok(Kind::String),
            (Some("integer"), Some("uint64")) => Ok(Kind::Uint64),
            (Some("integer"), _) => Ok(Kind::Int64),
            (Some("number"), _) => Ok(Kind::Float),
            (Some("boolean"), _) => Ok(Kind::Bool),
            (Some("array"), _) => Ok(Kind::List(Box::new(Kind::read(&schema["items"])?))),
            other => Err(format!("unknown type {other:?}")),
        }
    }
}

fn json(path: &Path) -> Outcome<Value> {
    serde_json::from_str(&read(path)?).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn object<'a>(value: &'a Value, key: &str) -> Result<&'a Map<String, Value>, String> {
    value[key].as_object().ok_or_else(|| format!("no object `{key}`"))
}

fn text(value: &Value, key: &str) -> Result<String, String> {
    value[key].as_str().map(str::to_owned).ok_or_else(|| format!("no text `{key}`"))
}
