//! `DescribeFileConvertTask` tells how far a conversion is, and the PDF's id once there is one.

use ess_schemas::essbasic::{DescribeFileConvertTaskRequest, DescribeFileConvertTaskResponse};

use crate::actions::conversion;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// As [`conversion::report`].
pub fn describe_file_convert_task(
    call: &mut Call<'_>,
    request: DescribeFileConvertTaskRequest,
) -> Result<DescribeFileConvertTaskResponse, Refusal> {
    let report = conversion::report(call, &request.task_id)?;
    Ok(DescribeFileConvertTaskResponse {
        task_id: request.task_id,
        task_status: report.status,
        task_message: report.message.to_owned(),
        resource_id: report.file,
    })
}
