//! Pages to be embedded in a platform's own.

pub mod channel_create_embed_web_url;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![quick(channel_create_embed_web_url::channel_create_embed_web_url)]
}
