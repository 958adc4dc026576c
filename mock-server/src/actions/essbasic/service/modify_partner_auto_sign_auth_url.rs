//! `ModifyPartnerAutoSignAuthUrl` asks the granting company to let a partner use other seals than before
//! (`api ModifyPartnerAutoSignAuthUrl`); nothing changes until it signs. For a super admin or legal person of that company.

use ess_schemas::essbasic::{ModifyPartnerAutoSignAuthUrlRequest, ModifyPartnerAutoSignAuthUrlResponse};

use super::partners::partner;
use crate::actions::essbasic::dialect::given;
use crate::actions::partners;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The operator is neither, no partner was named or one nobody knows, or there is no such grant of the company's.
pub fn modify_partner_auto_sign_auth_url(
    call: &mut Call<'_>,
    request: ModifyPartnerAutoSignAuthUrlRequest,
) -> Result<ModifyPartnerAutoSignAuthUrlResponse, Refusal> {
    call.caller.administrator()?;
    if request.auth_to_me == Some(true) {
        let detail = "the granting company changes its grant".to_owned();
        return Err(Refusal::ParameterInvalid { field: "AuthToMe", detail });
    }
    let partner = if request.platform_app_authorization == Some(true) {
        call.caller.agent()?.application.owner.clone()
    } else {
        let name = given(&request.authorized_organization_id).or_else(|| given(&request.authorized_organization_name));
        partner(call, name.ok_or(Refusal::ParameterMissing { field: "AuthorizedOrganizationId" })?)?
    };
    let link = partners::change(call, &partner, request.seal_types.as_ref())?;
    Ok(ModifyPartnerAutoSignAuthUrlResponse {
        url: link.url,
        mini_app_path: Some(link.path),
        expire_time: Some(link.expires_at),
    })
}
