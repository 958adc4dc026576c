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

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::actions::{Handler, heavy, quick};
use crate::domain::file::{MEGABYTE, has_the_head_of};
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

/// A business licence that comes inside of a request: a picture of at most 5 MB (`api SyncProxyOrganization`).
fn ensure_licence(body: &str) -> Result<(), Refusal> {
    let invalid = || Refusal::BusinessLicenseInvalid { detail: "expected base64 of a PNG or JPG".to_owned() };
    ensure_file("BusinessLicense", body, &["png", "jpg"], 5 * MEGABYTE, invalid)
}

/// A letter of authorization that comes inside of a request, of at most 8 MB (`api CreateConsoleLoginUrl`).
fn ensure_letter(body: &str) -> Result<(), Refusal> {
    let detail = || "PowerOfAttorneys: expected base64 of a PNG, JPG or PDF".to_owned();
    let invalid = || Refusal::FileContentRefused { detail: detail() };
    ensure_file("PowerOfAttorneys", body, &["png", "jpg", "pdf"], 8 * MEGABYTE, invalid)
}

fn ensure_file(
    field: &str,
    body: &str,
    kinds: &[&str],
    limit: usize,
    invalid: impl FnOnce() -> Refusal,
) -> Result<(), Refusal> {
    if body.len() / 4 * 3 > limit + 3 {
        return Err(Refusal::FileTooLarge { detail: format!("{field}: at most {limit} bytes") });
    }
    let is_of = |kind: &str, bytes: &[u8]| match kind {
        "pdf" => bytes.starts_with(b"%PDF"),
        picture => has_the_head_of(picture, bytes),
    };
    let fits = STANDARD.decode(body).is_ok_and(|bytes| kinds.iter().any(|kind| is_of(kind, &bytes)));
    if fits { Ok(()) } else { Err(invalid()) }
}
