//! Who signs, while a contract runs: named later, added, picked up, handed on, reminded.

use crate::actions::Handler;

pub(super) fn handlers() -> Vec<Handler> {
    vec![]
}
