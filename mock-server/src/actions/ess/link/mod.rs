//! Links people open to sign or to look.

pub mod create_batch_quick_sign_url;
pub mod create_batch_sign_url;
pub mod create_flow_sign_url;
pub mod create_organization_batch_sign_url;
pub mod create_scheme_url;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(create_batch_quick_sign_url::create_batch_quick_sign_url),
        quick(create_batch_sign_url::create_batch_sign_url),
        quick(create_flow_sign_url::create_flow_sign_url),
        quick(create_organization_batch_sign_url::create_organization_batch_sign_url),
        quick(create_scheme_url::create_scheme_url),
    ]
}
