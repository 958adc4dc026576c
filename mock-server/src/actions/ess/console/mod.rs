//! What is agreed upon in the console.

pub mod create_request_with_encryption;

use crate::actions::{Handler, enclosing};

pub(super) fn handlers() -> Vec<Handler> {
    vec![enclosing(create_request_with_encryption::create_request_with_encryption)]
}
