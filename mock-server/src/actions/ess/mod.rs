//! `ess` 2020-11-11: a company signs for itself.

pub mod cancel;
pub mod dialect;
pub mod file;
pub mod flow;
pub mod link;

use super::Handler;

/// The handlers of this service, chapter by chapter.
pub(super) fn handlers() -> Vec<Handler> {
    [cancel::handlers(), file::handlers(), flow::handlers(), link::handlers()].into_iter().flatten().collect()
}
