//! The generated files and the tables built from them say the same.

use std::path::{Path, PathBuf};

use ess_schemas::{Service, StructContract, action, actions};
use serde_json::Value;

fn folder(service: Service) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(service.name()).join(service.version())
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn there_is_a_file_for_every_action_and_no_other() {
    for service in Service::ALL {
        let mut names: Vec<String> = std::fs::read_dir(folder(service).join("actions"))
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        names.sort();
        assert_eq!(names, actions(service).iter().map(|action| action.name).collect::<Vec<_>>());
    }
}

#[test]
fn every_request_and_response_file_is_a_schema_that_compiles() {
    for service in Service::ALL {
        let structs = json(&folder(service).join("structs.json"));
        for contract in actions(service) {
            let file = json(&folder(service).join("actions").join(format!("{}.json", contract.name)));
            for end in ["request", "response"] {
                let mut schema = file[end].clone();
                // Beside structs.json, as it stands in the folder.
                schema["$id"] =
                    Value::from(format!("json-schema:///{}/actions/{}.{end}.json", service.name(), contract.name));
                let shared = jsonschema::Resource::from_contents(structs.clone());
                let registry = jsonschema::Registry::new()
                    .add(format!("json-schema:///{}/structs.json", service.name()), shared)
                    .unwrap()
                    .prepare()
                    .unwrap();
                if let Err(error) = jsonschema::draft202012::options().with_registry(&registry).build(&schema) {
                    panic!("{} {end}: {error}", contract.name);
                }
            }
        }
    }
}

#[test]
fn tables_and_files_agree_on_every_field() {
    for service in Service::ALL {
        let structs = json(&folder(service).join("structs.json"));
        for contract in actions(service) {
            let file = json(&folder(service).join("actions").join(format!("{}.json", contract.name)));
            same_fields(contract.request, &file["request"]);
            same_fields(contract.response, &file["response"]);
            for (name, schema) in structs["$defs"].as_object().unwrap() {
                if let Some(table) = inner(contract.request, name).or_else(|| inner(contract.response, name)) {
                    same_fields(table, schema);
                }
            }
        }
    }
}

#[test]
fn codes_and_flags_of_an_action_are_those_of_its_file() {
    for service in Service::ALL {
        for contract in actions(service) {
            let file = json(&folder(service).join("actions").join(format!("{}.json", contract.name)));
            assert_eq!(file["reads"], contract.reads, "{}", contract.name);
            assert_eq!(file["body_limit_kb"], contract.body_limit / 1024, "{}", contract.name);
            for code in file["codes"].as_array().unwrap() {
                assert!(contract.lists(code.as_str().unwrap()), "{} {code}", contract.name);
            }
        }
    }
}

#[test]
fn an_action_may_also_answer_what_an_official_example_shows() {
    let contract = action(Service::Ess, "CreateEmbedWebUrl").unwrap();
    let file = json(&folder(Service::Ess).join("actions/CreateEmbedWebUrl.json"));

    assert!(contract.lists("InternalError.DataNotFound"));
    assert!(
        !file["codes"].as_array().unwrap().iter().any(|code| code == "InternalError.DataNotFound"),
        "not a published code"
    );
}

fn same_fields(table: &StructContract, schema: &Value) {
    let properties = schema["properties"].as_object().unwrap();
    let published = properties.iter().filter(|(name, _)| !(*name == "RequestId" && table.name.ends_with("Response")));
    assert_eq!(table.fields.len(), published.clone().count(), "{}", table.name);
    for (name, about) in published {
        let field = table.field(name).unwrap_or_else(|| panic!("{}.{name} is missing", table.name));
        let flag = |flag: &str| about[flag] == true;
        assert_eq!(field.required, flag("x-required"), "{}.{name}", table.name);
        assert_eq!(field.always, flag("x-always"), "{}.{name}", table.name);
        assert_eq!(field.disabled, flag("x-disabled"), "{}.{name}", table.name);
    }
}

/// The struct of this name, one level inside another. Deeper ones are reached through other actions.
fn inner(owner: &'static StructContract, name: &str) -> Option<&'static StructContract> {
    owner.fields.iter().filter_map(|field| field.kind.structure()).find(|found| found.name == name)
}
