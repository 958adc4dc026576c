//! `UploadFiles` takes files in, one or many, as base64.
//!
//! Extensions per business type, one kind for all files, sizes, life of an hour: `api UploadFiles`. `FileUrls` would make this
//! server fetch from elsewhere and is refused. `CoverRect` is taken and changes nothing: grey boxes stay grey.

use std::sync::Arc;

use ess_schemas::ess::{UploadFilesRequest, UploadFilesResponse};

use crate::actions::uploading::{self, Incoming, Said, Upload};
use crate::domain::file::{MEGABYTE, Purpose};
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Decodes and inspects the files before the world is opened.
pub(in crate::actions) fn prepare(_: &Arc<Account>, _: EdgeTime, request: &mut UploadFilesRequest) -> Upload {
    if Purpose::from_wire(&request.business_type).is_some()
        && request.file_urls.as_ref().is_some_and(|urls| !urls.is_empty())
    {
        return Err(Refusal::FileContentRefused {
            detail: "FileUrls: this server fetches nothing; send FileInfos".into(),
        });
    }
    let files = request.file_infos.take().unwrap_or_default();
    let files = files.into_iter().map(|file| Incoming { name: file.file_name, body: file.file_body });
    let said = Said {
        business_type: &request.business_type,
        file_type: request.file_type.as_deref(),
        pictures: 5 * MEGABYTE,
        guesses: false,
    };
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
    Ok(UploadFilesResponse {
        file_ids: files.iter().map(|file| file.id.to_string()).collect(),
        total_count: i64::try_from(files.len()).unwrap_or(i64::MAX),
        deadline: Some(expires_at.seconds()),
    })
}
