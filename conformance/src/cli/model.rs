//! `ess-conformance model`: random stories, and whether they end as a small model says.

use std::path::PathBuf;

use ess_conformance::manners::flight_plan::Again;
use ess_conformance::model::{Ending, Game, cases, listens, play};
use ess_conformance::run::Plan;

use super::flight::FlightArguments;
use super::run::read_suite;
use super::target::TargetArguments;
use super::{AGREE, DIFFERENCE, UNREACHABLE, USAGE};

/// How many shorter stories are tried at our fake, where nothing is paid for; at another target one plays none unless told to.
const SHRINKS_AT_THE_FAKE: u32 = 400;

/// How many stories, drawn from which seed, against what.
#[derive(clap::Args)]
pub(super) struct ModelArguments {
    /// How many stories
    #[arg(long, default_value_t = 100)]
    stories: u32,
    /// From which they are drawn; the same seed tells the same stories
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The most moves of a story
    #[arg(long, default_value_t = 20)]
    longest: usize,
    /// How many shorter stories are tried when one ends otherwise: 400 at our fake, none at another target, when nobody says
    #[arg(long, value_name = "N")]
    shrinks: Option<u32>,
    /// Where a story that ends otherwise is written, as a case file
    #[arg(long, value_name = "FILE", default_value = "surprise.yaml")]
    save: PathBuf,
    #[command(flatten)]
    target: TargetArguments,
    #[command(flatten)]
    flight: FlightArguments,
    /// A suite on disk instead of the built-in one
    #[arg(long, value_name = "DIR")]
    suite: Option<PathBuf>,
}

impl ModelArguments {
    pub(super) async fn run(self) -> u8 {
        let Some(suite) = read_suite(self.suite.clone()) else { return USAGE };
        let (target, inbox) = match self.target.open(&suite).await {
            Ok(opened) => opened,
            Err(code) => return code,
        };
        let shrinks = self.shrinks.unwrap_or(if target.is_fake() { SHRINKS_AT_THE_FAKE } else { 0 });
        let game = Game { seed: self.seed, stories: self.stories, longest: self.longest, shrinks, prelude: Vec::new() };
        let told = match cases(&target, listens(&target, inbox.as_ref()), &game) {
            Ok(told) => told,
            Err(why) => {
                eprintln!("{why}");
                return USAGE;
            }
        };
        // Shortening stops at so many stories; it is played at one of them only, since the first surprise ends the game.
        let again = Again::One(usize::try_from(shrinks).unwrap_or(usize::MAX));
        let flight = match self.flight.begin(&suite, &self.target, &target, &told, again) {
            Ok(flight) => flight,
            Err(code) => return code,
        };
        let plan = Plan { jobs: 1, fail_fast: false, watch: flight.watch(), inbox };
        let code = self.said(play(&suite, &target, &plan, &game, &flight.interruption()));
        if flight.land(&target).await { code } else { code.max(DIFFERENCE) }
    }

    #[expect(clippy::print_stdout, reason = "a command's answer")]
    fn said(&self, played: Result<Ending, String>) -> u8 {
        match played {
            Ok(Ending::AsTold(stories)) => {
                println!(
                    "{stories} stories of up to {} moves end as the model says (seed {})",
                    self.longest, self.seed
                );
                AGREE
            }
            Ok(Ending::Surprise(surprise)) => {
                println!("a story ends otherwise: {:#?}", surprise.result.outcome);
                match std::fs::write(&self.save, &surprise.case) {
                    Ok(()) => println!("its shortest form stands in {}", self.save.display()),
                    Err(error) => eprintln!("{}: {error}\n{}", self.save.display(), surprise.case),
                }
                DIFFERENCE
            }
            Ok(Ending::Stopped) => DIFFERENCE,
            Err(why) => {
                eprintln!("{why}");
                UNREACHABLE
            }
        }
    }
}
