//! The format: what is right is taken, what is wrong is told with its line and column, and the JSON Schema says the same.

use std::path::Path;

use ess_conformance::suite::Suite;
use ess_conformance::suite::folder::Folder;
use serde_json::Value;

/// A suite of one case, beside what the shipped one has.
fn read(case: &str) -> Result<Suite, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::create_dir_all(folder.path().join("cases/ess/cancel_flow")).unwrap();
    for part in ["preparations", "files", "targets", "worlds"] {
        std::os::unix::fs::symlink(shipped.join(part), folder.path().join(part)).unwrap();
    }
    std::fs::write(folder.path().join("cases/ess/cancel_flow/one.yaml"), case).unwrap();
    Suite::read(Folder::At(folder.path().to_owned()))
        .map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect())
}

fn mistake(case: &str) -> String {
    read(case).expect_err("a mistake").join("\n")
}

const HEAD: &str = "says: one\nsource: api CancelFlow\nbasis: documented\n";

#[test]
fn a_mistake_is_told_with_its_file_line_and_column() {
    let told = [
        ("nonsense: 1\nsteps: []\n", "unknown key"),
        ("steps:\n  - call: CancelFlou\n", "unknown action"),
        ("steps:\n  - call: CancelFlow\n    cancel: x\n", "unknown word"),
        ("steps:\n  - act: sign\n    flow: x\n    answers: {}\n", "word of another verb"),
        ("steps:\n  - call: CancelFlow\n    wait: 3s\n", "two verbs"),
        ("steps:\n  - wait: 3 days\n", "no span"),
        ("steps:\n  - use: runing_contract\n", "unknown preparation"),
        ("steps:\n  - use: running_contract\n    with: { title: x }\n", "unknown given"),
        ("steps:\n  - call: CancelFlow\n    with: { FlowId: \"${flw.id}\" }\n", "unknown name"),
        ("steps:\n  - call: CancelFlow\n    answers: { \"A[\": 1 }\n", "no JSON path"),
        ("steps:\n  - call: CancelFlow\n    answers: { FlowId: { matchs: x, length: 3 } }\n", "no matcher"),
        ("steps:\n  - call: CancelFlow\n    refused: { code: A, because: FlowUnknwon }\n", "unknown reason"),
        (
            "steps:\n  - call: CancelFlow\n    refused: { code: FailedOperation, because: FlowUnknown }\n",
            "another code",
        ),
        ("limit: CancelFlowRequest.CancelMessage max_items beyond\nsteps: []\n", "no such limit"),
        ("limit: CancelMessage beyond\nsteps: []\n", "no limit"),
        ("covers: [T99]\nsteps: []\n", "no transition"),
        ("steps:\n  - call: CancelFlow\n    set: \"${row.st}\"\neach:\n  a: { set: {} }\n", "no column"),
    ];

    let told: Vec<String> =
        told.iter().map(|(case, what)| format!("{what}\n  {}", mistake(&format!("{HEAD}{case}")))).collect();

    insta::assert_snapshot!(told.join("\n"));
}

fn schema(name: &str) -> jsonschema::Validator {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

#[test]
fn every_shipped_file_is_as_its_json_schema_says() {
    for (part, name) in [("cases", "case.schema.json"), ("preparations", "preparation.schema.json")] {
        let schema = schema(name);
        for (path, text) in Folder::BuiltIn.texts(part, "yaml").unwrap() {
            let value: Value = serde_saphyr::from_str(&text).unwrap();
            let errors: Vec<String> =
                schema.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(errors.is_empty(), "{part}/{path}.yaml: {}", errors.join("\n"));
        }
    }
}

#[test]
fn the_json_schema_takes_none_of_what_the_reader_refuses() {
    let schema = schema("case.schema.json");
    for case in [
        "nonsense: 1\nsteps: []\n",
        "steps:\n  - call: CancelFlow\n    cancel: x\n",
        "steps:\n  - act: sign\n    flow: x\n    answers: {}\n",
        "steps:\n  - call: CancelFlow\n    wait: 3s\n",
        "steps:\n  - wait: 3 days\n",
        "covers: [T99]\nsteps: []\n",
        "limit: CancelMessage beyond\nsteps: []\n",
        "needs: [wings]\nsteps: []\n",
    ] {
        let value: Value = serde_saphyr::from_str(&format!("{HEAD}{case}")).unwrap();
        assert!(!schema.is_valid(&value), "{case}");
    }
}
