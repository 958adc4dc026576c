//! Between which two companies seals are granted, and the link by which the granting one signs that.

use std::sync::Arc;

use crate::actions::consents;
use crate::domain::consent::{Consent, OnBehalf};
use crate::domain::employee::Employee;
use crate::domain::ids::OrganizationId;
use crate::domain::link::Link;
use crate::domain::refusal::Refusal;
use crate::domain::seal::SealKind;
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
    if id == call.caller.organization() {
        let detail = "a company does not grant its seals to itself".to_owned();
        return Err(Refusal::ParameterInvalid { field: "AuthorizedOrganizationNames", detail });
    }
    Ok(id.clone())
}

/// Who signs for the granting company: the operator, or an administrator of the partner that grants.
pub(super) fn signer(call: &Call<'_>, granting: &OrganizationId) -> Result<OnBehalf, Refusal> {
    let own = consents::on_behalf(call)?;
    if granting == call.caller.organization() {
        return Ok(own);
    }
    let administrator = |one: &&Arc<Employee>| &one.organization == granting && one.is_admin();
    let found = call.world.directory.employees.iter().find(administrator).map(|one| one.id.clone());
    Ok(OnBehalf { organization: granting.clone(), user: found.unwrap_or(own.user), application: own.application })
}

/// The kinds of seals that may be used; any, when none are named.
pub(super) fn seals(words: Option<&Vec<String>>) -> Vec<SealKind> {
    words.into_iter().flatten().filter_map(|word| SealKind::from_wire(word)).collect()
}

/// The link, which lives a week.
pub(super) fn link(call: &mut Call<'_>, grants: Vec<String>, seals: Vec<SealKind>, on_behalf: OnBehalf) -> Arc<Link> {
    consents::link(call, Consent::PartnerGrants { grants, seals, on_behalf }, consents::WEEK)
}
