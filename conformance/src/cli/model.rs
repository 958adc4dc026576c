//! `ess-conformance model`: random stories, and whether they end as a small model says.

use std::path::PathBuf;
use std::sync::Arc;

use ess_conformance::inbox::Inbox;
use ess_conformance::model::{Game, play};
use ess_conformance::run::Plan;
use ess_conformance::stage::watch::Nobody;
use ess_conformance::target::Target;

use super::run::read_suite;
use super::{AGREE, DIFFERENCE, UNREACHABLE, USAGE};

/// How many stories, drawn from which seed.
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
    /// Where a story that ends otherwise is written, as a case file
    #[arg(long, value_name = "FILE", default_value = "surprise.yaml")]
    save: PathBuf,
    /// A suite on disk instead of the built-in one
    #[arg(long, value_name = "DIR")]
    suite: Option<PathBuf>,
}

impl ModelArguments {
    #[expect(clippy::print_stdout, reason = "a command's answer")]
    pub(super) async fn run(self) -> u8 {
        let Some(suite) = read_suite(self.suite) else { return USAGE };
        let started = async {
            let target = Target::fake(&suite.folder).await?;
            let inbox = Inbox::start(([127, 0, 0, 1], 0).into(), None).await.map_err(|error| error.to_string())?;
            Ok::<_, String>((target, inbox))
        };
        let (target, inbox) = match started.await {
            Ok(started) => started,
            Err(why) => {
                eprintln!("{why}");
                return UNREACHABLE;
            }
        };
        let plan = Plan { jobs: 1, fail_fast: false, watch: Arc::new(Nobody), inbox: Some(inbox) };
        let game = Game { seed: self.seed, stories: self.stories, longest: self.longest, prelude: Vec::new() };
        match play(&suite, &target, &plan, &game) {
            Ok(stories) => {
                println!(
                    "{stories} stories of up to {} moves end as the model says (seed {})",
                    self.longest, self.seed
                );
                AGREE
            }
            Err(Ok(surprise)) => {
                println!("a story ends otherwise: {:#?}", surprise.result.outcome);
                match std::fs::write(&self.save, &surprise.case) {
                    Ok(()) => println!("its shortest form stands in {}", self.save.display()),
                    Err(error) => eprintln!("{}: {error}\n{}", self.save.display(), surprise.case),
                }
                DIFFERENCE
            }
            Err(Err(why)) => {
                eprintln!("{why}");
                UNREACHABLE
            }
        }
    }
}
