//! Writes the static tables: a `StructContract` for every struct, and the sorted list of actions.

use std::fmt::Write;

use crate::model::{Action, Contract, Field, Identity, Kind, Struct};
use crate::names::{maybe, text, texts};
use crate::overlays::{Condition, Limits, Literal, Overlays};

pub(crate) fn write(contract: &Contract, overlays: &Overlays) -> String {
    let mut out = String::new();
    for found in contract.structs.values() {
        // Writing into a String cannot fail.
        let _ = writeln!(
            out,
            "pub(super) static {0}: StructContract = StructContract {{ name: {0:?}, fields: &[",
            found.name
        );
        for field in found.fields.iter().filter(|field| !is_request_id(found, field)) {
            let _ = writeln!(out, "    {},", field_row(overlays, &found.name, field));
        }
        out.push_str("] };\n");
    }
    out.push_str("\npub(crate) static ACTIONS: &[ActionContract] = &[\n");
    for (name, action) in &contract.actions {
        let _ = writeln!(out, "    {},", action_row(contract, overlays, name, action));
    }
    out.push_str("];\n");
    out
}

fn is_request_id(found: &Struct, field: &Field) -> bool {
    field.name == "RequestId" && found.name.ends_with("Response")
}

fn action_row(contract: &Contract, overlays: &Overlays, name: &str, action: &Action) -> String {
    let mut codes = action.codes.clone();
    codes.extend(overlays.example_codes.get(name).into_iter().flatten().map(|row| row.code.clone()));
    let codes: Vec<String> = codes.into_iter().collect();
    let identity = match &action.identity {
        Identity::Operator { required, agent } => format!("Operator {{ required: {required}, agent: {agent} }}"),
        Identity::Caller { required, agent } => format!("Caller {{ required: {required}, agent: {agent} }}"),
        Identity::Agent { required } => {
            let needs = overlays.needs_of_agent(&contract.service, name, &action.identity).unwrap_or_default();
            format!("Agent {{ required: {required}, needs: AgentNeeds::{needs} }}")
        }
        Identity::None => "None".to_owned(),
    };
    format!(
        "ActionContract {{ service: Service::{service}, name: {name:?}, request: &{request}, response: &{response}, codes: {codes}, \
         identity: IdentityClass::{identity}, reads: {reads}, body_limit: {limit} }}",
        service = heck::AsUpperCamelCase(&contract.service),
        request = action.request,
        response = action.response,
        codes = texts(&codes),
        reads = action.reads,
        limit = action.body_limit,
    )
}

fn field_row(overlays: &Overlays, owner: &str, field: &Field) -> String {
    format!(
        "FieldContract {{ name: {:?}, kind: {}, required: {}, always: {}, nullable: {}, disabled: {}, limits: {}, default: {}, \
         required_unless: {} }}",
        field.name,
        kind(&field.kind),
        field.required,
        field.always,
        field.nullable,
        field.disabled,
        maybe(overlays.limits(owner, &field.name).map(limits)),
        maybe(overlays.default_of(owner, &field.name).map(literal)),
        maybe(overlays.condition(owner, &field.name).and_then(condition)),
    )
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::String => "Kind::String".to_owned(),
        Kind::Int64 => "Kind::Int64".to_owned(),
        Kind::Uint64 => "Kind::Uint64".to_owned(),
        Kind::Float => "Kind::Float".to_owned(),
        Kind::Bool => "Kind::Bool".to_owned(),
        Kind::Struct(name) => format!("Kind::Struct(&{name})"),
        Kind::List(item) => format!("Kind::List(&{})", self::kind(item)),
    }
}

fn limits(limits: &Limits) -> String {
    let number = |value: Option<f64>| maybe(value.map(|value| format!("{value:?}")));
    let count = |value: Option<usize>| maybe(value.map(|value| value.to_string()));
    let allowed: Vec<String> = limits.allowed.iter().map(literal).collect();
    format!(
        "&Limits {{ max_length: {}, min_length: {}, item_max_length: {}, pattern: {}, format: {}, allowed: &[{}], minimum: {}, \
         maximum: {}, min_items: {}, max_items: {}, refusal: {}, source: {} }}",
        count(limits.max_length),
        count(limits.min_length),
        count(limits.item_max_length),
        maybe(limits.pattern.as_deref().map(text)),
        maybe(limits.format.as_deref().map(text)),
        allowed.join(", "),
        number(limits.minimum),
        number(limits.maximum),
        count(limits.min_items),
        count(limits.max_items),
        text(&limits.refusal),
        text(&limits.source),
    )
}

fn literal(value: &Literal) -> String {
    match value {
        Literal::Bool(value) => format!("Literal::Bool({value})"),
        Literal::Integer(value) => format!("Literal::Integer({value})"),
        Literal::Float(value) => format!("Literal::Float({value:?})"),
        Literal::Text(value) => format!("Literal::Text({})", text(value)),
    }
}

fn condition(condition: &Condition) -> Option<String> {
    let (field, values) = condition.required_unless.first_key_value()?;
    Some(format!("&Condition {{ field: {}, values: {} }}", text(field), texts(values)))
}
