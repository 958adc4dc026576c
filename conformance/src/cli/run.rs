//! `ess-conformance run`.

use std::path::PathBuf;

use ess_conformance::manners::flight_plan::Again;
use ess_conformance::run::Plan;
use ess_conformance::suite::Suite;
use ess_conformance::suite::folder::Folder;
use ess_conformance::suite::select::Selection;

use super::flight::FlightArguments;
use super::report::ReportArguments;
use super::target::TargetArguments;
use super::{DIFFERENCE, USAGE};

/// Which cases, against what.
#[derive(clap::Args)]
pub(super) struct RunArguments {
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    target: TargetArguments,
    #[command(flatten)]
    flight: FlightArguments,
    /// A suite on disk instead of the built-in one
    #[arg(long, value_name = "DIR")]
    suite: Option<PathBuf>,
    /// How many files of cases at once
    #[arg(long, default_value_t = 16)]
    jobs: usize,
    /// End after the first case that fails
    #[arg(long)]
    fail_fast: bool,
    #[command(flatten)]
    reporting: ReportArguments,
}

/// Reads a suite, or says what is wrong with it.
pub(super) fn read_suite(at: Option<PathBuf>) -> Option<Suite> {
    match Suite::read(at.map_or(Folder::BuiltIn, Folder::At)) {
        Ok(suite) => Some(suite),
        Err(mistakes) => {
            for mistake in &mistakes {
                eprintln!("{mistake}");
            }
            eprintln!("{} mistakes in the suite", mistakes.len());
            None
        }
    }
}

impl RunArguments {
    pub(super) async fn run(self) -> u8 {
        let Some(suite) = read_suite(self.suite.clone()) else { return USAGE };
        let cases = match self.selection.of(&suite) {
            Ok(cases) => cases,
            Err(why) => {
                eprintln!("{why}");
                return USAGE;
            }
        };
        let reporting = match self.reporting.open(&suite, self.suite.as_ref()) {
            Ok(reporting) => reporting,
            Err(mistakes) => {
                mistakes.iter().for_each(|mistake| eprintln!("{mistake}"));
                return USAGE;
            }
        };
        let (target, inbox) = match self.target.open(&suite).await {
            Ok(opened) => opened,
            Err(code) => return code,
        };
        let cases = match reporting.suits(&target).and_then(|()| reporting.narrowed(cases, &target)) {
            Ok(cases) => cases,
            Err(why) => {
                eprintln!("{why}");
                return USAGE;
            }
        };
        let again = Again::Each(reporting.reruns());
        let flight = match self.flight.begin(&suite, &self.target, &target, &cases, again) {
            Ok(flight) => flight,
            Err(code) => return code,
        };
        let plan = Plan { jobs: flight.jobs(self.jobs), fail_fast: self.fail_fast, watch: flight.watch(), inbox };
        let code = match flight.until_interrupted(reporting.run(&suite, &target, cases, &plan)).await {
            Some(Ok(code)) => code,
            Some(Err(why)) => {
                eprintln!("{why}");
                USAGE
            }
            None => DIFFERENCE,
        };
        // However it ended, nothing is left behind; what is counts as a difference.
        if flight.land(&target).await { code } else { code.max(DIFFERENCE) }
    }
}
