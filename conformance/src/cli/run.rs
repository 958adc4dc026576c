//! `ess-conformance run`.

use std::path::PathBuf;
use std::sync::Arc;

use ess_conformance::inbox::Inbox;
use ess_conformance::outcome::{CaseResult, Outcome};
use ess_conformance::run::{Plan, run};
use ess_conformance::stage::watch::Nobody;
use ess_conformance::suite::Suite;
use ess_conformance::suite::folder::Folder;
use ess_conformance::suite::select::Selection;
use ess_conformance::target::Target;

use super::{AGREE, DIFFERENCE, UNREACHABLE, USAGE};

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
        let Some(suite) = read_suite(self.suite) else { return USAGE };
        let cases = match self.selection.of(&suite) {
            Ok(cases) => cases,
            Err(why) => {
                eprintln!("{why}");
                return USAGE;
            }
        };
        match in_process(&suite).await {
            Ok((target, inbox)) => {
                let plan =
                    Plan { jobs: self.jobs, fail_fast: self.fail_fast, watch: Arc::new(Nobody), inbox: Some(inbox) };
                let begun = std::time::Instant::now();
                let results = run(&suite, &target, cases, &plan, &tell).await;
                summary(&results, begun.elapsed());
                if results.iter().any(|result| result.fails(target.is_fake())) { DIFFERENCE } else { AGREE }
            }
            Err(why) => {
                eprintln!("{why}");
                UNREACHABLE
            }
        }
    }
}

async fn in_process(suite: &Suite) -> Result<(Target, Inbox), String> {
    let target = Target::fake(&suite.folder).await?;
    let inbox = Inbox::start(([127, 0, 0, 1], 0).into(), None).await.map_err(|error| error.to_string())?;
    Ok((target, inbox))
}

#[expect(clippy::print_stdout, reason = "a command's answer")]
fn tell(result: &CaseResult) {
    match &result.outcome {
        Outcome::Agrees => {}
        Outcome::Skipped { reason } => println!("SKIPPED {}: {reason}", result.id),
        Outcome::Differs { step, differences } => {
            println!("DIFFERS {}: {}\n  at {step}", result.id, result.says);
            for one in differences {
                println!("  {}: expected {}, found {}", one.place, one.expected, one.actual);
            }
        }
        Outcome::Declined { step, refusal } => println!("DECLINED {}\n  at {step}: {refusal}", result.id),
        Outcome::Broken { step, reason } => println!("BROKEN {}\n  at {step}: {reason}", result.id),
    }
}

#[expect(clippy::print_stdout, reason = "a command's answer")]
fn summary(results: &[CaseResult], took: std::time::Duration) {
    let count = |wanted: fn(&Outcome) -> bool| results.iter().filter(|result| wanted(&result.outcome)).count();
    println!(
        "{} cases: {} agree, {} differ, {} declined, {} broken, {} skipped in {:.1} s",
        results.len(),
        count(|outcome| matches!(outcome, Outcome::Agrees)),
        count(|outcome| matches!(outcome, Outcome::Differs { .. })),
        count(|outcome| matches!(outcome, Outcome::Declined { .. })),
        count(|outcome| matches!(outcome, Outcome::Broken { .. })),
        count(|outcome| matches!(outcome, Outcome::Skipped { .. })),
        took.as_secs_f64(),
    );
}
