//! Which company a grant is to, or of.

use crate::actions::partners::ensure_other;
use crate::domain::ids::OrganizationId;
use crate::domain::organization::Standing;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// The company that is named by its id, or else its name; both sides have proved who they are (`api CreatePartnerAutoSignAuthUrl`).
///
/// # Errors
/// None is named, there is none, it has not proved that, or it is the caller itself.
pub(super) fn partner(call: &Call<'_>, id: Option<&String>, name: Option<&String>) -> Result<OrganizationId, Refusal> {
    let directory = &call.world.directory;
    let word = id.or(name).ok_or(Refusal::ParameterMissing { field: "AuthorizedOrganizationId" })?;
    let by_id = id.and_then(|id| directory.organizations.get(id.as_str()).map(AsRef::as_ref));
    let found = by_id.or_else(|| name.filter(|_| id.is_none()).and_then(|name| directory.organization_named(name)));
    let found = found.ok_or_else(|| Refusal::OrganizationUnknown { organization: word.clone() })?;
    if found.standing == Standing::NotActivated {
        return Err(Refusal::OrganizationNotVerified { organization: word.clone() });
    }
    ensure_other(call, &found.id, "AuthorizedOrganizationId")?;
    Ok(found.id.clone())
}
