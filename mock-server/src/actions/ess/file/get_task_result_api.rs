//! `GetTaskResultApi` tells how far a conversion is, and the PDF's id once there is one.

use ess_schemas::ess::{GetTaskResultApiRequest, GetTaskResultApiResponse};

use crate::actions::conversion;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// As [`conversion::report`].
pub fn get_task_result_api(
    call: &mut Call<'_>,
    request: GetTaskResultApiRequest,
) -> Result<GetTaskResultApiResponse, Refusal> {
    let report = conversion::report(call, &request.task_id)?;
    Ok(GetTaskResultApiResponse {
        task_id: request.task_id,
        task_status: report.status,
        task_message: report.message.to_owned(),
        resource_id: report.file,
    })
}
