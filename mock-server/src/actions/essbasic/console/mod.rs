//! How embedded pages look, and calls in an encrypted envelope.

use crate::actions::Handler;

pub(super) fn handlers() -> Vec<Handler> {
    vec![]
}
