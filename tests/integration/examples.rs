//! The documented examples in fixtures/examples, sent to a server as they stand.
//!
//! They name contracts, files and people that are not there, and may fail for nothing but those names. In worlds that hold
//! what they name they are played beside the rules (`seed_guide` and `seed_links` of the server's own tests).

use std::path::{Path, PathBuf};

use ess_mock_server::actions::handled;
use ess_schemas::{ActionContract, Service};
use serde_json::Value;

use crate::stage::{Stage, action};

/// Codes of the gateway: with one of these the request itself would be wrong, and no documented one is.
const OF_THE_GATEWAY: [&str; 8] = [
    "MissingParameter",
    "UnknownParameter",
    "InvalidParameter",
    "InvalidAction",
    "NoSuchVersion",
    "InternalError",
    "RequestSizeLimitExceeded",
    "UnsupportedProtocol",
];

struct Example {
    action: &'static ActionContract,
    path: PathBuf,
    request: Value,
}

impl Example {
    fn name(&self) -> String {
        self.path.strip_prefix(root()).unwrap_or(&self.path).display().to_string()
    }

    fn has_rules(&self) -> bool {
        handled().any(|one| one.service == self.action.service && one.name == self.action.name)
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/examples")
}

fn examples() -> Vec<Example> {
    let mut found = Vec::new();
    for service in Service::ALL {
        for folder in entries(&root().join(service.name())) {
            let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
            for path in entries(&folder) {
                let text = std::fs::read_to_string(&path).unwrap();
                let mut example: Value = serde_json::from_str(&text).unwrap();
                found.push(Example { action: action(service, &name), path, request: example["request"].take() });
            }
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

#[tokio::test]
async fn as_it_stands_a_documented_call_passes_the_gateway() {
    let stage = Stage::set().await;
    let examples = examples();
    assert!(examples.len() > 30, "{} examples", examples.len());

    for example in &examples {
        let answer = stage.call(example.action, example.request.to_string()).await;
        let code = answer.code();

        assert!(!OF_THE_GATEWAY.contains(&code.as_str()), "{}: {}", example.name(), answer.response());
        if example.has_rules() {
            assert_eq!(answer.header("x-mock-fidelity"), Some("stateful"), "{}", example.name());
        }
    }
}
