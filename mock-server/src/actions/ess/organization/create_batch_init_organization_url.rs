//! `CreateBatchInitOrganizationUrl` makes one link behind which several companies that the caller guided are set up: their official seal,
//! machines that seal for them, partners whose machines may, the caller's holding group. Seven days; whoever opens it must be super
//! administrator or legal person of all of them (`api CreateBatchInitOrganizationUrl`).
//!
//! Who may administer the group is taken to be the super administrator or legal person (ASSUMED: the console's tree has no entry for
//! it here). `ChangeAdminAuthAutoSign` settles who signs an agreement that is not written here.

use ess_schemas::ess::{CreateBatchInitOrganizationUrlRequest, CreateBatchInitOrganizationUrlResponse};

use crate::actions::ess::dialect::given;
use crate::domain::deed::{Deed, SetUp, Step};
use crate::domain::ids::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// No companies or steps are named, one that the caller does not guide or that is not certified, nobody a partner's grant could go
/// to, or a group where there is none or that the operator does not administer.
pub fn create_batch_init_organization_url(
    call: &mut Call<'_>,
    request: CreateBatchInitOrganizationUrlRequest,
) -> Result<CreateBatchInitOrganizationUrlResponse, Refusal> {
    for (field, values) in [("OperateTypes", &request.operate_types), ("OrganizationIds", &request.organization_ids)] {
        if values.is_empty() {
            return Err(Refusal::ParameterMissing { field });
        }
    }
    let organizations = request.organization_ids.iter();
    let organizations = organizations.map(|id| guided(call, id)).collect::<Result<Vec<_>, _>>()?;
    let steps: Vec<Step> = request.operate_types.iter().filter_map(|kind| Step::from_wire(kind)).collect();
    let partner = given(&request.authorized_organization_id);
    let partner = partner.map(|id| established(call, id)).transpose()?;
    if steps.contains(&Step::GrantPartner) && partner.is_none() {
        return Err(Refusal::ParameterMissing { field: "AuthorizedOrganizationId" });
    }
    if steps.iter().any(|step| matches!(step, Step::JoinGroup | Step::AllowAdminChange)) {
        call.caller.organization.ensure_has_group()?;
        call.caller.administrator()?;
    }
    let main = Some(call.caller.organization().clone());
    let guidance = call.world.directory.guidance_of(call.caller.organization()).map(|one| one.id.clone());
    let deed = Deed::SetUp(SetUp { organizations, steps, platform: false, partner, main });
    let link = call.give_out_in(guidance, deed.clone(), 7 * DAY);
    Ok(CreateBatchInitOrganizationUrlResponse {
        mini_app_path: Urls::deed_path(&deed, &link),
        operate_long_url: call.urls.deed(&deed, &link),
        operate_short_url: call.urls.short(&link),
        qr_code_url: call.urls.deed_picture(&deed, &link),
    })
}

/// A company the caller guided, which is certified.
fn guided(call: &Call<'_>, id: &str) -> Result<OrganizationId, Refusal> {
    let unknown = || Refusal::OrganizationUnknown { organization: id.to_owned() };
    let company = OrganizationId::from(id);
    let guidance = call.world.directory.guidance_of(call.caller.organization()).ok_or_else(unknown)?;
    let customer = guidance.customer_id(&company).and_then(|open_id| guidance.customers().get(open_id.as_str()));
    if !customer.ok_or_else(unknown)?.is_verified() {
        return Err(Refusal::OrganizationNotVerified { organization: id.to_owned() });
    }
    Ok(company)
}

fn established(call: &Call<'_>, id: &str) -> Result<OrganizationId, Refusal> {
    let company = OrganizationId::from(id);
    let known = call.world.directory.organizations.get(id).is_some();
    if known && call.world.directory.is_established(&company) {
        Ok(company)
    } else {
        Err(Refusal::OrganizationUnknown { organization: id.to_owned() })
    }
}
