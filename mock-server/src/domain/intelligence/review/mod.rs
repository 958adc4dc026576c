//! Contracts are reviewed (合同智能审查): the text of an uploaded file is held against the points of checklists.
//!
//! The vendor asks a large language model; here a rule decides that everybody can predict (ASSUMED throughout, [`judging`] has it).
//! `checklist` is what a company wants to be looked for, `general` the vendor's own list, `judging` the rule, `examining` a whole review by it, `summary` what else is
//! read in the text, `task` one review from its beginning to its end, `export` a table of what people marked.

pub mod checklist;
pub mod examining;
pub mod export;
mod general;
pub mod judging;
#[cfg(test)]
pub(crate) mod samples;
pub mod summary;
pub mod task;

pub use self::general::{GENERAL, general};
