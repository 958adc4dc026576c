//! `ess-conformance coverage`: what the suite would notice.

use std::path::PathBuf;

use ess_conformance::coverage::Coverage;

use super::run::read_suite;
use super::{AGREE, DIFFERENCE, USAGE};

/// What is tested by which cases.
#[derive(clap::Args)]
pub(super) struct CoverageArguments {
    /// A suite on disk instead of the built-in one
    #[arg(long, value_name = "DIR")]
    suite: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl CoverageArguments {
    #[expect(clippy::print_stdout, reason = "a command's answer")]
    pub(super) fn run(self) -> u8 {
        let Some(suite) = read_suite(self.suite) else { return USAGE };
        let coverage = match Coverage::of(&suite) {
            Ok(coverage) => coverage,
            Err(mistake) => {
                eprintln!("{mistake}");
                return USAGE;
            }
        };
        match serde_json::to_string_pretty(&coverage) {
            Ok(json) if self.json => println!("{json}"),
            Ok(_) | Err(_) => print!("{}", coverage.table()),
        }
        if coverage.missing().next().is_some() { DIFFERENCE } else { AGREE }
    }
}
