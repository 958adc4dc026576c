//! Callbacks otherwise than in order, on purpose.
//!
//! A policy is data: which kinds of disorder, for which messages, how likely, how long at most. What it does to a message is
//! planned when the message is made ([`plan`]), from the world's seed and the message's number alone. Everything that holds
//! a message back has a latest moment, so that nothing waits for ever.
//!
//! An empty policy is the default: every message at once, in the order of events.

mod chance;
pub mod plan;
mod wire;

use std::num::NonZeroU8;

use serde::{Deserialize, Serialize};

pub use self::chance::{Probability, Spread};
use super::named::Named;
use crate::engine::world_file::Moment;
use crate::span::{HOUR, Span};

/// The most copies a message may have: a storm, not a flood.
const MOST_COPIES: u8 = 100;
/// The most pairs that change places.
const MOST_SWAPS: usize = 20;
/// The sixth attempt is the last one, and must arrive.
const MOST_LOST_ATTEMPTS: u8 = 5;

/// How messages come otherwise than in order. The kinds can be combined; a message meets them in the order of the fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Disorder {
    /// Some messages are lost for good.
    pub lose: Option<Lose>,
    /// The first attempts are lost, then the retries arrive.
    pub lose_first: Option<LoseFirst>,
    /// Some messages come more than once.
    pub duplicate: Option<Duplicate>,
    /// Some messages come when the API already says otherwise.
    pub outdated: Option<Outdated>,
    /// Some messages come late.
    pub delay: Option<Delay>,
    /// Messages that are close to each other change places.
    pub shuffle: Option<Shuffle>,
    /// Messages wait for each other and come all at one moment.
    pub merge: Option<Merge>,
    /// Named messages change places.
    pub swap: Vec<Swap>,
}

/// Lost for good: never sent, and kept in the log as lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lose {
    /// Which messages; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<Named>,
    /// How many of them.
    #[serde(default)]
    pub probability: Probability,
}

/// The first attempts fail whatever the receiver does; the ladder of retries goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoseFirst {
    /// Which messages; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<Named>,
    /// How many of them.
    #[serde(default)]
    pub probability: Probability,
    /// How many attempts, five at most.
    pub attempts: NonZeroU8,
    /// What is lost.
    #[serde(default)]
    pub how: Loss,
}

/// What is lost of an attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// The request: the receiver hears nothing.
    #[default]
    Request,
    /// The answer: the receiver got the message and gets it again.
    Answer,
}

/// The same message several times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duplicate {
    /// Which messages; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<Named>,
    /// How many of them.
    #[serde(default)]
    pub probability: Probability,
    /// How many times more, a hundred at most.
    pub copies: NonZeroU8,
    /// How long after one the next follows; at once when left out.
    #[serde(default)]
    pub gap: Spread,
}

/// Held until its contract has moved on to a later state than the one it tells of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outdated {
    /// Which messages; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<Named>,
    /// How many of them.
    #[serde(default)]
    pub probability: Probability,
    /// How long at most; an hour when left out.
    #[serde(default = "an_hour")]
    pub within: Span,
}

/// Held for a while.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delay {
    /// Which messages; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<Named>,
    /// How many of them.
    #[serde(default)]
    pub probability: Probability,
    /// How long.
    pub by: Spread,
}

/// Messages gather, then go out in any order: as soon as there are so many, or when the first of them has waited so long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shuffle {
    /// How many make a window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<u32>,
    /// How long a window is open at most; an hour when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Span>,
}

/// Messages gather, then go out all at one moment, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// As soon as there are so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<u32>,
    /// At this moment; later ones go at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
    /// When the first of them has waited so long; an hour when left out and no moment is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Span>,
}

/// One kind of message of a contract goes out before another that came first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Swap {
    /// What goes first.
    pub send: Named,
    /// What waits for it.
    pub before: Named,
    /// How long it waits at most; an hour when left out.
    #[serde(default = "an_hour")]
    pub within: Span,
}

fn an_hour() -> Span {
    HOUR
}

impl Disorder {
    /// Whether messages come in order.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// What in it makes no sense, in a sentence.
    fn mistake(&self) -> Option<String> {
        if self.duplicate.as_ref().is_some_and(|one| one.copies.get() > MOST_COPIES) {
            return Some(format!("duplicate: copies: at most {MOST_COPIES}"));
        }
        if self.lose_first.as_ref().is_some_and(|one| one.attempts.get() > MOST_LOST_ATTEMPTS) {
            return Some(format!(
                "lose_first: attempts: at most {MOST_LOST_ATTEMPTS}, the sixth is the last one. To lose a message for good, say lose"
            ));
        }
        if let Some(one) = &self.shuffle
            && (one.messages.is_none() && one.within.is_none() || one.messages.is_some_and(|messages| messages < 2))
        {
            return Some("shuffle: expected messages, 2 or more, or within, a span such as \"30s\", or both".into());
        }
        if let Some(one) = &self.merge
            && (one.messages.is_none() && one.at.is_none() && one.within.is_none() || one.messages == Some(0))
        {
            return Some("merge: expected messages, 1 or more, at, a moment, or within, a span such as \"10m\"".into());
        }
        if self.swap.len() > MOST_SWAPS {
            return Some(format!("swap: at most {MOST_SWAPS} pairs"));
        }
        let pair = self.swap.iter().find(|one| one.send == one.before)?;
        Some(format!("swap: {} cannot go before itself", pair.send))
    }
}
