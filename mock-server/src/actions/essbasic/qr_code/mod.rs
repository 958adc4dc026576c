//! Codes that strangers sign by.

use crate::actions::Handler;

pub(super) fn handlers() -> Vec<Handler> {
    vec![]
}
