//! What is agreed upon in the console.

pub mod create_request_with_encryption;
pub mod create_web_theme_config;

use crate::actions::{Handler, enclosing, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        enclosing(create_request_with_encryption::create_request_with_encryption),
        quick(create_web_theme_config::create_web_theme_config),
    ]
}
