//! Scenarios: a story told to a receiver, without a server.
//!
//! A [file](format) says what happens to some contracts and in which order, how often and how spoiled a receiver hears of it. [`check`]
//! plays what happens through a world of its own ([`stage`]), by the rules of the mock itself, so that every message is one the mock would
//! send; it answers a [`Scenario`], which cannot be wrong any more. [`schedule`] draws the order with a seed, [`player`] sends, [`report`]
//! tells what was answered. [`record`] writes what a live world has sent as such a file.

pub mod check;
pub mod format;
mod literal;
pub mod mistake;
pub mod player;
pub mod record;
pub mod report;
mod rows;
pub mod schedule;
mod stage;

#[cfg(test)]
mod tests;

pub use check::Scenario;
pub use mistake::Mistake;
