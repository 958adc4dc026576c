//! Hostile bodies: messages that are wrong on purpose, each in one way of its own.
//!
//! Every one is a pure function from a message and an address's secrets to a [`Transmission`], and says what a good receiver
//! does with it. A family is a file; the [catalogue](Hostile) lists all.

mod catalogue;
mod crypto;
mod shape;
mod signature;
mod story;
mod transport;
mod wrapping;

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::sealing::Sealing;
use super::transmission::Transmission;
pub use catalogue::Hostile;

/// What a good receiver does with a hostile body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Expected {
    /// How it answers and what it remembers.
    pub duty: Duty,
    /// Why that is right.
    pub because: &'static str,
    /// Where this is known from, or ASSUMED.
    pub source: &'static str,
}

/// How a good receiver answers and what it remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// 200; the message counts once, like any other.
    Accept,
    /// 200; the message is kept as it came and counts once, but no contract changes by it.
    Keep,
    /// 200; nothing is remembered.
    Ignore,
    /// Not 200, so that the sender tries again or gives up; nothing is remembered.
    Refuse,
}

/// What an address must have for a body to be spoiled this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Nothing,
    Key,
    Token,
    Both,
}

/// Makes the bytes of a hostile body, or says in words why this message has none of its kind.
type Distortion = fn(&Sealing<'_>) -> Result<Transmission, String>;

impl Hostile {
    /// Spoils a message.
    ///
    /// # Errors
    /// Says in words what the address or the message lacks to be spoiled this way.
    pub fn distort(self, made: &Sealing<'_>) -> Result<Transmission, String> {
        let (needs_key, needs_token) = match self.needs() {
            Needs::Nothing => (false, false),
            Needs::Key => (true, false),
            Needs::Token => (false, true),
            Needs::Both => (true, true),
        };
        let lacks = match (needs_key && made.key.is_none(), needs_token && made.token.is_none()) {
            (false, false) => return self.distortion()(made),
            (true, false) => "a key",
            (false, true) => "a token",
            (true, true) => "a key and a token",
        };
        Err(format!("the hostile body `{self}` needs an address with {lacks}"))
    }
}

impl fmt::Display for Hostile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Hostile {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        if let Some(hostile) = Self::ALL.iter().find(|one| one.name() == name) {
            return Ok(*hostile);
        }
        let near = super::handmade::nearest(name, Self::ALL.iter().map(|one| one.name()));
        Err(format!("there is no hostile body `{name}`; nearest are {}", near.join(", ")))
    }
}

#[cfg(test)]
mod tests;
