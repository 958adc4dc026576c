//! `CreatePartnerAutoSignAuthUrl` asks that a company's machine seal another's contracts: partners' of the same application, or
//! those the platform launches. Either side asks (`AuthToMe`), the granting one signs, within a week
//! (`api CreatePartnerAutoSignAuthUrl`). For a super admin or legal person.
//!
//! `LimitAuthType` is taken; which seals are used is said by `SealTypes` alone.

use ess_schemas::essbasic::{CreatePartnerAutoSignAuthUrlRequest, CreatePartnerAutoSignAuthUrlResponse};

use super::partners::partner;
use crate::actions::partners;
use crate::domain::ids::OrganizationId;
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
    let to_platform = request.platform_app_authorization.unwrap_or(false);
    let to_me = request.auth_to_me.unwrap_or(false);
    let partners = named(call, &request, to_platform, to_me)?;
    let own = call.caller.organization().clone();
    let sides = partners.into_iter().map(|partner| if to_me { (partner, own.clone()) } else { (own.clone(), partner) });
    let sides = sides.collect();
    let link = partners::ask(call, sides, request.seal_types.as_ref(), to_platform)?;
    Ok(CreatePartnerAutoSignAuthUrlResponse {
        url: link.url,
        mini_app_path: Some(link.path),
        expire_time: Some(link.expires_at),
    })
}

/// The partners: the platform alone, or those named, one of them where it is to grant (`api CreatePartnerAutoSignAuthUrl`).
fn named(
    call: &Call<'_>,
    request: &CreatePartnerAutoSignAuthUrlRequest,
    to_platform: bool,
    to_me: bool,
) -> Result<Vec<OrganizationId>, Refusal> {
    let ids = request.authorized_organization_ids.as_deref().unwrap_or_default();
    let names = request.authorized_organization_names.as_deref().unwrap_or_default();
    let wrong =
        |detail: &str| Refusal::ParameterInvalid { field: "AuthorizedOrganizationIds", detail: detail.to_owned() };
    let listed = if ids.is_empty() { names } else { ids };
    match (to_platform, listed) {
        (true, []) => Ok(vec![call.caller.agent()?.application.owner.clone()]),
        (true, [..]) => Err(wrong("nobody is named beside the platform")),
        (false, []) => Err(Refusal::ParameterMissing { field: "AuthorizedOrganizationIds" }),
        (false, [_, _, ..]) if to_me => Err(wrong("one partner at a time grants its seals")),
        (false, listed) => listed.iter().map(|name| partner(call, name)).collect(),
    }
}
