//! `ess-conformance list`: which cases there are.

use std::path::PathBuf;

use ess_conformance::suite::select::Selection;

use super::run::read_suite;
use super::{AGREE, USAGE};

/// Which cases.
#[derive(clap::Args)]
pub(super) struct ListArguments {
    #[command(flatten)]
    selection: Selection,
    /// A suite on disk instead of the built-in one
    #[arg(long, value_name = "DIR")]
    suite: Option<PathBuf>,
}

impl ListArguments {
    #[expect(clippy::print_stdout, reason = "a command's answer")]
    pub(super) fn run(self) -> u8 {
        let Some(suite) = read_suite(self.suite) else { return USAGE };
        match self.selection.of(&suite) {
            Ok(cases) => {
                for case in &cases {
                    println!("{}  {} [{}; {}]", case.id, case.says(), case.basis().word(), case.source());
                }
                println!("{} cases", cases.len());
                AGREE
            }
            Err(why) => {
                eprintln!("{why}");
                USAGE
            }
        }
    }
}
