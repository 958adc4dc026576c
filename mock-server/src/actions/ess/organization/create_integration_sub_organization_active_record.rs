//! `CreateIntegrationSubOrganizationActiveRecord` activates members of the caller's holding group that have authorized it, with a licence
//! each; nothing is prolonged by it (`api CreateIntegrationSubOrganizationActiveRecord`). Those that cannot be are answered, the others
//! join: also when licences run out on the way (ASSUMED, as the answer has room for it).

use ess_schemas::ess::{
    CreateIntegrationSubOrganizationActiveRecordRequest, CreateIntegrationSubOrganizationActiveRecordResponse,
};

use crate::domain::ids::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody was named, or a company that has nothing to do with the group; the caller has no group, or the operator does not
/// administer it.
pub fn create_integration_sub_organization_active_record(
    call: &mut Call<'_>,
    request: CreateIntegrationSubOrganizationActiveRecordRequest,
) -> Result<CreateIntegrationSubOrganizationActiveRecordResponse, Refusal> {
    let ids = request.sub_organization_ids;
    if ids.is_empty() {
        return Err(Refusal::ParameterMissing { field: "SubOrganizationIds" });
    }
    call.caller.organization.ensure_has_group()?;
    call.caller.administrator()?;
    let main = call.caller.organization().clone();
    for id in &ids {
        let company = call.world.directory.organizations.get(id.as_str());
        let holding = company.and_then(|one| one.holding.as_ref()).filter(|one| one.main == main);
        holding.ok_or_else(|| Refusal::OrganizationUnknown { organization: id.clone() })?;
    }
    let mut failed = Vec::new();
    for id in ids {
        let member = OrganizationId::from(id.as_str());
        if call.world.activate_member(&main, &member, call.now, call.outbox).is_err() {
            failed.push(id);
        }
    }
    Ok(CreateIntegrationSubOrganizationActiveRecordResponse { failed_sub_organization_ids: failed })
}
