//! `DescribeArchiveFlowTask` tells what became of contracts handed in with `CreateArchiveFlowTask`.

use ess_schemas::ess::{ArchiveFlowResult, DescribeArchiveFlowTaskRequest, DescribeArchiveFlowTaskResponse};

use crate::domain::archive::{ArchiveEntry, ArchiveProgress, NotArchived};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment. Results are there once the task has ended (ASSUMED).
///
/// # Errors
/// The caller's company has no such task.
pub fn describe_archive_flow_task(
    call: &mut Call<'_>,
    request: DescribeArchiveFlowTaskRequest,
) -> Result<DescribeArchiveFlowTaskResponse, Refusal> {
    let task = call.world.archive_tasks.get(request.task_id.as_str());
    let task = task.filter(|task| &task.owner == call.caller.organization());
    let task = task.ok_or(Refusal::ArchiveTaskUnknown { task: request.task_id })?;
    let progress = task.progress(call.now);
    let (status, results) = match progress {
        ArchiveProgress::Pending => (0, Vec::new()),
        ArchiveProgress::Running => (1, Vec::new()),
        ArchiveProgress::Done => (2, task.entries.iter().map(result).collect()),
        ArchiveProgress::DoneWithFailures => (3, task.entries.iter().map(result).collect()),
    };
    Ok(DescribeArchiveFlowTaskResponse { status: Some(status), archive_flow_results: Some(results) })
}

fn result(entry: &ArchiveEntry) -> ArchiveFlowResult {
    ArchiveFlowResult {
        flow_id: Some(entry.outcome.as_ref().map(ToString::to_string).unwrap_or_default()),
        archive_flow_status: Some(i64::from(entry.outcome.is_err())),
        business_id: Some(entry.business.clone()),
        resource_id_list: Some(vec![entry.file.to_string()]),
        error_message: Some(entry.outcome.as_ref().err().map(|why| message(*why).to_owned()).unwrap_or_default()),
    }
}

/// Texts as other actions say the same (`ex DescribeFileUrls`, `sdk`); which ones are used here is ASSUMED.
fn message(why: NotArchived) -> &'static str {
    match why {
        NotArchived::FileRemoved => "文件已被删除，请联系客服处理。",
        NotArchived::FileUnusable => "资源不存在或无权限",
    }
}
