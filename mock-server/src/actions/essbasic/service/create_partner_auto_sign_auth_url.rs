//! `CreatePartnerAutoSignAuthUrl` asks that a company's machine seal another's contracts: partners' of the same application, or
//! those the platform launches. Either side asks (`AuthToMe`), the granting one signs, within a week
//! (`api CreatePartnerAutoSignAuthUrl`). For a super admin or legal person.
//!
//! `LimitAuthType` is taken; which seals are used is said by `SealTypes` alone.

use ess_schemas::essbasic::{CreatePartnerAutoSignAuthUrlRequest, CreatePartnerAutoSignAuthUrlResponse};

use super::partners;
use crate::domain::ids::OrganizationId;
use crate::domain::partner_grant::{GrantState, PartnerGrant};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

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
    let sides: Vec<_> = sides.collect();
    for (granting, partner) in &sides {
        let former = call.world.directory.partner_grants.get(PartnerGrant::key(granting, partner).as_str());
        former.map_or(Ok(()), |former| former.ensure_free(call.now))?;
    }
    let granting = sides.first().map_or(own, |(granting, _)| granting.clone());
    let on_behalf = partners::signer(call, &granting)?;
    let seals = partners::seals(request.seal_types.as_ref());
    let keys = sides.iter().map(|(granting, partner)| PartnerGrant::key(granting, partner)).collect();
    let link = partners::link(call, keys, seals.clone(), on_behalf);
    for (granting, partner) in sides {
        call.world.directory.partner_grants.insert(PartnerGrant {
            key: PartnerGrant::key(&granting, &partner),
            granting,
            partner,
            application: call.caller.application().cloned(),
            seals: seals.clone(),
            to_platform,
            signed_by: None,
            state: GrantState::Pending { until: link.expires_at },
        });
    }
    Ok(CreatePartnerAutoSignAuthUrlResponse {
        url: call.urls.short(&link),
        mini_app_path: Some(Urls::consent_path(&link)),
        expire_time: Some(link.expires_at.seconds()),
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
        (false, listed) => listed.iter().map(|name| partners::partner(call, name)).collect(),
    }
}
