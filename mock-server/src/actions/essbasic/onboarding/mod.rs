//! How customers come in: known, verified, activated, changed, closed.

use crate::actions::Handler;

pub(super) fn handlers() -> Vec<Handler> {
    vec![]
}
