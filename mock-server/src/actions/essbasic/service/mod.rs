//! Services switched on, for companies and persons: signing by machine, downloads, ...

use crate::actions::Handler;

pub(super) fn handlers() -> Vec<Handler> {
    vec![]
}
