//! What is known of a customer, and who is its super administrator.

pub mod channel_create_organization_modify_qr_code;
pub mod create_batch_admin_change_invitations;
pub mod create_batch_admin_change_invitations_url;
pub mod create_batch_init_organization_url;
pub mod create_channel_organization_info_change_url;
pub mod create_close_organization_url;
pub mod modify_organization_business_info;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(channel_create_organization_modify_qr_code::channel_create_organization_modify_qr_code),
        quick(create_batch_admin_change_invitations::create_batch_admin_change_invitations),
        quick(create_batch_admin_change_invitations_url::create_batch_admin_change_invitations_url),
        quick(create_batch_init_organization_url::create_batch_init_organization_url),
        quick(create_channel_organization_info_change_url::create_channel_organization_info_change_url),
        quick(create_close_organization_url::create_close_organization_url),
        quick(modify_organization_business_info::modify_organization_business_info),
    ]
}
