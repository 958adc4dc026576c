//! `DescribeBatchOrganizationRegistrationUrls` answers a batch's links, once they are there: until then its companies stand there
//! without (ASSUMED; `api DescribeBatchOrganizationRegistrationUrls` asks to wait some seconds).

use ess_schemas::ess::{
    DescribeBatchOrganizationRegistrationUrlsRequest, DescribeBatchOrganizationRegistrationUrlsResponse,
    OrganizationAuthUrl,
};

use crate::actions::onboarding::registrations;
use crate::domain::link::Link;
use crate::domain::onboarding::registration::Door;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// See the module's comment.
///
/// # Errors
/// The caller has no such batch.
pub fn describe_batch_organization_registration_urls(
    call: &mut Call<'_>,
    request: DescribeBatchOrganizationRegistrationUrlsRequest,
) -> Result<DescribeBatchOrganizationRegistrationUrlsResponse, Refusal> {
    let guidance = call.world.directory.guidance_of(call.caller.organization()).map(|one| &one.id);
    let (batch, own) = registrations::batch(call, guidance, &request.task_id)?;
    let ready = batch.is_ready(call.now);
    let urls = own.into_iter().map(|one| OrganizationAuthUrl {
        auth_url: Some(
            registrations::link(call, one, ready)
                .map(|link| url(call.urls, link, &one.name, batch.door))
                .unwrap_or_default(),
        ),
        error_message: Some(one.link.as_ref().err().cloned().unwrap_or_default()),
        sub_task_id: Some(one.id.to_string()),
        organization_name: Some(one.name.clone()),
    });
    Ok(DescribeBatchOrganizationRegistrationUrlsResponse { organization_auth_urls: Some(urls.collect()) })
}

fn url(urls: &Urls, link: &Link, company: &str, door: Door) -> String {
    match door {
        Door::Desk => urls.batch_register(link, company),
        Door::MiniProgram => Urls::mini_batch_register_path(link, company),
        Door::Phone => urls.register_by_phone(link),
        Door::Short => urls.short(link),
    }
}
