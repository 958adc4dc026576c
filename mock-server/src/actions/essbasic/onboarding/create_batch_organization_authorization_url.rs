//! `CreateBatchOrganizationAuthorizationUrl` makes one link to the ways in of several companies of batches, for the one who is to
//! prove them all (`api CreateBatchOrganizationAuthorizationUrl`).

use ess_schemas::essbasic::{
    CreateBatchOrganizationAuthorizationUrlRequest, CreateBatchOrganizationAuthorizationUrlResponse,
};

use crate::actions::essbasic::dialect::given;
use crate::actions::onboarding::registrations;
use crate::actions::words::card;
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
    let name = given(&request.admin_name).ok_or(Refusal::ParameterMissing { field: "AdminName" })?.clone();
    let mobile = given(&request.admin_mobile).ok_or(Refusal::ParameterMissing { field: "AdminMobile" })?.clone();
    let ids = request.sub_task_ids.unwrap_or_default();
    if ids.is_empty() {
        return Err(Refusal::ParameterMissing { field: "SubTaskIds" });
    }
    let card = card(request.admin_id_card_type.as_deref(), request.admin_id_card_number.as_ref()).unwrap_or_default();
    let application = call.caller.agent()?.application.clone();
    let admin = Named { name, mobile, card };
    let (auth_url, expire_time) =
        registrations::one_link(call, Some(&application), ids, &admin, given(&request.endpoint))?;
    Ok(CreateBatchOrganizationAuthorizationUrlResponse { auth_url, error_messages: Vec::new(), expire_time })
}
