//! `ModifyPartnerAutoSignAuthUrl` asks the granting company to let a partner use other seals than before; nothing changes until it signs, and the
//! partner changes nothing (`api ModifyPartnerAutoSignAuthUrl`). For a super admin or legal person of the granting company.

use ess_schemas::ess::{ModifyPartnerAutoSignAuthUrlRequest, ModifyPartnerAutoSignAuthUrlResponse};

use super::partners::partner;
use crate::actions::ess::dialect::given;
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
    let (id, name) = (given(&request.authorized_organization_id), given(&request.authorized_organization_name));
    let partner = partner(call, id, name)?;
    let link = partners::change(call, &partner, request.seal_types.as_ref())?;
    Ok(ModifyPartnerAutoSignAuthUrlResponse {
        url: Some(link.url),
        mini_app_path: Some(link.path),
        expire_time: Some(link.expires_at),
    })
}
