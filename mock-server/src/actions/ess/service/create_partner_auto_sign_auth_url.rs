//! `CreatePartnerAutoSignAuthUrl` asks that a company's machine seal a partner's contracts. Either side asks (`AuthToMe`), the granting one signs,
//! within a week (`api CreatePartnerAutoSignAuthUrl`); a company whose machine is not on opens it by that signature too. For a super admin or legal
//! person.
//!
//! `LimitAuthType` is taken; which seals are used is said by `SealTypes` alone.

use ess_schemas::ess::{CreatePartnerAutoSignAuthUrlRequest, CreatePartnerAutoSignAuthUrlResponse};

use super::partners::partner;
use crate::actions::ess::dialect::given;
use crate::actions::partners;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The operator is neither, no partner was named or one nobody knows, or the grant was asked for before.
pub fn create_partner_auto_sign_auth_url(
    call: &mut Call<'_>,
    request: CreatePartnerAutoSignAuthUrlRequest,
) -> Result<CreatePartnerAutoSignAuthUrlResponse, Refusal> {
    call.caller.administrator()?;
    let (id, name) = (given(&request.authorized_organization_id), given(&request.authorized_organization_name));
    let partner = partner(call, id, name)?;
    let own = call.caller.organization().clone();
    let sides = if request.auth_to_me == Some(true) { (partner, own) } else { (own, partner) };
    let link = partners::ask(call, vec![sides], request.seal_types.as_ref(), false)?;
    Ok(CreatePartnerAutoSignAuthUrlResponse {
        url: Some(link.url),
        mini_app_path: Some(link.path),
        expire_time: Some(link.expires_at),
    })
}
