//! Sends a scenario to a receiver: one attempt at a time, in the order of the scenario's clock, as the platform does at one address.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use ess_client::callback::Generation;

use super::check::Scenario;
use super::report::{Report, Row};
use super::schedule::Sending;
use crate::callbacks::delivery::{Outcome, PATIENCE, RETRY_WAITS};
use crate::callbacks::sealing::Sealing;
use crate::callbacks::sender::Sender;
use crate::callbacks::transmission::Transmission;
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;

/// To whom it is played, and how.
#[derive(Clone, Debug)]
pub struct Receiver {
    /// Where to POST.
    pub url: String,
    /// The AES key; plain messages without one.
    pub key: Option<String>,
    /// The token; no signature without one.
    pub token: Option<String>,
    /// The generation to speak, instead of the scenario's own.
    pub generation: Option<Generation>,
    /// How long an answer may take, in real time.
    pub patience: Duration,
    /// How fast the scenario's clock goes.
    pub pace: Pace,
    /// What hostile bodies draw from.
    pub seed: u64,
}

/// How fast a scenario's clock goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// Nobody waits; only the order is the clock's.
    Fast,
    /// So many seconds of the story pass in a second.
    Times(f64),
}

/// What is still to be sent; the heap's order is the clock's, then the plan's.
type Queue = BinaryHeap<Reverse<(Timestamp, usize, usize)>>;

/// Plays what is planned; every attempt goes into the report at once, so that one who breaks off has what was answered so far.
pub async fn play(scenario: &Scenario, plan: &[Sending], receiver: &Receiver, report: &mut Report) {
    let sender = Sender::default();
    let mut queue: Queue =
        plan.iter().enumerate().map(|(number, one)| Reverse((one.at, number, one.attempts))).collect();
    let mut now = plan.first().map(|one| one.at).unwrap_or_default();
    while let Some(Reverse((at, number, attempts))) = queue.pop() {
        let sending = &plan[number];
        let message = &scenario.messages[sending.message];
        let generation = receiver.generation.or(message.generation).unwrap_or(scenario.generation);
        if !message.is_known_to(generation) {
            report.skipped(&message.name, generation);
            continue;
        }
        wait(receiver.pace, at.since(now)).await;
        now = now.max(at);
        let started = EdgeTime::read();
        let outcome = match transmission(scenario, sending, receiver, generation) {
            Ok(transmission) => sender.send(&transmission, &receiver.url, receiver.patience).await,
            Err(why) => Outcome::Unreachable(why),
        };
        let took = EdgeTime::read().millis() - started.millis();
        let again = sending.retry && !outcome.is_success();
        if let Some(pause) = RETRY_WAITS.get(attempts).filter(|_| again) {
            let silence = if outcome == Outcome::Silence { PATIENCE } else { Duration::ZERO };
            queue.push(Reverse((at.plus(silence).plus(*pause), number, attempts + 1)));
        }
        report.add(Row::new(message, sending, at, attempts, outcome, Duration::from_millis(took.unsigned_abs())));
    }
}

/// The bytes of one sending; every attempt has the same.
///
/// # Errors
/// Says in words why it cannot be sent: the key is none, or a hostile body needs what the receiver was not given.
pub fn transmission(
    scenario: &Scenario,
    sending: &Sending,
    receiver: &Receiver,
    generation: Generation,
) -> Result<Transmission, String> {
    let text = |number: usize| scenario.messages[number].plaintext(&receiver.url, generation);
    let plaintext = text(sending.message);
    let older = sending.older.or_else(|| scenario.older_than(sending.message)).map(text);
    let sealing = Sealing {
        plaintext: &plaintext,
        older: older.as_deref(),
        key: receiver.key.as_deref(),
        token: receiver.token.as_deref(),
        generation,
        content_type: generation.content_type(),
        seed: receiver.seed.wrapping_add(sending.message as u64),
    };
    match sending.hostile {
        None => sealing.seal(),
        Some(hostile) => hostile.distort(&sealing),
    }
}

async fn wait(pace: Pace, story: Duration) {
    match pace {
        Pace::Fast => (),
        Pace::Times(speed) if story.is_zero() || speed <= 0.0 => (),
        Pace::Times(speed) => tokio::time::sleep(story.div_f64(speed)).await,
    }
}
