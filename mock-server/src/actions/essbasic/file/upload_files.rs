//! `UploadFiles` takes files in, one or many, as base64, and answers a link to each.
//!
//! Pictures under 8 MB, others under 60 MB; a name may do without extension, and the content says what it is
//! (`api UploadFiles`, `ex UploadFiles`).

use std::sync::Arc;

use ess_schemas::essbasic::{UploadFilesRequest, UploadFilesResponse};

use crate::actions::letters::url_of_uploaded;
use crate::actions::uploading::{self, Incoming, Said, Upload};
use crate::domain::file::MEGABYTE;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Decodes and inspects the files before the world is opened.
pub(in crate::actions) fn prepare(_: &Arc<Account>, _: EdgeTime, request: &mut UploadFilesRequest) -> Upload {
    let files = request.file_infos.take().unwrap_or_default();
    let files = files.into_iter().map(|file| Incoming { name: file.file_name, body: file.file_body });
    let said = Said { business_type: &request.business_type, file_type: None, pictures: 8 * MEGABYTE, guesses: true };
    uploading::decode_all(&said, files.collect())
}

/// See the module's comment.
///
/// # Errors
/// What is wrong with the first bad file, or with the asked-for lifetime.
pub(in crate::actions) fn upload_files(
    call: &mut Call<'_>,
    request: UploadFilesRequest,
    upload: Upload,
) -> Result<UploadFilesResponse, Refusal> {
    let (files, expires_at) = uploading::keep(call, upload, request.deadline)?;
    let ids: Vec<String> = files.iter().map(|file| file.id.to_string()).collect();
    Ok(UploadFilesResponse {
        total_count: i64::try_from(ids.len()).unwrap_or(i64::MAX),
        file_urls: ids.iter().map(|id| url_of_uploaded(call, id)).collect(),
        file_ids: ids,
        deadline: Some(expires_at.seconds()),
    })
}
