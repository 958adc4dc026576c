//! Links people open to sign or to look.

pub mod channel_create_batch_quick_sign_url;
pub mod channel_create_batch_sign_url;
pub mod channel_create_flow_sign_url;
pub mod channel_create_organization_batch_sign_url;
pub mod create_sign_urls;
mod wanted;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(channel_create_batch_quick_sign_url::channel_create_batch_quick_sign_url),
        quick(channel_create_batch_sign_url::channel_create_batch_sign_url),
        quick(channel_create_flow_sign_url::channel_create_flow_sign_url),
        quick(channel_create_organization_batch_sign_url::channel_create_organization_batch_sign_url),
        quick(create_sign_urls::create_sign_urls),
    ]
}
