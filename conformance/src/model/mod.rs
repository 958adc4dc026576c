//! Random stories, and a small model of a contract that says what must come of them.
//!
//! [`contract`] is the model: a few dozen lines that know nothing of the server. [`moves`] draws what happens, [`tell`] writes it down as a case,
//! with what the model expects after every move, so that the suite plays it and a failure, shrunk, is a case file.

pub mod contract;
pub mod moves;
mod tell;

use std::sync::Mutex;

use proptest::strategy::Strategy as _;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::Value;

use self::moves::Move;
use crate::outcome::{CaseResult, Outcome};
use crate::run::{Plan, run};
use crate::suite::Suite;
use crate::suite::case::Case;
use crate::suite::marks::Capability;
use crate::suite::mistake;
use crate::target::Target;

/// How many stories are told, and how.
#[derive(Clone, Debug)]
pub struct Game {
    /// From which the moves are drawn.
    pub seed: u64,
    /// How many stories.
    pub stories: u32,
    /// The most moves of one.
    pub longest: usize,
    /// Steps of the case format before each story.
    pub prelude: Vec<Value>,
}

/// A story whose end is not as the model says, with as few moves as still show it.
#[derive(Debug)]
pub struct Surprise {
    /// The story as a case file.
    pub case: String,
    /// What came of it.
    pub result: Box<CaseResult>,
}

/// Plays stories until one surprises. Must be called on a thread of a multi-threaded runtime.
///
/// # Errors
/// The first surprise, shrunk; or the target cannot play.
pub fn play(suite: &Suite, target: &Target, plan: &Plan, game: &Game) -> Result<u32, Result<Surprise, String>> {
    let can_move_time = target.can(Capability::Clock);
    let has_signers = target.can(Capability::Signer);
    let listens = target.can(Capability::Callbacks) && plan.inbox.is_some();
    let config = Config { cases: game.stories, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&game.seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));

    let last = Mutex::new(None);
    let stories = moves::stories(game.longest).prop_map(move |moves| {
        let possible = |one: &Move| (can_move_time || !one.moves_time()) && (has_signers || !one.needs_a_signer());
        moves.into_iter().filter(possible).collect::<Vec<_>>()
    });
    let outcome = runner.run(&stories, |moves| {
        let told = tell::case(&moves, listens, &game.prelude).map_err(TestCaseError::fail)?;
        let result = played(suite, target, plan, &told).map_err(TestCaseError::fail)?;
        match result.outcome {
            Outcome::Agrees => Ok(()),
            Outcome::Skipped { reason } => Err(TestCaseError::fail(format!("the target cannot play: {reason}"))),
            Outcome::Differs { .. } | Outcome::Declined { .. } | Outcome::Broken { .. } => {
                // The last one that fails is the smallest.
                *last.lock().unwrap_or_else(std::sync::PoisonError::into_inner) =
                    Some(Surprise { case: told, result: Box::new(result) });
                Err(TestCaseError::fail("a surprise"))
            }
        }
    });
    let surprise = last.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    match (outcome, surprise) {
        (Ok(()), _) => Ok(game.stories),
        (Err(_), Some(surprise)) => Err(Ok(surprise)),
        (Err(TestError::Fail(reason, _) | TestError::Abort(reason)), None) => Err(Err(reason.to_string())),
    }
}

fn played(suite: &Suite, target: &Target, plan: &Plan, text: &str) -> Result<CaseResult, String> {
    let file = mistake::parse("a story", text).map_err(|mistake| format!("{mistake}\n{text}"))?;
    let cases = Case::all_of("ess/model/story", &std::sync::Arc::new(file));
    let results = tokio::task::block_in_place(|| {
        tokio::runtime::Handle::current().block_on(run(suite, target, cases, plan, &|_| {}))
    });
    results.into_iter().next().ok_or_else(|| "a story has one result".to_owned())
}
