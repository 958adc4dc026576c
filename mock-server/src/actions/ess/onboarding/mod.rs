//! Companies that prove who they are: the caller itself, and those it guides through certification.

pub mod create_batch_organization_authorization_url;
pub mod create_batch_organization_registration_tasks;
pub mod create_modify_admin_authorization_url;
pub mod create_organization_auth_file;
pub mod create_organization_auth_url;
pub mod delete_organization_authorizations;
pub mod describe_batch_organization_registration_tasks;
pub mod describe_batch_organization_registration_urls;
pub mod describe_organization_auth_status;
pub mod describe_organization_verify_status;

use crate::actions::{Handler, heavy, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(create_batch_organization_authorization_url::create_batch_organization_authorization_url),
        quick(create_batch_organization_registration_tasks::create_batch_organization_registration_tasks),
        quick(create_modify_admin_authorization_url::create_modify_admin_authorization_url),
        heavy(create_organization_auth_file::prepare, create_organization_auth_file::create_organization_auth_file),
        quick(create_organization_auth_url::create_organization_auth_url),
        quick(delete_organization_authorizations::delete_organization_authorizations),
        quick(describe_batch_organization_registration_tasks::describe_batch_organization_registration_tasks),
        quick(describe_batch_organization_registration_urls::describe_batch_organization_registration_urls),
        quick(describe_organization_auth_status::describe_organization_auth_status),
        quick(describe_organization_verify_status::describe_organization_verify_status),
    ]
}
