//! `ExportContractReviewResult` tells where a review is fetched as a file: 1 the contract with a note at every risk, 2 a workbook of what
//! was found and read, 3 the contract as it was, 4 the contract without notes. Nobody edits a contract while it is reviewed here, so that
//! 3 and 4 are the same.

use std::time::Duration;

use ess_schemas::ess::{ExportContractReviewResultRequest, ExportContractReviewResultResponse};

use crate::domain::refusal::Refusal;
use crate::domain::time::MINUTE;
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::{Resource, ResourceKind};

/// How long the file can be fetched (ASSUMED: as other tables and documents).
pub(super) const LIFETIME: Duration = Duration::from_secs(5 * MINUTE.as_secs());

/// See the module's comment.
///
/// # Errors
/// The company has no such review, or it has not come to anything yet.
pub fn export_contract_review_result(
    call: &mut Call<'_>,
    request: ExportContractReviewResultRequest,
) -> Result<ExportContractReviewResultResponse, Refusal> {
    let review = call.world.review(&request.task_id, call.caller.organization())?;
    review.report(call.now)?;
    let kind = match request.file_type {
        1 => ResourceKind::ReviewNotes,
        2 => ResourceKind::ReviewResult,
        _ => ResourceKind::ReviewedFile,
    };
    let id = review.task.id.as_str();
    let unknown = || Refusal::ReviewUnknown { task: id.to_owned() };
    let extension = Resource::find(call.world, kind, id).ok_or_else(unknown)?.extension();
    let key = download::key(&call.world.ids, kind.wire(), id, call.now.plus(LIFETIME));
    Ok(ExportContractReviewResultResponse { url: Some(call.urls.file(kind.wire(), id, 0, extension, &key)) })
}
