//! `ModifyPartnerAuthorization` puts another callback address in the place of those an application has that the caller made for a
//! partner; nothing else can be changed (`api ModifyPartnerAuthorization`).

use ess_schemas::ess::{ModifyPartnerAuthorizationRequest, ModifyPartnerAuthorizationResponse};

use super::ecosystem::{callback, ensure_marked, own_application};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The caller is no integrator, or has another mark; the application was not made under it; or an address that can never be called.
pub fn modify_partner_authorization(
    call: &mut Call<'_>,
    request: ModifyPartnerAuthorizationRequest,
) -> Result<ModifyPartnerAuthorizationResponse, Refusal> {
    ensure_marked(call, &request.business_id)?;
    let application = own_application(call, &request.partner_application_id, &request.business_id)?;
    let callback = callback(call, request.application_info)?;
    call.world.tell_elsewhere(&application.owner, &application.id, &callback);
    Ok(ModifyPartnerAuthorizationResponse {})
}
