//! Templates of customers and of platforms' libraries.

use crate::actions::Handler;

pub(super) fn handlers() -> Vec<Handler> {
    vec![]
}
