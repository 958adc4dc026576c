//! A run at a target that is not ours: announced, watched, and cleaned up after.

use std::future::Future;
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use ess_conformance::manners::cleanup::clean_up;
use ess_conformance::manners::flight_plan::{Again, FlightPlan};
use ess_conformance::manners::keeper::Keeper;
use ess_conformance::manners::ledger::{Ledger, RunLine};
use ess_conformance::stage::watch::{Nobody, Watch};
use ess_conformance::suite::Suite;
use ess_conformance::suite::case::Case;
use ess_conformance::target::Target;
use tokio::sync::watch;

use super::target::TargetArguments;
use super::{AGREE, USAGE};

/// Where the ledger is when nobody says.
pub(super) const LEDGER: &str = "ess-conformance.ledger.jsonl";

/// How to behave at a target that is not ours.
#[derive(clap::Args)]
pub(super) struct FlightArguments {
    /// Only says what a run would cause: contracts, quota, messages, hosts
    #[arg(long)]
    dry_run: bool,
    /// Begins without asking, at a target that is not ours
    #[arg(long)]
    yes: bool,
    /// Creates no more contracts than this, at a target that is not ours
    #[arg(long, value_name = "N")]
    max_flows: Option<u64>,
    /// Where it is written down what is created, before it is
    #[arg(long, value_name = "FILE", default_value = LEDGER)]
    ledger: PathBuf,
}

/// A run that may begin.
pub(super) struct Flight {
    keeper: Option<Arc<Keeper>>,
}

impl FlightArguments {
    /// Says what is about to happen, and asks. An error is the code to end with.
    #[expect(clippy::print_stdout, reason = "a command's answer")]
    pub(super) fn begin(
        &self,
        suite: &Suite,
        at: &TargetArguments,
        target: &Target,
        cases: &[Case],
        again: Again,
    ) -> Result<Flight, u8> {
        if target.is_fake() && !self.dry_run {
            return Ok(Flight { keeper: None });
        }
        let plan = FlightPlan::of(suite, target, cases, again, self.max_flows);
        if self.dry_run {
            print!("{plan}");
            return Err(AGREE);
        }
        eprint!("{plan}");
        if !self.yes && !confirmed() {
            return Err(USAGE);
        }
        let run = RunLine { run: run_name(), target: target.name.clone(), profile: at.profile.clone() };
        let keeper = Ledger::open(&self.ledger).and_then(|ledger| Keeper::begin(ledger, run, self.max_flows));
        match keeper {
            Ok(keeper) => Ok(Flight { keeper: Some(Arc::new(keeper)) }),
            Err(why) => {
                eprintln!("{why}");
                Err(USAGE)
            }
        }
    }
}

fn confirmed() -> bool {
    if !std::io::stdin().is_terminal() {
        eprintln!("nothing was sent: this target is not ours; say --yes if the flight plan is as you want it");
        return false;
    }
    eprint!("Begin? [y/N] ");
    drop(std::io::stderr().flush());
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    let agreed = read.is_ok() && matches!(line.trim(), "y" | "Y" | "yes");
    if !agreed {
        eprintln!("nothing was sent");
    }
    agreed
}

/// Short, and another one every second and in every process.
fn run_name() -> String {
    let now = ess_conformance::clock::now().as_second().unsigned_abs();
    format!("ess-{}{}", base36(now), base36(u64::from(std::process::id())))
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit(u32::try_from(number % 36).unwrap_or_default(), 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

impl Flight {
    /// Who looks at calls.
    pub(super) fn watch(&self) -> Arc<dyn Watch> {
        match &self.keeper {
            Some(keeper) => keeper.clone(),
            None => Arc::new(Nobody),
        }
    }

    /// How many files may play at once: at a target that is not ours, one.
    pub(super) fn jobs(&self, wanted: usize) -> usize {
        if self.keeper.is_some() { 1 } else { wanted }
    }

    /// The end of a run, or nothing when somebody ends it by Ctrl-C: then it is still cleaned up.
    pub(super) async fn until_interrupted<T>(&self, run: impl Future<Output = T>) -> Option<T> {
        if self.keeper.is_none() {
            return Some(run.await);
        }
        tokio::select! {
            done = run => Some(done),
            _ = tokio::signal::ctrl_c() => {
                eprintln!("interrupted: cleaning up");
                None
            }
        }
    }

    /// Becomes true when somebody ends the run by Ctrl-C, for what cannot be dropped midway; never at our fake, which just goes.
    pub(super) fn interruption(&self) -> watch::Receiver<bool> {
        let (tell, hear) = watch::channel(false);
        if self.keeper.is_some() {
            tokio::spawn(async move {
                if tokio::signal::ctrl_c().await.is_ok() {
                    eprintln!("interrupted: cleaning up");
                    tell.send_replace(true);
                }
            });
        }
        hear
    }

    /// Takes back what was created. Whether nothing is left.
    pub(super) async fn land(self, target: &Target) -> bool {
        match self.keeper.and_then(|keeper| keeper.close()) {
            Some(mut ledger) => tidy(&mut ledger, target).await,
            None => true,
        }
    }
}

/// Cleans up, and says so; the last line is the residue. Whether there is none.
#[expect(clippy::print_stdout, reason = "a command's answer")]
pub(super) async fn tidy(ledger: &mut Ledger, target: &Target) -> bool {
    let now = ess_conformance::clock::now().as_second();
    let cleaned = match target.world(0, None).await {
        Ok(world) => clean_up(ledger, &target.name, &world.clients, now).await,
        Err(why) => Err(why),
    };
    match cleaned {
        Ok(cleanup) => {
            println!("{cleanup}");
            cleanup.residue.is_empty()
        }
        Err(why) => {
            println!("residue: unknown: {why}; see {}", ledger.path().display());
            false
        }
    }
}
