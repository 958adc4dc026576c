//! The suite as it is shipped: against the fake, and against what it should notice.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod coverage;
mod fake;
mod format;
mod manners;
mod model;

use ess_conformance::suite::Suite;
use ess_conformance::suite::folder::Folder;

fn suite() -> Suite {
    Suite::read(Folder::BuiltIn).unwrap_or_else(|mistakes| {
        panic!("{}", mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}
