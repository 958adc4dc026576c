//! `CreateBatchOrganizationAuthorizationUrl` makes one link to the ways in of several companies of batches, for the one who is to
//! prove them all (`api CreateBatchOrganizationAuthorizationUrl`).

use ess_schemas::ess::{
    CreateBatchOrganizationAuthorizationUrlRequest, CreateBatchOrganizationAuthorizationUrlResponse,
};

use crate::actions::ess::dialect::{card, given};
use crate::actions::onboarding::registrations;
use crate::domain::onboarding::registration::Named;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody or nothing was named, or none of the companies is that administrator's.
pub fn create_batch_organization_authorization_url(
    call: &mut Call<'_>,
    request: CreateBatchOrganizationAuthorizationUrlRequest,
) -> Result<CreateBatchOrganizationAuthorizationUrlResponse, Refusal> {
    for (field, value) in [("AdminName", &request.admin_name), ("AdminMobile", &request.admin_mobile)] {
        if value.is_empty() {
            return Err(Refusal::ParameterMissing { field });
        }
    }
    let ids = request.sub_task_ids.unwrap_or_default();
    if ids.is_empty() {
        return Err(Refusal::ParameterMissing { field: "SubTaskIds" });
    }
    let card = card(request.admin_id_card_type.as_deref(), request.admin_id_card_number.as_ref()).unwrap_or_default();
    let admin = Named { name: request.admin_name, mobile: request.admin_mobile, card };
    let guidance = call.world.directory.guidance_of(call.caller.organization()).cloned();
    let (url, over) = registrations::one_link(call, guidance.as_deref(), ids, &admin, given(&request.endpoint))?;
    Ok(CreateBatchOrganizationAuthorizationUrlResponse {
        auth_url: Some(url),
        error_messages: Some(Vec::new()),
        expire_time: Some(over),
    })
}
