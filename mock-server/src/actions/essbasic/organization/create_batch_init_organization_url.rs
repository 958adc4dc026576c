//! `CreateBatchInitOrganizationUrl` makes one link behind which several customers are set up: their official seal, machines that seal
//! for them, and partners whose machines may. Seven days; whoever opens it must be super administrator or legal person of all of them
//! (`api CreateBatchInitOrganizationUrl`).

use ess_schemas::essbasic::{CreateBatchInitOrganizationUrlRequest, CreateBatchInitOrganizationUrlResponse};

use crate::actions::essbasic::dialect::given;
use crate::domain::deed::{Deed, SetUp, Step};
use crate::domain::ids::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// No customers or steps are named, one that is not there or has not proved who it is, or nobody a partner's grant could go to.
pub fn create_batch_init_organization_url(
    call: &mut Call<'_>,
    request: CreateBatchInitOrganizationUrlRequest,
) -> Result<CreateBatchInitOrganizationUrlResponse, Refusal> {
    if request.operate_types.is_empty() {
        return Err(Refusal::ParameterMissing { field: "OperateTypes" });
    }
    if request.proxy_organization_open_ids.is_empty() {
        return Err(Refusal::ParameterMissing { field: "ProxyOrganizationOpenIds" });
    }
    let open_ids = request.proxy_organization_open_ids.iter();
    let organizations = open_ids.map(|open_id| verified(call, open_id)).collect::<Result<Vec<_>, _>>()?;
    let steps: Vec<Step> = request.operate_types.iter().filter_map(|kind| Step::from_wire(kind)).collect();
    let platform = request.is_authorize_platform_application.unwrap_or(false);
    let partner = given(&request.authorized_proxy_organization_open_id);
    let partner = partner.map(|open_id| verified(call, open_id)).transpose()?;
    if steps.contains(&Step::GrantPartner) && partner.is_none() && !platform {
        return Err(Refusal::ParameterMissing { field: "AuthorizedProxyOrganizationOpenId" });
    }
    let deed = Deed::SetUp(SetUp { organizations, steps, platform, partner, main: None });
    let link = call.give_out(deed.clone(), 7 * DAY);
    Ok(CreateBatchInitOrganizationUrlResponse {
        mini_app_path: Urls::deed_path(&deed, &link),
        operate_long_url: call.urls.deed(&deed, &link),
        operate_short_url: call.urls.short(&link),
        qr_code_url: call.urls.deed_picture(&deed, &link),
    })
}

/// A customer of the application that has proved who it is.
fn verified(call: &Call<'_>, open_id: &str) -> Result<OrganizationId, Refusal> {
    let customer = call.caller.agent()?.application.customers().get(open_id);
    let customer = customer.ok_or_else(|| Refusal::OrganizationUnknown { organization: open_id.to_owned() })?;
    if !customer.is_verified() {
        return Err(Refusal::OrganizationNotVerified { organization: open_id.to_owned() });
    }
    Ok(customer.organization.clone())
}
