//! `CreateOrganizationGroupInvitationLink` makes the link by which companies join the caller's holding group: a picture of a QR code, a
//! short link and a path in the mini program, until the moment asked for, thirty days from now at most
//! (`api CreateOrganizationGroupInvitationLink`). Any number of companies may come by it.

use ess_schemas::ess::{CreateOrganizationGroupInvitationLinkRequest, CreateOrganizationGroupInvitationLinkResponse};

use crate::domain::link::Opens;
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, Timestamp};
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// The company has no group, or the link would be over already, or live too long.
pub fn create_organization_group_invitation_link(
    call: &mut Call<'_>,
    request: CreateOrganizationGroupInvitationLinkRequest,
) -> Result<CreateOrganizationGroupInvitationLinkResponse, Refusal> {
    call.caller.organization.ensure_has_group()?;
    let expires_at = Timestamp::from_seconds(request.expire_time);
    if expires_at <= call.now || expires_at > call.now.plus(30 * DAY) {
        let detail = "ExpireTime: expected a moment to come, within 30 days".to_owned();
        return Err(Refusal::LinkExpiryInvalid { detail });
    }
    let main = call.caller.organization().clone();
    let link = call.world.add_link(Opens::Invitation(main.clone()), expires_at, None);
    Ok(CreateOrganizationGroupInvitationLinkResponse {
        link: call.urls.group_picture(&main, &link),
        expire_time: expires_at.seconds(),
        jump_url: call.urls.short(&link),
        mini_app_path: Some(Urls::mini_invitation_path(&link)),
    })
}
