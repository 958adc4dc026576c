//! Pages of the console, for a caller's own page to embed.

pub mod create_embed_web_url;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![quick(create_embed_web_url::create_embed_web_url)]
}
