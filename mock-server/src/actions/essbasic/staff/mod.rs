//! Employees of customers, and their roles.

use crate::actions::Handler;

pub(super) fn handlers() -> Vec<Handler> {
    vec![]
}
