//! `ess-conformance record`: a target's answers, kept without what is somebody's.

use std::path::{Path, PathBuf};

use ess_conformance::manners::flight_plan::Again;
use ess_conformance::outcome::CaseResult;
use ess_conformance::recording::Recording;
use ess_conformance::redaction::Redaction;
use ess_conformance::report::progress::Progress;
use ess_conformance::run::{Plan, run};
use ess_conformance::suite::case::Case;
use ess_conformance::suite::select::Selection;
use ess_conformance::target::Target;

use super::flight::FlightArguments;
use super::report::today;
use super::run::read_suite;
use super::target::TargetArguments;
use super::{AGREE, DIFFERENCE, USAGE};

/// Which cases, of what, to where.
#[derive(clap::Args)]
pub(super) struct RecordArguments {
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    target: TargetArguments,
    #[command(flatten)]
    flight: FlightArguments,
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
    pub(super) async fn run(self) -> u8 {
        let Some(suite) = read_suite(self.suite) else { return USAGE };
        let cases = match self.selection.of(&suite) {
            Ok(cases) => cases,
            Err(why) => {
                eprintln!("{why}");
                return USAGE;
            }
        };
        let (target, inbox) = match self.target.open(&suite).await {
            Ok(opened) => opened,
            Err(code) => return code,
        };
        let flight = match self.flight.begin(&suite, &self.target, &target, &cases, Again::Each(0)) {
            Ok(flight) => flight,
            Err(code) => return code,
        };
        let plan = Plan { jobs: flight.jobs(self.jobs), fail_fast: false, watch: flight.watch(), inbox };
        let progress = Progress::of(cases.len());
        let tell = |result: &_| progress.tell(result);
        let results = flight.until_interrupted(run(&suite, &target, cases.clone(), &plan, &tell)).await;
        progress.finish();
        let code = results.map_or(DIFFERENCE, |results| keep(&self.out, &results, &cases, &target));
        if flight.land(&target).await { code } else { code.max(DIFFERENCE) }
    }
}

#[expect(clippy::print_stdout, reason = "a command's answer")]
fn keep(out: &Path, results: &[CaseResult], cases: &[Case], target: &Target) -> u8 {
    let redaction = Redaction::of(&target.profile);
    let recording = Recording::of(results, cases, &target.name, &today().to_string(), &redaction);
    match recording.write(out) {
        Ok(()) => {
            println!("{} cases of {} recorded in {}", results.len(), target.name, out.display());
            AGREE
        }
        Err(why) => {
            eprintln!("{why}");
            USAGE
        }
    }
}
