//! Random stories, and a small model of a contract that says what must come of them.
//!
//! [`contract`] is the model: a few dozen lines that know nothing of the server. [`moves`] draws what happens, [`tell`] writes it down as a case,
//! with what the model expects after every move, so that the suite plays it and a failure, shrunk, is a case file.

pub mod contract;
pub mod moves;
mod tell;

use std::sync::{Mutex, PoisonError};

use proptest::strategy::{Strategy as _, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::Value;
use tokio::sync::watch;

use self::moves::Move;
use crate::inbox::Inbox;
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
    /// How many shorter stories are tried when one surprises, before the shortest so far is shown.
    pub shrinks: u32,
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

/// The stories as cases, in the order in which [`play`] tells them: what they would cause at a target can be added up before.
///
/// # Errors
/// The stories cannot be drawn or written down.
pub fn cases(target: &Target, listens: bool, game: &Game) -> Result<Vec<Case>, String> {
    let (_, stories) = drawn(target, game)?;
    let told = stories.iter().zip(1..).map(|(story, number)| {
        let text = tell::case(&story.current(), listens, &game.prelude)?;
        read(&text, number)
    });
    told.collect()
}

/// How a game ends.
#[derive(Debug)]
pub enum Ending {
    /// So many stories end as the model says.
    AsTold(u32),
    /// The first surprise, shrunk.
    Surprise(Surprise),
    /// Somebody stopped it.
    Stopped,
}

/// Plays stories until one surprises, or `stop` says so. Must be called on a thread of a multi-threaded runtime.
///
/// # Errors
/// The target cannot play.
pub fn play(
    suite: &Suite,
    target: &Target,
    plan: &Plan,
    game: &Game,
    stop: &watch::Receiver<bool>,
) -> Result<Ending, String> {
    let listens = listens(target, plan.inbox.as_ref());
    let (mut runner, stories) = drawn(target, game)?;
    for (story, number) in stories.into_iter().zip(1..) {
        let last = Mutex::new(None);
        let outcome = runner.run_one(story, |moves| {
            let told = tell::case(&moves, listens, &game.prelude).map_err(TestCaseError::fail)?;
            let played = played(suite, target, plan, read(&told, number).map_err(TestCaseError::fail)?, stop);
            // Whoever stops the game wants no more of it, shortening included.
            let Some(result) = played else { return Ok(()) };
            match result.outcome {
                Outcome::Agrees => Ok(()),
                Outcome::Skipped { reason } => Err(TestCaseError::fail(format!("the target cannot play: {reason}"))),
                Outcome::Differs { .. } | Outcome::Declined { .. } | Outcome::Broken { .. } => {
                    // The last one that fails is the smallest.
                    *last.lock().unwrap_or_else(PoisonError::into_inner) =
                        Some(Surprise { case: told, result: Box::new(result) });
                    Err(TestCaseError::fail("a surprise"))
                }
            }
        });
        let surprise = last.into_inner().unwrap_or_else(PoisonError::into_inner);
        match (outcome, surprise) {
            (Err(_), Some(surprise)) => return Ok(Ending::Surprise(surprise)),
            (Err(TestError::Fail(reason, _) | TestError::Abort(reason)), None) => return Err(reason.to_string()),
            (Ok(_), _) if *stop.borrow() => return Ok(Ending::Stopped),
            (Ok(_), _) => {}
        }
    }
    Ok(Ending::AsTold(game.stories))
}

/// Whether stories end with the messages that must have come.
pub fn listens(target: &Target, inbox: Option<&Inbox>) -> bool {
    target.can(Capability::Callbacks) && inbox.is_some()
}

type Drawn = (TestRunner, Vec<Box<dyn ValueTree<Value = Vec<Move>>>>);

/// The same stories for the same seed, without the moves that the target cannot make.
fn drawn(target: &Target, game: &Game) -> Result<Drawn, String> {
    let can_move_time = target.can(Capability::Clock);
    let has_signers = target.can(Capability::Signer);
    let config = Config { failure_persistence: None, max_shrink_iters: game.shrinks, ..Config::default() };
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&game.seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let strategy = moves::stories(game.longest)
        .prop_map(move |moves| {
            let possible = |one: &Move| (can_move_time || !one.moves_time()) && (has_signers || !one.needs_a_signer());
            moves.into_iter().filter(possible).collect::<Vec<_>>()
        })
        .boxed();
    let stories: Result<Vec<_>, _> = (0..game.stories).map(|_| strategy.new_tree(&mut runner)).collect();
    Ok((runner, stories.map_err(|reason| reason.to_string())?))
}

fn read(text: &str, number: u32) -> Result<Case, String> {
    let file = mistake::parse("a story", text).map_err(|mistake| format!("{mistake}\n{text}"))?;
    let cases = Case::all_of(&format!("ess/model/story-{number}"), &std::sync::Arc::new(file));
    cases.into_iter().next().ok_or_else(|| "a story is one case".to_owned())
}

/// What came of a case; nothing if it was stopped before its end.
fn played(suite: &Suite, target: &Target, plan: &Plan, case: Case, stop: &watch::Receiver<bool>) -> Option<CaseResult> {
    let mut stop = stop.clone();
    let stopped = async move {
        // Nobody is left who could stop it.
        if stop.wait_for(|stop| *stop).await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let results = tokio::task::block_in_place(|| {
        tokio::runtime::Handle::current().block_on(async {
            tokio::select! {
                biased;
                () = stopped => None,
                results = run(suite, target, vec![case], plan, &|_| {}) => Some(results),
            }
        })
    });
    results?.into_iter().next()
}
