//! Scenarios from their files to a receiver on a real port.

mod mistakes;
mod playing;
mod receiver;
mod shipped;

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Scenario;
use super::player::{Pace, Receiver, play};
use super::report::Report;
use super::schedule::plan;

const KEY: &str = "TencentEssEncryptTestKey12345678";
const TOKEN: &str = "mock-callback-token";

fn scenario(text: &str) -> Scenario {
    Scenario::parse("test.yaml", text, 0).unwrap_or_else(|mistake| panic!("{mistake}"))
}

/// One person signs a contract; a message for each thing that happens.
fn lease(steps: &str) -> Scenario {
    scenario(&format!("{LEASE}{steps}"))
}

const LEASE: &str = r#"name: lease
says: Somebody signs.
contracts:
  lease: { signers: [{ kind: person, name: 张三, mobile: "13800000001" }] }
messages:
  - { as: started, FlowStatusChange: { contract: lease, operate: start, status: 1 } }
  - { as: signed, after: 1m, FlowStatusChange: { contract: lease, operate: sign, signer: 0, status: 4 } }
  - { as: finished, FlowStatusChange: { contract: lease, operate: finish } }
"#;

fn receiver(url: &str) -> Receiver {
    Receiver {
        url: url.to_owned(),
        key: Some(KEY.to_owned()),
        token: Some(TOKEN.to_owned()),
        generation: None,
        patience: Duration::from_secs(10),
        pace: Pace::Fast,
        seed: 0,
    }
}

async fn played(scenario: &Scenario, receiver: &Receiver) -> Report {
    let mut report = Report::of(&scenario.name, receiver.seed);
    play(scenario, &plan(scenario, receiver.seed), receiver, &mut report).await;
    report
}

/// Every shipped scenario, by name.
fn shipped() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/scenarios");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}
