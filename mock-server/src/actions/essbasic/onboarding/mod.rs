//! Companies on their way to become the platform's customers, and their people.

pub mod create_batch_organization_authorization_url;
pub mod create_batch_organization_registration_tasks;
pub mod create_channel_sub_organization_active;
pub mod create_console_login_url;
pub mod create_modify_admin_authorization_url;
pub mod create_organization_auth_file;
pub mod delete_organization_authorizations;
pub mod describe_batch_organization_registration_tasks;
pub mod describe_batch_organization_registration_urls;
pub mod describe_channel_organizations;
pub mod sync_proxy_organization;
pub mod sync_proxy_organization_operators;

use crate::actions::{Handler, heavy, quick};
use crate::domain::launch::is_organization_name;
use crate::domain::refusal::Refusal;

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(create_batch_organization_authorization_url::create_batch_organization_authorization_url),
        quick(create_batch_organization_registration_tasks::create_batch_organization_registration_tasks),
        quick(create_channel_sub_organization_active::create_channel_sub_organization_active),
        quick(create_console_login_url::create_console_login_url),
        quick(create_modify_admin_authorization_url::create_modify_admin_authorization_url),
        heavy(create_organization_auth_file::prepare, create_organization_auth_file::create_organization_auth_file),
        quick(delete_organization_authorizations::delete_organization_authorizations),
        quick(describe_batch_organization_registration_tasks::describe_batch_organization_registration_tasks),
        quick(describe_batch_organization_registration_urls::describe_batch_organization_registration_urls),
        quick(describe_channel_organizations::describe_channel_organizations),
        quick(sync_proxy_organization::sync_proxy_organization),
        quick(sync_proxy_organization_operators::sync_proxy_organization_operators),
    ]
}

/// A company name as a register has it.
fn ensure_organization_name(name: &str) -> Result<(), Refusal> {
    if name.is_empty() {
        Err(Refusal::OrganizationNameMissing)
    } else if is_organization_name(name) {
        Ok(())
    } else {
        Err(Refusal::OrganizationNameInvalid { name: name.to_owned() })
    }
}
