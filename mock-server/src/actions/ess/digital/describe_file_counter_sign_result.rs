//! `DescribeFileCounterSignResult` says how far a task is that signs a file with the platform's own certificate, and what came of it
//! (`api DescribeFileCounterSignResult`). None fails here by itself; a world file has some that did.

use ess_schemas::ess::{DescribeFileCounterSignResultRequest, DescribeFileCounterSignResultResponse};

use crate::actions::ess::dialect::given;
use crate::domain::counter_sign::Progress;
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

pub(super) const PROCESSING: &str = "PROCESSING";
pub(super) const FINISHED: &str = "FINISHED";
const FAILED: &str = "FAILED";

/// See the module's comment.
///
/// # Errors
/// The company lacks the service, or has no such task.
pub fn describe_file_counter_sign_result(
    call: &mut Call<'_>,
    request: DescribeFileCounterSignResultRequest,
) -> Result<DescribeFileCounterSignResultResponse, Refusal> {
    call.caller.organization.ensure_has(Feature::CounterSigns)?;
    let id = given(&request.task_id).ok_or(Refusal::ParameterMissing { field: "TaskId" })?;
    let task = call.world.counter_signs.get(id.as_str()).filter(|one| &one.owner == call.caller.organization());
    let task = task.ok_or_else(|| Refusal::CounterSignUnknown { task: id.clone() })?;
    let (status, result, error) = match task.progress(call.now) {
        Progress::Processing => (PROCESSING, String::new(), ""),
        Progress::Finished(file) => (FINISHED, file.to_string(), ""),
        Progress::Failed(why) => (FAILED, String::new(), why),
    };
    Ok(DescribeFileCounterSignResultResponse {
        status: Some(status.to_owned()),
        result_file_id: Some(result),
        error_detail: Some(error.to_owned()),
    })
}
