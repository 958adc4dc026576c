//! The judge of callback receivers: plays at an integrator's receiver what the platform may send, asks it through a probe what it holds, and says
//! which rules it keeps.
//!
//! [`stories`] are what is played: the shipped scenarios, and every hostile body about a contract of its own. [`trial`] plays one and looks at the
//! receiver after every delivery; [`ledger`] knows what a good receiver knows then, [`rules`] compares. [`explorer`] plays one contract's messages in
//! every order and [`shrink`]s what fails. [`report`] tells it. The receiver is spoken to as the platform does, and nothing else is asked of it than
//! what [`held`] reads.

pub mod explorer;
pub mod greeting;
pub mod held;
pub mod ledger;
pub mod orders;
pub mod probe;
pub mod report;
pub mod rules;
pub mod save;
pub mod seeds;
pub mod shrink;
pub mod status;
pub mod stories;
pub mod trial;

use std::time::Duration;

use ess_client::callback::Generation;
use ess_mock_server::scenario::Mistake;
use ess_mock_server::scenario::player::{Pace, Receiver};
use ess_mock_server::scenario::schedule::plan;
use indicatif::ProgressBar;

use explorer::{Exploring, explore};
use greeting::Greeting;
use probe::{Asker, Probe, ProbeError};
use report::{Ended, Played, Verdict};
use seeds::Seeds;
use stories::{Piece, of_another_generation};
use trial::{Judge, Trial};

/// After so many stories in a row in which it did not answer in time, a receiver is not played anything more.
const SILENCES: usize = 3;

/// Who is judged, and how.
#[derive(Debug)]
pub struct Subject {
    /// Where its callbacks go.
    pub url: String,
    /// The AES key it was given.
    pub key: String,
    /// The token it was given, if it was.
    pub token: Option<String>,
    /// How it is asked.
    pub probe: Probe,
    /// The generation of the platform it was written for.
    pub generation: Generation,
    /// How long an answer may take.
    pub patience: Duration,
    /// How long it may take to come to what it must hold, once it has answered.
    pub settle: Duration,
    /// Whether it keeps only how contracts end.
    pub ends_only: bool,
}

/// What is played.
#[derive(Debug)]
pub struct Programme {
    /// Scenarios and bodies.
    pub pieces: Vec<Piece>,
    /// The contract whose messages come in every order.
    pub orders: Option<Exploring>,
    /// Makes the contracts of this run.
    pub seed: u64,
}

/// Why nothing can be said of a receiver.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Nobody listens, or nobody can be asked.
    #[error("{0}")]
    Unreachable(String),
    /// What was asked for cannot be done.
    #[error("{0}")]
    Misuse(String),
}

impl From<ProbeError> for Failure {
    fn from(error: ProbeError) -> Self {
        match error {
            ProbeError::Unreachable { .. } => Self::Unreachable(error.to_string()),
            ProbeError::Misshapen { .. } => Self::Misuse(error.to_string()),
        }
    }
}

impl From<Mistake> for Failure {
    fn from(mistake: Mistake) -> Self {
        Self::Misuse(mistake.to_string())
    }
}

/// Plays the programme at the receiver.
///
/// # Errors
/// It cannot be reached or asked at all; what is wrong with a receiver that can stands in the verdict.
pub async fn judge(subject: Subject, programme: Programme, bar: &ProgressBar) -> Result<Verdict, Failure> {
    let mut verdict = Verdict::of(&subject, programme.seed);
    let mut seeds = Seeds::of(programme.seed);
    let asker = Asker::new(subject.probe).map_err(Failure::Unreachable)?;
    let receiver = Receiver {
        url: subject.url,
        key: Some(subject.key),
        token: subject.token,
        generation: Some(subject.generation),
        patience: subject.patience,
        pace: Pace::Fast,
        seed: programme.seed,
    };
    let mut judge = Judge::new(receiver, asker, subject.settle, subject.ends_only);
    let greeting = Greeting::of(seeds.next())?;
    greeting.knock(&judge).await?;
    greeting.introduce(&judge, programme.seed).await?;
    let mut presence = Presence::default();
    for piece in programme.pieces {
        bar.inc(1);
        let played = match &presence.gone {
            Some(why) => Played::skipped(&piece, why.clone()),
            None => perform(&mut judge, &piece, &mut seeds).await?,
        };
        presence.note(&played, &greeting, &judge).await;
        verdict.played.push(played);
    }
    if let Some(exploring) = programme.orders.filter(|_| presence.gone.is_none()) {
        verdict.orders = Some(explore(&mut judge, &exploring, &mut seeds, bar).await?);
    }
    Ok(verdict)
}

/// Whether a receiver is still there.
#[derive(Default)]
struct Presence {
    /// In how many stories in a row it did not answer.
    silent: usize,
    /// Why nothing more is played.
    gone: Option<String>,
}

impl Presence {
    async fn note(&mut self, played: &Played, greeting: &Greeting, judge: &Judge) {
        match &played.ended {
            Ended::Skipped { .. } => (),
            Ended::Broken { breach, .. } if breach.gone => {
                self.silent += 1;
                if greeting.knock(judge).await.is_err() {
                    self.gone = Some(format!("since `{}` nobody listens there any more", played.name));
                } else if self.silent >= SILENCES {
                    self.gone = Some(format!("it did not answer in {SILENCES} stories in a row"));
                }
            }
            Ended::Good | Ended::Broken { .. } => self.silent = 0,
        }
    }
}

async fn perform(judge: &mut Judge, piece: &Piece, seeds: &mut Seeds) -> Result<Played, Failure> {
    let seed = seeds.next();
    let scenario = piece.story.tell(seed)?;
    if let Some(why) = of_another_generation(scenario.generation, generation_of(judge)) {
        return Ok(Played::skipped(piece, why));
    }
    let trial = judge.play(&scenario, &plan(&scenario, seed), seed).await?;
    Ok(match left_out(piece, &trial) {
        Some(why) => Played::skipped(piece, why),
        None => Played::of(piece, trial),
    })
}

/// Why a piece showed nothing, if it did not: the body it is there for cannot be made here.
fn left_out(piece: &Piece, trial: &Trial) -> Option<String> {
    let nothing = trial.deliveries.is_empty() || piece.body.is_some();
    trial.left_out.first().filter(|_| nothing && trial.breach.is_none()).cloned()
}

/// The generation a judge speaks.
fn generation_of(judge: &Judge) -> Generation {
    judge.receiver.generation.unwrap_or(Generation::Company)
}
