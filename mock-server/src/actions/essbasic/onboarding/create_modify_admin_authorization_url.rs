//! `CreateModifyAdminAuthorizationUrl` makes the link by which a letter that was turned down is uploaded again. It does not expire;
//! it is for whoever uploaded the first (`api CreateModifyAdminAuthorizationUrl`).

use ess_schemas::essbasic::{CreateModifyAdminAuthorizationUrlRequest, CreateModifyAdminAuthorizationUrlResponse};

use crate::actions::essbasic::dialect::given;
use crate::actions::onboarding::letter_again;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No record was named, the application has none of that id, or its letter was not turned down.
pub fn create_modify_admin_authorization_url(
    call: &mut Call<'_>,
    request: CreateModifyAdminAuthorizationUrlRequest,
) -> Result<CreateModifyAdminAuthorizationUrlResponse, Refusal> {
    let id = given(&request.authorization_id).ok_or(Refusal::ParameterMissing { field: "AuthorizationId" })?;
    let unknown = || Refusal::AuthorizationUnknown { authorization: id.clone() };
    let application = call.caller.agent()?.application.clone();
    let url = letter_again::url(call, &application, id, given(&request.endpoint), unknown)?;
    Ok(CreateModifyAdminAuthorizationUrlResponse { url: Some(url) })
}
