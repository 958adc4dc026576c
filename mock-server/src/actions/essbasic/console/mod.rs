//! What is agreed upon and set up in the console.

pub mod channel_create_web_theme_config;
pub mod create_request_with_encryption;

use crate::actions::{Handler, enclosing, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(channel_create_web_theme_config::channel_create_web_theme_config),
        enclosing(create_request_with_encryption::create_request_with_encryption),
    ]
}
