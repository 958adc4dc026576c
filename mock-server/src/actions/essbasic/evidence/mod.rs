//! Proof: verification, reports, recordings.

use crate::actions::Handler;

pub(super) fn handlers() -> Vec<Handler> {
    vec![]
}
