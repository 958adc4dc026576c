//! `DeleteOrganizationAuthorizations` wipes attempts of companies to prove who they are: those of these ids, or all that one
//! administrator began (`api DeleteOrganizationAuthorizations`). Only the application's own are wiped, and finished ones are not.

use ess_schemas::essbasic::{
    DeleteOrganizationAuthorizationInfo, DeleteOrganizationAuthorizationsRequest,
    DeleteOrganizationAuthorizationsResponse,
};

use crate::actions::essbasic::dialect::given;
use crate::actions::onboarding::wiping::{self, Wiped};
use crate::actions::said;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Neither ids nor an administrator were named, or the administrator has begun nothing that is under way.
pub fn delete_organization_authorizations(
    call: &mut Call<'_>,
    request: DeleteOrganizationAuthorizationsRequest,
) -> Result<DeleteOrganizationAuthorizationsResponse, Refusal> {
    let application = call.caller.agent()?.application.clone();
    let ids = match request.authorization_ids.filter(|ids| !ids.is_empty()) {
        Some(ids) => ids,
        None => {
            let name = given(&request.admin_name).ok_or(Refusal::ParameterMissing { field: "AdminName" })?;
            let mobile = given(&request.admin_mobile).ok_or(Refusal::ParameterMissing { field: "AdminMobile" })?;
            wiping::begun_by(Some(&application), name, mobile, |_| true)?
        }
    };
    let wiped = wiping::wipe(call, Some(&application), &ids, |_| true)?;
    Ok(DeleteOrganizationAuthorizationsResponse {
        status: Some(wiping::status(&wiped)),
        delete_organization_authorization_infos: Some(wiped.into_iter().map(info).collect()),
    })
}

/// What could not be wiped is told of in its place, without a message when it could (`ex DeleteOrganizationAuthorizations`).
fn info(wiped: Wiped) -> DeleteOrganizationAuthorizationInfo {
    DeleteOrganizationAuthorizationInfo {
        authorization_id: Some(wiped.authorization),
        organization_name: wiped.company,
        organization_open_id: wiped.customer.map(|id| id.to_string()),
        errormessage: wiped.refused.map(|refusal| said::<DeleteOrganizationAuthorizationsRequest>(&refusal)),
    }
}
