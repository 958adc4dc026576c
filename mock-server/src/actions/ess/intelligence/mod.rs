//! Contract intelligence (合同智能): contracts are read, and something is said about them.

pub mod checklist;
pub mod comparison;
pub mod draft;
pub mod extraction;
mod pages;
pub mod review;

use crate::actions::Handler;

pub(super) fn handlers() -> Vec<Handler> {
    let chapters =
        [checklist::handlers(), comparison::handlers(), draft::handlers(), extraction::handlers(), review::handlers()];
    chapters.into_iter().flatten().collect()
}
