//! Companies: what is known of them and who administers them, holding groups, partners' applications.

pub mod create_batch_admin_change_invitations;
pub mod create_batch_admin_change_invitations_url;
pub mod create_batch_init_organization_url;
pub mod create_integration_sub_organization_active_record;
pub mod create_organization_group_invitation_link;
pub mod create_organization_info_change_url;
pub mod create_partner_authorization_link;
pub mod describe_organization_group_organizations;
mod ecosystem;
pub mod modify_partner_authorization;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(create_batch_admin_change_invitations::create_batch_admin_change_invitations),
        quick(create_batch_admin_change_invitations_url::create_batch_admin_change_invitations_url),
        quick(create_batch_init_organization_url::create_batch_init_organization_url),
        quick(create_integration_sub_organization_active_record::create_integration_sub_organization_active_record),
        quick(create_organization_group_invitation_link::create_organization_group_invitation_link),
        quick(create_organization_info_change_url::create_organization_info_change_url),
        quick(create_partner_authorization_link::create_partner_authorization_link),
        quick(describe_organization_group_organizations::describe_organization_group_organizations),
        quick(modify_partner_authorization::modify_partner_authorization),
    ]
}
