//! Writes the Rust type of every struct, request and response, and `impl Action` for each request.

use std::fmt::Write;

use crate::model::{Contract, Field, Kind, Struct, Usage};
use crate::names;
use crate::overlays::Overlays;

/// Spelled out everywhere, because the vendor has structs of this name.
const OPTION: &str = "::core::option::Option";

pub(crate) fn write(contract: &Contract, overlays: &Overlays) -> String {
    let mut out = String::new();
    for found in contract.structs.values() {
        structure(&mut out, contract, overlays, found);
    }
    for (index, (name, action)) in contract.actions.iter().enumerate() {
        // Writing into a String cannot fail. The bodies are not generic: serde's code is compiled here, once.
        let _ = writeln!(
            out,
            "impl crate::Action for {request} {{
    const SERVICE: crate::Service = crate::Service::{service};
    const VERSION: &'static str = {version:?};
    const NAME: &'static str = {name:?};
    type Response = {response};
    fn decode(bytes: &[u8]) -> Result<Self, ::serde_json::Error> {{ ::serde_json::from_slice(bytes) }}
    fn encode(response: &{response}, out: &mut Vec<u8>) -> Result<(), ::serde_json::Error> {{ ::serde_json::to_writer(out, response) }}
    fn contract() -> &'static crate::ActionContract {{ &tables::ACTIONS[{index}] }}
}}\n",
            request = action.request,
            response = action.response,
            service = heck::AsUpperCamelCase(&contract.service),
            version = contract.version,
        );
    }
    out
}

fn structure(out: &mut String, contract: &Contract, overlays: &Overlays, found: &Struct) {
    let _ = writeln!(out, "/// {}", description(contract, found));
    out.push_str("#[derive(Clone, Debug, Default, PartialEq, ::serde::Serialize, ::serde::Deserialize)]\n");
    out.push_str(match found.usage {
        Usage::In => "#[serde(deny_unknown_fields)]\n",
        // The client must read an answer that lacks a promised field, or has new ones.
        Usage::Out => "#[serde(default)]\n",
        Usage::Both => "",
    });
    let _ = writeln!(out, "pub struct {} {{", found.name);
    for field in &found.fields {
        if found.usage == Usage::Out && field.name == "RequestId" && found.name.ends_with("Response") {
            continue;
        }
        let relaxed = overlays.condition(&found.name, &field.name).is_some();
        let presence = Presence::of(found.usage, field, relaxed);
        let skip = if presence == Presence::Skipped {
            format!(", skip_serializing_if = \"{OPTION}::is_none\"")
        } else {
            String::new()
        };
        let kind = spelled(contract, &found.name, &field.kind);
        let kind = if presence == Presence::Plain { kind } else { format!("{OPTION}<{kind}>") };
        let _ = writeln!(
            out,
            "    #[serde(rename = {:?}{skip})]\n    pub {}: {kind},",
            field.name,
            names::field(&field.name)
        );
    }
    out.push_str("}\n\n");
}

/// How an absent value of a field is written.
#[derive(PartialEq)]
enum Presence {
    /// It cannot be absent.
    Plain,
    /// As `null`.
    Null,
    /// Not at all.
    Skipped,
}

impl Presence {
    fn of(usage: Usage, field: &Field, relaxed: bool) -> Presence {
        let asked = field.required && !relaxed;
        let answered = field.always && !field.nullable;
        match usage {
            Usage::In if asked => Presence::Plain,
            Usage::Out if answered => Presence::Plain,
            Usage::Out if field.always => Presence::Null,
            Usage::Both if asked && answered => Presence::Plain,
            Usage::In | Usage::Out | Usage::Both => Presence::Skipped,
        }
    }
}

fn spelled(contract: &Contract, owner: &str, kind: &Kind) -> String {
    match kind {
        Kind::String => "String".to_owned(),
        Kind::Int64 => "i64".to_owned(),
        Kind::Uint64 => "u64".to_owned(),
        Kind::Float => "f64".to_owned(),
        Kind::Bool => "bool".to_owned(),
        Kind::Struct(name) if contract.contains_itself(owner) && contract.contains_itself(name) => {
            format!("Box<{name}>")
        }
        Kind::Struct(name) => name.clone(),
        Kind::List(item) => format!("Vec<{}>", spelled(contract, owner, item)),
    }
}

fn description(contract: &Contract, found: &Struct) -> String {
    let service = format!("{} {}", contract.service, contract.version);
    for (name, action) in &contract.actions {
        if action.request == found.name {
            return format!("The parameters of `{name}`, {service}.");
        }
        if action.response == found.name {
            return format!("The answer of `{name}`, {service}, without its RequestId.");
        }
    }
    match found.usage {
        Usage::In => format!("Part of requests of {service}."),
        Usage::Out => format!("Part of responses of {service}."),
        Usage::Both => format!("Part of requests and responses of {service}."),
    }
}
