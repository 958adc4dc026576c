//! `CreateFileCounterSign` has a PDF signed with the platform's own certificate: at once (`SyncMode`), or by a task that takes a while
//! (`api CreateFileCounterSign`). What comes of it is a file of its own, which can be downloaded (`DescribeFileUrls`, `DIGITFILE`) and is
//! known again (`VerifyDigitFile`). It takes one from those the company bought.

use std::sync::Arc;

use bytes::Bytes;
use ess_schemas::ess::{CreateFileCounterSignRequest, CreateFileCounterSignResponse};

use super::describe_file_counter_sign_result::{FINISHED, PROCESSING};
use crate::documents::seal;
use crate::domain::counter_sign::Progress;
use crate::domain::file::Content;
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// The file as it is once it was signed, where there is one.
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, request: &mut CreateFileCounterSignRequest) -> Option<Content> {
    let id = request.file_id.as_str();
    let (content, key) = account
        .enter(edge, |world, _, _| world.files.get(id).map(|file| (file.content.clone(), world.ids.sealing_key())))?;
    let pages = content.pages.clone()?;
    Some(Content::new(Bytes::from(seal(content.bytes.to_vec(), id, &key)), Some(pages)))
}

/// See the module's comment.
///
/// # Errors
/// The company lacks the service or has used up what it bought, has no such file, or it is no PDF.
pub fn create_file_counter_sign(
    call: &mut Call<'_>,
    request: CreateFileCounterSignRequest,
    signed: Option<Content>,
) -> Result<CreateFileCounterSignResponse, Refusal> {
    call.caller.organization.ensure_has(Feature::CounterSigns)?;
    if request.file_id.is_empty() {
        return Err(Refusal::ParameterMissing { field: "FileId" });
    }
    let source = call.usable_file(&request.file_id)?;
    let signed = signed.ok_or_else(|| Refusal::FileNotPdf { file: request.file_id.clone() })?;
    let task = call.counter_sign(&source, signed, request.sync_mode == Some(true))?;
    let (status, result) = match task.progress(call.now) {
        Progress::Finished(file) => (FINISHED, file.to_string()),
        Progress::Processing | Progress::Failed(_) => (PROCESSING, String::new()),
    };
    Ok(CreateFileCounterSignResponse {
        status: Some(status.to_owned()),
        result_file_id: Some(result),
        task_id: Some(task.id.to_string()),
    })
}
