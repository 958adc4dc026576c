//! How names and values of the contract are spelled in Rust source.

use heck::ToSnakeCase;

/// The Rust name of a field: `ApproverName` is `approver_name`, `Type` is `r#type`.
pub(crate) fn field(wire_name: &str) -> String {
    let name = wire_name.to_snake_case();
    match name.as_str() {
        "type" | "match" | "ref" | "box" | "move" | "use" | "in" | "static" | "final" => format!("r#{name}"),
        _ => name,
    }
}

/// A string literal.
pub(crate) fn text(value: &str) -> String {
    format!("{value:?}")
}

/// A slice of string literals.
pub(crate) fn texts(values: &[String]) -> String {
    let literals: Vec<String> = values.iter().map(|value| text(value)).collect();
    format!("&[{}]", literals.join(", "))
}

/// `Some(..)` or `None` of something already spelled.
pub(crate) fn maybe(value: Option<String>) -> String {
    value.map_or_else(|| "None".to_owned(), |value| format!("Some({value})"))
}
