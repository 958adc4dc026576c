//! Every documented example in fixtures/examples fits the contract.

use std::path::{Path, PathBuf};

use ess_schemas::refusals::refusals;
use ess_schemas::{ActionContract, Service, action, request_schema, response_schema};
use serde_json::Value;

struct Example {
    path: PathBuf,
    contract: &'static ActionContract,
    content: Value,
}

fn examples() -> Vec<Example> {
    let mut found = Vec::new();
    for service in Service::ALL {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/examples").join(service.name());
        for entry in folder.read_dir().unwrap() {
            let folder = entry.unwrap().path();
            let name = folder.file_name().unwrap().to_str().unwrap();
            let contract = action(service, name).unwrap_or_else(|| panic!("there is no action {name}"));
            for entry in folder.read_dir().unwrap() {
                let path = entry.unwrap().path();
                let content = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
                found.push(Example { path, contract, content });
            }
        }
    }
    assert!(found.len() >= 38, "only {} examples found: is the folder complete?", found.len());
    found
}

fn validate(example: &Example, schema: &Value, value: &Value) {
    let validator = jsonschema::draft202012::new(schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}: {errors:#?}", example.path.display());
}

#[test]
fn every_example_request_fits_its_schema() {
    for example in examples() {
        validate(&example, &request_schema(example.contract), &example.content["request"]);
    }
}

#[test]
fn every_example_answer_fits_its_schema_or_is_a_listed_refusal() {
    let mut answers = 0;
    for example in examples() {
        let answer = &example.content["response"]["Response"];
        if answer.is_null() {
            continue;
        }
        answers += 1;
        let Some(error) = answer.get("Error") else {
            validate(&example, &response_schema(example.contract), answer);
            continue;
        };
        let code = error["Code"].as_str().unwrap();
        assert!(example.contract.lists(code), "{}: {code} is not listed", example.path.display());
        assert!(
            told_by_some_row(example.contract, code, error["Message"].as_str().unwrap()),
            "{}",
            example.path.display()
        );
    }
    assert_eq!(answers, 12, "the seeds show twelve answers");
}

#[test]
fn every_example_says_where_it_is_from() {
    for example in examples() {
        assert!(
            example.content["source"].as_str().is_some_and(|source| source.starts_with("seed ")),
            "{}",
            example.path.display()
        );
        for (pointer, reason) in example.content["replaced"].as_object().into_iter().flatten() {
            assert!(example.content.pointer(pointer).is_some(), "{}: {pointer}", example.path.display());
            assert!(reason.as_str().is_some_and(|reason| !reason.is_empty()));
        }
    }
}

#[test]
fn no_example_holds_a_mask() {
    for example in examples() {
        assert!(!example.content.to_string().contains("**"), "{}", example.path.display());
    }
}

/// Whether refusals.yaml has a row from which this action would say just this.
fn told_by_some_row(contract: &ActionContract, code: &str, message: &str) -> bool {
    refusals(contract.service).iter().any(|row| {
        let template = row.message_for(contract).unwrap_or_default();
        let pattern = template.split('{').enumerate().map(|(index, part)| match (index, part.split_once('}')) {
            (0, _) | (_, None) => regex::escape(part),
            (_, Some((_, rest))) => format!(".+{}", regex::escape(rest)),
        });
        let pattern = regex::Regex::new(&format!("^{}$", pattern.collect::<String>())).unwrap();
        row.code_for(contract) == code && pattern.is_match(message)
    })
}
