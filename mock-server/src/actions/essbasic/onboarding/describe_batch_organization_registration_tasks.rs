//! `DescribeBatchOrganizationRegistrationTasks` tells how far the companies of batches are; one id nobody knows fails all
//! (ASSUMED: the action publishes a code for it).

use ess_schemas::essbasic::{
    BatchOrganizationRegistrationTasksDetails, DescribeBatchOrganizationRegistrationTasksRequest,
    DescribeBatchOrganizationRegistrationTasksResponse,
};

use crate::actions::onboarding::registrations;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No ids, or one that is none of the application's.
pub fn describe_batch_organization_registration_tasks(
    call: &mut Call<'_>,
    request: DescribeBatchOrganizationRegistrationTasksRequest,
) -> Result<DescribeBatchOrganizationRegistrationTasksResponse, Refusal> {
    let ids = request.task_ids.unwrap_or_default();
    if ids.is_empty() {
        return Err(Refusal::ParameterMissing { field: "TaskIds" });
    }
    let details = ids.iter().map(|id| detail(call, id)).collect::<Result<_, _>>()?;
    Ok(DescribeBatchOrganizationRegistrationTasksResponse { details: Some(details) })
}

fn detail(call: &Call<'_>, id: &str) -> Result<BatchOrganizationRegistrationTasksDetails, Refusal> {
    let (found, status) = registrations::progress(call, call.caller.application(), id)?;
    Ok(BatchOrganizationRegistrationTasksDetails {
        task_id: Some(found.id.to_string()),
        status: Some(status.to_owned()),
        error_message: Some(found.link.as_ref().err().cloned().unwrap_or_default()),
    })
}
