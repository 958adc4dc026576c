//! `ess-conformance run`.

use std::path::PathBuf;
use std::sync::Arc;

use ess_conformance::inbox::Inbox;
use ess_conformance::run::Plan;
use ess_conformance::stage::watch::Nobody;
use ess_conformance::suite::Suite;
use ess_conformance::suite::folder::Folder;
use ess_conformance::suite::select::Selection;
use ess_conformance::target::Target;

use super::report::ReportArguments;
use super::{UNREACHABLE, USAGE};

/// Which cases, against what.
#[derive(clap::Args)]
pub(super) struct RunArguments {
    #[command(flatten)]
    selection: Selection,
    /// A suite on disk instead of the built-in one
    #[arg(long, value_name = "DIR")]
    suite: Option<PathBuf>,
    /// How many files of cases at once
    #[arg(long, default_value_t = 4)]
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
        let (target, inbox) = match in_process(&suite).await {
            Ok(opened) => opened,
            Err(why) => {
                eprintln!("{why}");
                return UNREACHABLE;
            }
        };
        let cases = match reporting.suits(&target).and_then(|()| reporting.narrowed(cases, &target)) {
            Ok(cases) => cases,
            Err(why) => {
                eprintln!("{why}");
                return USAGE;
            }
        };
        let plan = Plan { jobs: self.jobs, fail_fast: self.fail_fast, watch: Arc::new(Nobody), inbox: Some(inbox) };
        reporting.run(&suite, &target, cases, &plan).await.unwrap_or_else(|why| {
            eprintln!("{why}");
            USAGE
        })
    }
}

/// The fake, and where its callbacks come to.
pub(super) async fn in_process(suite: &Suite) -> Result<(Target, Inbox), String> {
    let target = Target::fake(&suite.folder).await?;
    let inbox = Inbox::start(([127, 0, 0, 1], 0).into(), None).await.map_err(|error| error.to_string())?;
    Ok((target, inbox))
}
