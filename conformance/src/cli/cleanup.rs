//! `ess-conformance cleanup`: after a run that did not come to its end.

use std::path::PathBuf;
use std::time::Duration;

use ess_conformance::manners::ledger::Ledger;
use ess_conformance::target::address::Address;
use ess_conformance::target::opening::Wanted;

use super::flight::{LEDGER, tidy};
use super::run::read_suite;
use super::target::opened;
use super::{AGREE, DIFFERENCE, USAGE};

/// What is to be cleaned up.
#[derive(clap::Args)]
pub(super) struct CleanupArguments {
    /// What the run wrote down
    #[arg(long, value_name = "FILE", default_value = LEDGER)]
    ledger: PathBuf,
    /// The target, where it is not the last run's
    #[arg(long, value_name = "TARGET")]
    target: Option<Address>,
    /// Its profile, where it is not the last run's
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// A suite on disk instead of the built-in one
    #[arg(long, value_name = "DIR")]
    suite: Option<PathBuf>,
}

impl CleanupArguments {
    pub(super) async fn run(self) -> u8 {
        let Some(suite) = read_suite(self.suite) else { return USAGE };
        let ledger = if self.ledger.exists() {
            Ledger::open(&self.ledger)
        } else {
            Err(format!("{}: there is no such ledger; a run says where it writes by --ledger", self.ledger.display()))
        };
        let (mut ledger, last) = match ledger.map(|ledger| (ledger.last_run().cloned(), ledger)) {
            Ok((Some(last), ledger)) => (ledger, last),
            Ok((None, _)) => {
                eprintln!("{}: no run has written here", self.ledger.display());
                return USAGE;
            }
            Err(why) => {
                eprintln!("{why}");
                return USAGE;
            }
        };
        // Nothing can be wrong with an address: what is no name is a URL.
        let Ok(last_target) = last.target.parse::<Address>();
        let wanted = Wanted {
            address: self.target.unwrap_or(last_target),
            profile: self.profile.or(last.profile),
            control_token: None,
            hosts: Vec::new(),
            pace: Duration::ZERO,
            human: None,
            callback_listen: None,
            callback_url: None,
        };
        match opened(&suite, wanted).await {
            Ok((target, _)) if tidy(&mut ledger, &target).await => AGREE,
            Ok(_) => DIFFERENCE,
            Err(code) => code,
        }
    }
}
