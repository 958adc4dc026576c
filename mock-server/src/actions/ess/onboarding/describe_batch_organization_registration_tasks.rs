//! `DescribeBatchOrganizationRegistrationTasks` tells how far the companies of batches are; one id nobody knows fails all
//! (ASSUMED: the action publishes a code for it).

use ess_schemas::ess::{
    BatchOrganizationRegistrationTasksDetails, DescribeBatchOrganizationRegistrationTasksRequest,
    DescribeBatchOrganizationRegistrationTasksResponse,
};

use crate::actions::onboarding::registrations;
use crate::domain::ids::ApplicationId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No ids, or one that is none of the caller's.
pub fn describe_batch_organization_registration_tasks(
    call: &mut Call<'_>,
    request: DescribeBatchOrganizationRegistrationTasksRequest,
) -> Result<DescribeBatchOrganizationRegistrationTasksResponse, Refusal> {
    let ids = request.task_ids.unwrap_or_default();
    if ids.is_empty() {
        return Err(Refusal::ParameterMissing { field: "TaskIds" });
    }
    let guidance = call.world.directory.guidance_of(call.caller.organization()).map(|one| &one.id);
    let details = ids.iter().map(|id| detail(call, guidance, id)).collect::<Result<_, _>>()?;
    Ok(DescribeBatchOrganizationRegistrationTasksResponse { details: Some(details) })
}

fn detail(
    call: &Call<'_>,
    guidance: Option<&ApplicationId>,
    id: &str,
) -> Result<BatchOrganizationRegistrationTasksDetails, Refusal> {
    let (found, status) = registrations::progress(call, guidance, id)?;
    let (_, customer) = call.world.customer(&found.customer)?;
    Ok(BatchOrganizationRegistrationTasksDetails {
        task_id: Some(found.id.to_string()),
        status: Some(status.to_owned()),
        error_message: Some(found.link.as_ref().err().cloned().unwrap_or_default()),
        authorization_info_id: customer.certification.record.as_ref().map(|record| record.id.to_string()),
    })
}
