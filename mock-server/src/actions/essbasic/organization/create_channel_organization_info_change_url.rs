//! `CreateChannelOrganizationInfoChangeUrl` makes a link by which a customer's super administrator hands their part over (1), or its
//! data are changed (2). Seven days; whoever opens it must be super administrator or legal person
//! (`api CreateChannelOrganizationInfoChangeUrl`).

use ess_schemas::essbasic::{
    CreateChannelOrganizationInfoChangeUrlRequest, CreateChannelOrganizationInfoChangeUrlResponse,
};

use crate::domain::deed::Deed;
use crate::domain::employee::Role;
use crate::domain::masking;
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// Another kind of change, which the limits of the field refuse.
pub fn create_channel_organization_info_change_url(
    call: &mut Call<'_>,
    request: CreateChannelOrganizationInfoChangeUrlRequest,
) -> Result<CreateChannelOrganizationInfoChangeUrlResponse, Refusal> {
    let company = call.caller.organization().clone();
    let deed = if request.change_type == 1 { Deed::ChangeAdministrator(company) } else { Deed::ChangeData(company) };
    let link = call.give_out(deed.clone(), 7 * DAY);
    let url = match request.endpoint.as_deref() {
        Some("APP") => format!("/{}{}", Urls::deed_path(&deed, &link), described(call, link.expires_at.seconds())),
        _ => call.urls.short(&link),
    };
    Ok(CreateChannelOrganizationInfoChangeUrlResponse { url: Some(url), expired_time: Some(link.expires_at.seconds()) })
}

/// What the path says of the customer (`ex CreateChannelOrganizationInfoChangeUrl`, which has no key; ours needs one).
fn described(call: &Call<'_>, expires: i64) -> String {
    let company = &call.caller.organization;
    let admin = call.world.directory.employee_with(&company.id, Role::SuperAdmin);
    let admin = admin.map(|one| masking::name(&one.name)).unwrap_or_default();
    let legal = masking::name(&company.legal_name);
    format!("&organizationId={}&adminName={admin}&legalName={legal}&expireTime={expires}", company.id)
}
