//! What is said about results: at targets that are not our server, in recordings, and by the command.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod command;
mod documented_examples;
mod recordings;
mod stub;
mod verdicts;

use std::path::Path;
use std::sync::Arc;

use ess_conformance::outcome::CaseResult;
use ess_conformance::run::{Plan, run};
use ess_conformance::stage::watch::Nobody;
use ess_conformance::suite::Suite;
use ess_conformance::suite::case::Case;
use ess_conformance::suite::folder::Folder;
use ess_conformance::target::Target;
use tempfile::TempDir;

fn plan() -> Plan {
    Plan { jobs: 8, fail_fast: false, watch: Arc::new(Nobody), inbox: None }
}

async fn play(suite: &Suite, target: &Target, cases: Vec<Case>) -> Vec<CaseResult> {
    run(suite, target, cases, &plan(), &|_| {}).await
}

/// A suite of these cases, in the world and with the targets of the one that is shipped.
fn suite_of(cases: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in ["cases", "preparations", "files", "worlds", "targets"] {
        std::fs::create_dir_all(folder.path().join(part)).unwrap();
    }
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in ["worlds/suite.yaml", "targets/fake.yaml"] {
        std::fs::copy(shipped.join(file), folder.path().join(file)).unwrap();
    }
    for (id, text) in cases {
        let at = folder.path().join("cases").join(format!("{id}.yaml"));
        std::fs::create_dir_all(at.parent().unwrap()).unwrap();
        std::fs::write(at, text).unwrap();
    }
    folder
}

fn read(folder: &TempDir) -> Suite {
    Suite::read(Folder::At(folder.path().to_owned())).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}
