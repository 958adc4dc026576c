//! `DescribeDraftContractByPromptsTask` tells how far a draft is, and at its end which file it became: by id, as if somebody had uploaded
//! it, and where it can be fetched for two hours.
//!
//! 0 created, 1 running, 2 done, 3 failed, then with `Message` (`api DescribeDraftContractByPromptsTask`). An example shows a refusal
//! beside a file and 2; here a refused draft has failed and has no file, as the text says.

use ess_schemas::ess::{DescribeDraftContractByPromptsTaskRequest, DescribeDraftContractByPromptsTaskResponse};

use crate::domain::intelligence::draft::Draft;
use crate::domain::intelligence::timing::Progress;
use crate::domain::refusal::Refusal;
use crate::domain::time::HOUR;
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::ResourceKind;

/// See the module's comment.
///
/// # Errors
/// The company has no such draft.
pub fn describe_draft_contract_by_prompts_task(
    call: &mut Call<'_>,
    request: DescribeDraftContractByPromptsTaskRequest,
) -> Result<DescribeDraftContractByPromptsTaskResponse, Refusal> {
    let own = call.world.intelligence.drafts.get(request.task_id.as_str());
    let own = own.filter(|one| &one.task.organization == call.caller.organization()).cloned();
    let draft = own.ok_or(Refusal::IntelligenceTaskUnknown { task: request.task_id })?;
    let ended = draft.task.progress(call.now) == Progress::Ended;
    let drafted = draft.outcome.as_ref().ok().filter(|_| ended);
    let failed = draft.outcome.as_ref().err().filter(|_| ended);
    let text = |text: Option<String>| Some(text.unwrap_or_default());
    Ok(DescribeDraftContractByPromptsTaskResponse {
        status: Some(status(&draft, call)),
        message: text(failed.map(|one| one.message.clone())),
        contract_name: text(drafted.map(|_| draft.task.name.clone())),
        resource_id: text(drafted.map(|one| one.file.to_string())),
        contract_url: text(drafted.map(|_| url(call, &draft))),
    })
}

fn status(draft: &Draft, call: &Call<'_>) -> i64 {
    match draft.task.progress(call.now) {
        Progress::Created | Progress::Queued => 0,
        Progress::Running => 1,
        Progress::Ended if draft.outcome.is_ok() => 2,
        Progress::Ended => 3,
    }
}

fn url(call: &Call<'_>, draft: &Draft) -> String {
    let (kind, id) = (ResourceKind::Draft.wire(), draft.task.id.as_str());
    let key = download::key(&call.world.ids, kind, id, call.now.plus(2 * HOUR));
    call.urls.file(kind, id, 0, "DOCX", &key)
}
