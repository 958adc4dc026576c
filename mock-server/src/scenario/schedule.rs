//! When what is sent: a pure function of the scenario and the seed.
//!
//! A step comes so long after the step before it, and not before its message has happened. Its repeats, and what was lost on the way and is
//! tried again, come later in their own time and hold nobody back.

use std::time::Duration;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::check::{Move, Scenario, Step};
use crate::callbacks::delivery::RETRY_WAITS;
use crate::callbacks::hostile::{Duty, Hostile};
use crate::domain::time::Timestamp;

/// One message at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Sending {
    /// When, on the scenario's clock.
    pub at: Timestamp,
    /// Which message.
    pub message: usize,
    /// How it is spoiled.
    pub hostile: Option<Hostile>,
    /// The message a hostile body replays, where the file names one.
    pub older: Option<usize>,
    /// Whether it is sent again until it is received.
    pub retry: bool,
    /// How many attempts were made before: lost ones at first.
    pub attempts: usize,
    /// What a good receiver does with it, where the file says so.
    pub expect: Option<Duty>,
}

/// Everything that is sent, in order.
#[must_use]
pub fn plan(scenario: &Scenario, seed: u64) -> Vec<Sending> {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let mut plan = Vec::new();
    let mut now = scenario.messages.iter().map(|one| one.at).min().unwrap_or_default();
    for next in &scenario.moves {
        match next {
            Move::Send(step) => now = send(scenario, step, now, &mut plan),
            Move::Shuffle(after, steps) => {
                now = now.plus(*after);
                let mut steps: Vec<&Step> = steps.iter().collect();
                steps.shuffle(&mut dice);
                // None of them can come before the last of them has happened: their order is drawn, not their time.
                let happened = steps.iter().map(|step| scenario.messages[step.message].at).max();
                now = happened.map_or(now, |at| at.max(now));
                for step in steps {
                    now = send(scenario, step, now, &mut plan);
                }
            }
        }
    }
    // Stable: what is due at one moment keeps its order.
    plan.sort_by_key(|sending| sending.at);
    plan
}

/// Plans a step; answers when it came.
fn send(scenario: &Scenario, step: &Step, before: Timestamp, plan: &mut Vec<Sending>) -> Timestamp {
    let at = before.plus(step.after).max(scenario.messages[step.message].at);
    let lost = usize::from(step.lost);
    let delay: Duration = RETRY_WAITS.iter().take(lost).sum();
    for copy in 0..step.times {
        plan.push(Sending {
            at: at.plus(step.every * copy).plus(delay),
            message: step.message,
            hostile: step.hostile,
            older: step.older,
            retry: step.retry,
            attempts: lost,
            expect: step.expect,
        });
    }
    at
}
