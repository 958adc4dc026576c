//! One message on its way to one address.

use std::sync::Arc;
use std::time::Duration;

use super::address::Address;
use super::disorder::Loss;
use super::disorder::plan::Fate;
use super::hostile::Hostile;
use super::message::Message;
use crate::domain::time::Timestamp;

/// The waits before the second to the sixth attempt (`seed scenario-guide`; for newer generations ASSUMED equal).
pub const RETRY_WAITS: [Duration; 5] = [
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
];

/// How long a receiver may take (`seed scenario-guide`). What a silence counts in the world's time, whatever it cost.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// A message on its way to an address, with all that happened to it.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Delivery {
    /// Its id in the control API.
    pub id: String,
    /// What is delivered.
    pub message: Arc<Message>,
    /// To whom; as the address was when the message was made, or at the latest attempt.
    pub address: Arc<Address>,
    /// How its body is spoiled, if it is.
    pub hostile: Option<Hostile>,
    /// The message a hostile body may replay: an earlier one to this address about the same thing.
    pub older: Option<Arc<Message>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// What was tried.
    pub attempts: Vec<Attempt>,
    /// Where it stands.
    pub state: DeliveryState,
    /// What a disorder policy makes of it.
    pub fate: Fate,
}

/// One POST.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Attempt {
    /// When it went out.
    pub at: Timestamp,
    /// What came back.
    pub outcome: Outcome,
    /// How long the receiver took, in real time.
    #[serde(with = "crate::domain::written::span")]
    pub took: Duration,
    /// The address as it was then.
    pub address: Arc<Address>,
    /// How many attempts at this address came before: at one moment it tells which was first.
    pub turn: u64,
}

impl Attempt {
    /// An attempt; the desk that takes it down knows its turn.
    #[must_use]
    pub fn new(at: Timestamp, outcome: Outcome, took: Duration, address: Arc<Address>) -> Self {
        Self { at, outcome, took, address, turn: 0 }
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// An HTTP status, after redirects.
    Answered(u16),
    /// Nothing within the time-out.
    Silence,
    /// No connection, or a broken one; in words.
    Unreachable(String),
    /// Nothing was sent: the disorder policy loses this attempt.
    Lost,
    /// An HTTP status, which counts as none: the disorder policy loses the answer.
    AnswerLost(u16),
}

impl Outcome {
    /// Only 200 counts as received (`page callback_types_v2`).
    #[must_use]
    pub fn is_success(&self) -> bool {
        *self == Self::Answered(200)
    }
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Held back by a disorder policy, until this moment at the latest.
    Held(Timestamp),
    /// In its lane, or waiting for its next attempt at this moment.
    Waiting(Timestamp),
    /// An attempt is under way.
    Sending,
    /// Received.
    Delivered,
    /// Six attempts failed, or the address was taken away.
    GivenUp,
    /// A disorder policy has lost it for good: it was never sent.
    Lost,
    /// Its address had too many unfinished ones, and this was the oldest.
    Dropped,
}

impl DeliveryState {
    /// Whether nothing more will be tried.
    #[must_use]
    pub fn is_final(self) -> bool {
        match self {
            Self::Held(_) | Self::Waiting(_) | Self::Sending => false,
            Self::Delivered | Self::GivenUp | Self::Lost | Self::Dropped => true,
        }
    }
}

impl Delivery {
    /// Whether a disorder policy loses its next request before it is sent.
    #[must_use]
    pub fn loses_its_next_request(&self) -> bool {
        self.loses_its_next_attempt(Loss::Request)
    }

    fn loses_its_next_attempt(&self, loss: Loss) -> bool {
        self.fate.loss == loss && self.attempts.len() < usize::from(self.fate.lost_attempts)
    }

    /// Takes down what came of an attempt; answers when the next one is due, if there is one.
    pub fn record(&mut self, mut attempt: Attempt) -> Option<Timestamp> {
        if let Outcome::Answered(status) = attempt.outcome
            && self.loses_its_next_attempt(Loss::Answer)
        {
            attempt.outcome = Outcome::AnswerLost(status);
        }
        let received = attempt.outcome.is_success();
        let wait = RETRY_WAITS.get(self.attempts.len()).filter(|_| !received);
        let silence = if attempt.outcome == Outcome::Silence { PATIENCE } else { Duration::ZERO };
        let next = wait.map(|wait| attempt.at.plus(silence).plus(*wait));
        self.attempts.push(attempt);
        self.state = match next {
            Some(at) => DeliveryState::Waiting(at),
            None if received => DeliveryState::Delivered,
            None => DeliveryState::GivenUp,
        };
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::samples::delivery;

    fn answer(delivery: &mut Delivery, at: Timestamp, outcome: Outcome) -> Option<Timestamp> {
        let address = delivery.address.clone();
        delivery.record(Attempt::new(at, outcome, Duration::ZERO, address))
    }

    #[test]
    fn six_attempts_with_doubling_waits_then_it_is_given_up() {
        let mut delivery = delivery();
        let mut at = Timestamp::from_seconds(0);
        let mut waits = Vec::new();
        while let Some(next) = answer(&mut delivery, at, Outcome::Answered(500)) {
            waits.push(next.since(at).as_millis());
            at = next;
        }
        assert_eq!(waits, [500, 1000, 2000, 4000, 8000]);
        assert_eq!((delivery.attempts.len(), delivery.state), (6, DeliveryState::GivenUp));
    }

    #[test]
    fn a_silence_counts_five_seconds_of_the_worlds_time() {
        let at = Timestamp::from_seconds(10);
        assert_eq!(answer(&mut delivery(), at, Outcome::Silence), Some(Timestamp::from_millis(15_500)));
    }

    #[test]
    fn a_lost_answer_is_no_success_until_the_policy_has_had_enough() {
        let mut delivery = delivery();
        (delivery.fate.lost_attempts, delivery.fate.loss) = (2, Loss::Answer);
        let mut at = Timestamp::default();
        while let Some(next) = answer(&mut delivery, at, Outcome::Answered(200)) {
            at = next;
        }
        let outcomes: Vec<_> = delivery.attempts.into_iter().map(|one| one.outcome).collect();
        assert_eq!(outcomes, [Outcome::AnswerLost(200), Outcome::AnswerLost(200), Outcome::Answered(200)]);
    }

    #[test]
    fn only_200_is_success() {
        for status in [201, 204, 302, 500] {
            assert!(answer(&mut delivery(), Timestamp::default(), Outcome::Answered(status)).is_some());
        }
        let mut delivery = delivery();
        assert_eq!(answer(&mut delivery, Timestamp::default(), Outcome::Answered(200)), None);
        assert_eq!(delivery.state, DeliveryState::Delivered);
    }
}
