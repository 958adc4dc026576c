//! `CreateOrganizationInfoChangeUrl` makes a link by which a company's super administrator hands their part over (1), or its data are
//! changed (2). Seven days; whoever opens it must be super administrator or legal person (`api CreateOrganizationInfoChangeUrl`).
//!
//! It is about the company that acts, or about another of this credit code: one that the caller guided, or a member of its group
//! (ASSUMED: nobody sends strangers such links).

use ess_schemas::ess::{CreateOrganizationInfoChangeUrlRequest, CreateOrganizationInfoChangeUrlResponse};

use crate::actions::ess::dialect::given;
use crate::domain::deed::Deed;
use crate::domain::ids::{ApplicationId, OrganizationId};
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The caller has nothing to do with a company of this code; or another kind of change, which the limits of the field refuse.
pub fn create_organization_info_change_url(
    call: &mut Call<'_>,
    request: CreateOrganizationInfoChangeUrlRequest,
) -> Result<CreateOrganizationInfoChangeUrlResponse, Refusal> {
    let (company, guidance) = match given(&request.unified_social_credit_code) {
        Some(code) => other(call, code)?,
        None => (call.caller.organization().clone(), None),
    };
    let deed = if request.change_type == 1 { Deed::ChangeAdministrator(company) } else { Deed::ChangeData(company) };
    let link = call.give_out_in(guidance, deed, 7 * DAY);
    Ok(CreateOrganizationInfoChangeUrlResponse {
        url: Some(call.urls.short(&link)),
        expired_time: Some(link.expires_at.seconds()),
    })
}

/// The company of this code, and the list it is guided in.
fn other(call: &Call<'_>, code: &str) -> Result<(OrganizationId, Option<ApplicationId>), Refusal> {
    let directory = &call.world.directory;
    let own = &call.caller.organization;
    let has_code = |id: &OrganizationId| {
        directory.organizations.get(id.as_str()).is_some_and(|company| company.credit_code == code)
    };
    if has_code(&own.id) {
        return Ok((own.id.clone(), None));
    }
    let guidance = directory.guidance_of(&own.id);
    let guided = guidance.into_iter().flat_map(|one| one.customers().iter()).filter(|one| one.is_verified());
    if let Some(found) = guided.map(|one| &one.organization).find(|id| has_code(id)) {
        return Ok((found.clone(), guidance.map(|one| one.id.clone())));
    }
    let members = directory.members_of(&own.id).into_iter().filter(|one| one.holding.is_in_force());
    let found = members.map(|one| &one.organization.id).find(|id| has_code(id));
    let unknown = || Refusal::OrganizationUnknown { organization: code.to_owned() };
    found.map(|id| (id.clone(), None)).ok_or_else(unknown)
}
