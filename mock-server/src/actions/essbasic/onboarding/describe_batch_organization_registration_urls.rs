//! `DescribeBatchOrganizationRegistrationUrls` answers a batch's ways into the console, once they are there: until then its
//! companies stand there without (ASSUMED; `api DescribeBatchOrganizationRegistrationUrls` asks to wait some seconds).

use ess_schemas::essbasic::{
    DescribeBatchOrganizationRegistrationUrlsRequest, DescribeBatchOrganizationRegistrationUrlsResponse,
    OrganizationAuthUrl,
};

use crate::actions::onboarding::registrations;
use crate::domain::onboarding::registration::Registration;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// There is no such batch in this application.
pub fn describe_batch_organization_registration_urls(
    call: &mut Call<'_>,
    request: DescribeBatchOrganizationRegistrationUrlsRequest,
) -> Result<DescribeBatchOrganizationRegistrationUrlsResponse, Refusal> {
    let (batch, own) = registrations::batch(call, call.caller.application(), &request.task_id)?;
    let urls = own.into_iter().map(|one| url(call, one, batch.is_ready(call.now)));
    Ok(DescribeBatchOrganizationRegistrationUrlsResponse { organization_auth_urls: Some(urls.collect()) })
}

fn url(call: &Call<'_>, registration: &Registration, ready: bool) -> OrganizationAuthUrl {
    let link = registrations::link(call, registration, ready);
    OrganizationAuthUrl {
        auth_url: Some(link.map(|link| call.urls.batch_register(link, &registration.name)).unwrap_or_default()),
        error_message: Some(registration.link.as_ref().err().cloned().unwrap_or_default()),
        organization_name: Some(registration.name.clone()),
        sub_task_id: Some(registration.id.to_string()),
    }
}
