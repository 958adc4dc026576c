//! `ess-conformance record`: a target's answers, kept without what is somebody's.

use std::path::PathBuf;
use std::sync::Arc;

use ess_conformance::recording::Recording;
use ess_conformance::redaction::Redaction;
use ess_conformance::report::progress::Progress;
use ess_conformance::run::{Plan, run};
use ess_conformance::stage::watch::Nobody;
use ess_conformance::suite::select::Selection;

use super::report::today;
use super::run::{in_process, read_suite};
use super::{AGREE, UNREACHABLE, USAGE};

/// Which cases, of what, to where.
#[derive(clap::Args)]
pub(super) struct RecordArguments {
    #[command(flatten)]
    selection: Selection,
    /// A suite on disk instead of the built-in one
    #[arg(long, value_name = "DIR")]
    suite: Option<PathBuf>,
    /// Where the recording is kept, a file for each file of cases
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How many files of cases at once
    #[arg(long, default_value_t = 4)]
    jobs: usize,
}

impl RecordArguments {
    #[expect(clippy::print_stdout, reason = "a command's answer")]
    pub(super) async fn run(self) -> u8 {
        let Some(suite) = read_suite(self.suite) else { return USAGE };
        let cases = match self.selection.of(&suite) {
            Ok(cases) => cases,
            Err(why) => {
                eprintln!("{why}");
                return USAGE;
            }
        };
        let (target, inbox) = match in_process(&suite).await {
            Ok(opened) => opened,
            Err(why) => {
                eprintln!("{why}");
                return UNREACHABLE;
            }
        };
        let plan = Plan { jobs: self.jobs, fail_fast: false, watch: Arc::new(Nobody), inbox: Some(inbox) };
        let progress = Progress::of(cases.len());
        let results = run(&suite, &target, cases.clone(), &plan, &|result| progress.tell(result)).await;
        progress.finish();
        let redaction = Redaction::of(&target.profile);
        let recording = Recording::of(&results, &cases, &target.name, &today().to_string(), &redaction);
        match recording.write(&self.out) {
            Ok(()) => {
                println!("{} cases of {} recorded in {}", results.len(), target.name, self.out.display());
                AGREE
            }
            Err(why) => {
                eprintln!("{why}");
                USAGE
            }
        }
    }
}
