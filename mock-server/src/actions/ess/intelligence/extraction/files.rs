//! Files that can be searched: PDF and Word files up to 10 MB, pictures up to 5 MB (`api CreateBatchInformationExtractionTask`).

use std::sync::Arc;

use crate::domain::file::{MEGABYTE, UploadedFile};
use crate::domain::intelligence::extension;
use crate::domain::intelligence::extraction::FILES;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// The caller's files with these ids.
///
/// # Errors
/// More than five, or one that is not there, not the caller's, too large or not of a kind that can be searched.
pub(super) fn searchable(call: &Call<'_>, ids: &[String]) -> Result<Vec<Arc<UploadedFile>>, Refusal> {
    if ids.len() > FILES {
        return Err(refused(format!("{FILES} files at most")));
    }
    ids.iter().map(|id| one(call, id)).collect()
}

fn one(call: &Call<'_>, id: &str) -> Result<Arc<UploadedFile>, Refusal> {
    let file = call.usable_file(id)?;
    let most = match extension(&file.name).as_str() {
        "pdf" | "doc" | "docx" => 10 * MEGABYTE,
        "png" | "jpg" | "jpeg" => 5 * MEGABYTE,
        _ => return Err(refused(format!("PDF, Word, PNG and JPEG files are searched, and this is {}", file.name))),
    };
    if file.content.bytes.len() > most {
        return Err(refused(format!("{} has more than {} MB", file.name, most / MEGABYTE)));
    }
    Ok(file)
}

fn refused(detail: String) -> Refusal {
    Refusal::ValueNotAllowed { field: "ResourceIds".into(), detail }
}
