//! Scenarios: a story told to a receiver, without a server.
//!
//! A [file](format) says what happens to some contracts and in which order, how often and how spoiled a receiver hears of it. [`check`]
//! plays what happens through a world of its own ([`stage`]), by the rules of the mock itself, so that every message is one the mock would
//! send; it answers a [`Scenario`], which cannot be wrong any more. [`schedule`] draws the order with a seed, [`player`] sends, [`report`]
//! tells what was answered; who wants to look at the receiver between two messages takes the player's [`transmission`](player::transmission)
//! and sends it himself. [`record`] writes what a live world has sent as such a file.

pub mod check;
pub mod format;
mod literal;
pub mod mistake;
pub mod player;
pub mod receiver;
pub mod record;
pub mod report;
mod rows;
pub mod schedule;
mod stage;
mod wanted;

#[cfg(test)]
mod tests;

pub use crate::callbacks::delivery::Outcome;
pub use crate::callbacks::hostile::{Duty, Expected, Hostile};
pub use crate::callbacks::sender::Sender;
pub use check::{Scenario, Story};
pub use mistake::Mistake;
