//! Contract intelligence (合同智能): contracts are read, and something is said about them.

pub mod checklist;
mod pages;
pub mod review;

use crate::actions::Handler;

pub(super) fn handlers() -> Vec<Handler> {
    [checklist::handlers(), review::handlers()].into_iter().flatten().collect()
}
