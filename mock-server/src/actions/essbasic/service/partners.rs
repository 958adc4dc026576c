//! Between which two companies seals are granted.

use crate::actions::partners::ensure_other;
use crate::domain::ids::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// The verified customer of the application that is named by the vendor's id, the platform's, or its name.
///
/// # Errors
/// There is none, it is not verified, or it is the caller itself.
pub(super) fn partner(call: &Call<'_>, name: &str) -> Result<OrganizationId, Refusal> {
    let application = &call.caller.agent()?.application;
    let directory = &call.world.directory;
    let unknown = || Refusal::OrganizationUnknown { organization: name.to_owned() };
    let named = || directory.organization_named(name).map(|one| &one.id);
    let by_id = || directory.organizations.get(name).map(|one| &one.id);
    let by_open_id = application.customers().get(name).map(|one| &one.organization);
    let id = by_open_id.or_else(by_id).or_else(named).ok_or_else(unknown)?;
    let customer = application.customer_id(id).and_then(|open_id| application.customers().get(open_id.as_str()));
    if !customer.ok_or_else(unknown)?.is_verified() {
        return Err(Refusal::OrganizationNotVerified { organization: name.to_owned() });
    }
    ensure_other(call, id, "AuthorizedOrganizationNames")?;
    Ok(id.clone())
}
