//! Holds routes, description and real answers together.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::super::openapi::DESCRIPTION;
use super::super::routes;
use super::Server;

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(DESCRIPTION).unwrap());

/// Holds one answer against its schema.
pub(super) fn check(method: &Method, path: &str, status: StatusCode, answer: &Value) {
    let schema = if status == StatusCode::OK {
        let operation =
            operation(method, path).unwrap_or_else(|| panic!("{method} {path} answers and is not described"));
        operation["responses"]["200"]["content"]["application/json"]["schema"].clone()
    } else {
        json!({ "$ref": "#/components/schemas/Error" })
    };
    let errors = errors(schema, answer);
    assert!(errors.is_empty(), "{method} {path} answers {answer}, which is not as described: {errors:?}");
}

fn errors(mut schema: Value, instance: &Value) -> Vec<String> {
    schema["components"] = DOCUMENT["components"].clone();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The described operation that serves this path.
fn operation(method: &Method, path: &str) -> Option<&'static Value> {
    let fits = |template: &str| {
        let (mut wanted, mut given) = (template.split('/'), path.split('/'));
        wanted.by_ref().zip(given.by_ref()).all(|(wanted, given)| wanted == given || wanted.starts_with('{'))
            && template.split('/').count() == path.split('/').count()
    };
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let (_, operations) = paths.iter().find(|(template, _)| fits(template))?;
    operations.get(method.as_str().to_ascii_lowercase())
}

#[test]
fn the_routes_and_the_description_name_the_same_operations() {
    let routed: BTreeSet<String> = routes().iter().map(|(method, path, _)| format!("{method} {path}")).collect();
    let paths = DOCUMENT["paths"].as_object().unwrap().iter();
    let described: BTreeSet<String> = paths
        .flat_map(|(path, operations)| {
            operations.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_ascii_uppercase()))
        })
        .collect();
    assert_eq!(routed, described);
}

#[test]
fn the_description_is_of_this_version_and_every_reference_in_it_leads_somewhere() {
    assert_eq!(DOCUMENT["openapi"], "3.1.0");
    assert_eq!(DOCUMENT["info"]["version"], env!("CARGO_PKG_VERSION"));
    let text = DOCUMENT.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(DOCUMENT.pointer(pointer).is_some(), "{pointer}");
    }
    for (name, schema) in DOCUMENT["components"]["schemas"].as_object().unwrap() {
        assert!(jsonschema::meta::is_valid(schema), "{name}");
        assert!(text.contains(&format!("#/components/schemas/{name}")), "{name} is described and never used");
    }
}

#[test]
fn described_bodies_say_what_the_design_promises() {
    let body = |name: &str, body: Value| errors(json!({ "$ref": format!("#/components/schemas/{name}") }), &body);
    for (name, good) in [
        ("ClockChange", json!({ "advance": "30m" })),
        ("ClockChange", json!({ "freeze": true })),
        ("ClockChange", json!({ "set": "2027-01-01T00:00:00+08:00" })),
        ("Reset", json!({})),
        ("NewWorld", json!({ "from": "demo" })),
        ("Act", json!({ "approver": 0, "message": "no" })),
        ("NewAddress", json!({ "url": "http://127.0.0.1:9/", "generation": "legacy", "key": "" })),
        ("SettingsChange", json!({ "auto_sign_delay": 0 })),
    ] {
        assert_eq!(body(name, good.clone()), Vec::<String>::new(), "{good}");
    }
    for (name, bad) in [
        ("ClockChange", json!({})),
        ("ClockChange", json!({ "freeze": true, "run": true })),
        ("NewAddress", json!({ "key": "" })),
        ("SettingsChange", json!({ "no": 1 })),
    ] {
        assert_ne!(body(name, bad.clone()), Vec::<String>::new(), "{bad}");
    }
}

#[tokio::test]
async fn the_description_is_served() {
    assert_eq!(Server::frozen().get("/_mock/openapi.json").await, *DOCUMENT);
}
