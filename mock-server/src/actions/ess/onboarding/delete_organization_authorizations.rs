//! `DeleteOrganizationAuthorizations` wipes attempts of companies to prove who they are: those of these ids, or all that one
//! administrator began. The operator must be the one who guides them (`api DeleteOrganizationAuthorizations`), and finished ones are
//! not wiped.

use ess_schemas::ess::{
    DeleteOrganizationAuthorizationInfo, DeleteOrganizationAuthorizationsRequest,
    DeleteOrganizationAuthorizationsResponse,
};

use crate::actions::ess::dialect::given;
use crate::actions::onboarding::wiping::{self, Wiped};
use crate::actions::said;
use crate::domain::customer::Customer;
use crate::domain::launch::is_mobile;
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
    let guidance = call.world.directory.guidance_of(call.caller.organization()).cloned();
    let operator = call.caller.operator()?.id.clone();
    let may = |one: &Customer| one.guided.as_ref().is_some_and(|guided| guided.by == operator);
    let ids = match request.authorization_ids.filter(|ids| !ids.is_empty()) {
        Some(ids) => ids,
        None => {
            let name = given(&request.admin_name).ok_or(Refusal::ParameterMissing { field: "AdminName" })?;
            let mobile = given(&request.admin_mobile).ok_or(Refusal::ParameterMissing { field: "AdminMobile" })?;
            if !is_mobile(mobile) {
                return Err(Refusal::MobileInvalid { mobile: mobile.clone() });
            }
            wiping::begun_by(guidance.as_deref(), name, mobile, may)?
        }
    };
    let wiped = wiping::wipe(call, guidance.as_deref(), &ids, may)?;
    Ok(DeleteOrganizationAuthorizationsResponse {
        status: Some(wiping::status(&wiped)),
        delete_organization_authorization_infos: Some(wiped.into_iter().map(info).collect()),
    })
}

/// What could not be wiped is told of in its place (`ex DeleteOrganizationAuthorizations`).
fn info(wiped: Wiped) -> DeleteOrganizationAuthorizationInfo {
    let refused = wiped.refused.map(|refusal| said::<DeleteOrganizationAuthorizationsRequest>(&refusal));
    DeleteOrganizationAuthorizationInfo {
        authorization_id: Some(wiped.authorization),
        organization_name: wiped.company,
        errormessage: Some(refused.unwrap_or_default()),
    }
}
