//! `UploadFiles` takes files in, one or many, as base64.
//!
//! Extensions per business type, one kind for all files, sizes, life of an hour: `api UploadFiles`. What is inside must be
//! what the name says (ASSUMED: the vendor's own converter fails on it later). `FileUrls` would make this server fetch from
//! elsewhere and is refused. `CoverRect` is taken and changes nothing: grey boxes stay grey.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use ess_schemas::ess::{UploadFile, UploadFilesRequest, UploadFilesResponse};

use crate::documents::inspect;
use crate::domain::file::{Content, LIFETIME, Purpose, UploadedFile, has_the_head_of};
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, Timestamp};
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::ids::Kind;

/// Files one call may bring (`api UploadFiles`).
const FILES_PER_CALL: usize = 20;

/// A decoded file, ready to be kept.
pub struct Ready {
    name: String,
    content: Arc<Content>,
}

/// Decodes and inspects the files before the world is opened.
pub fn prepare(
    _: &Arc<Account>,
    _: EdgeTime,
    request: &mut UploadFilesRequest,
) -> Result<(Purpose, Vec<Ready>), Refusal> {
    let purpose = Purpose::from_wire(&request.business_type)
        .ok_or_else(|| Refusal::BusinessTypeInvalid { kind: request.business_type.clone() })?;
    if request.file_urls.as_ref().is_some_and(|urls| !urls.is_empty()) {
        return Err(Refusal::FileContentRefused {
            detail: "FileUrls: this server fetches nothing; send FileInfos".into(),
        });
    }
    let files = request.file_infos.take().unwrap_or_default();
    if files.is_empty() {
        return Err(Refusal::FileContentRefused { detail: "FileInfos is empty".into() });
    }
    if files.len() > FILES_PER_CALL {
        return Err(Refusal::TooManyFiles { limit: FILES_PER_CALL });
    }
    let kind = request.file_type.as_deref();
    let files = files.into_iter().map(|file| decode(file, purpose, kind)).collect::<Result<_, _>>()?;
    Ok((purpose, files))
}

/// See the module's comment.
///
/// # Errors
/// What is wrong with the first bad file, or with the asked-for lifetime.
pub fn upload_files(
    call: &mut Call<'_>,
    request: UploadFilesRequest,
    ready: Result<(Purpose, Vec<Ready>), Refusal>,
) -> Result<UploadFilesResponse, Refusal> {
    let (purpose, files) = ready?;
    let expires_at = expiry(request.deadline, call.now)?;
    let mut file_ids = Vec::with_capacity(files.len());
    for file in files {
        let id = call.world.ids.next(Kind::File);
        let file = UploadedFile {
            id: id.as_str().into(),
            owner: call.caller.organization().clone(),
            name: file.name,
            purpose,
            content: file.content,
            expires_at,
        };
        call.world.add_file(file, call.now);
        file_ids.push(id);
    }
    let total_count = i64::try_from(file_ids.len()).unwrap_or(i64::MAX);
    Ok(UploadFilesResponse { file_ids, total_count, deadline: Some(expires_at.seconds()) })
}

/// At most a year from now (`api UploadFiles`).
fn expiry(asked: Option<i64>, now: Timestamp) -> Result<Timestamp, Refusal> {
    let Some(asked) = asked.filter(|seconds| *seconds != 0) else {
        return Ok(now.plus(LIFETIME));
    };
    let at = Timestamp::from_seconds(asked);
    if at <= now || at > now.plus(365 * DAY) {
        return Err(Refusal::FileContentRefused { detail: "Deadline is not within a year from now".into() });
    }
    Ok(at)
}

fn decode(file: UploadFile, purpose: Purpose, kind: Option<&str>) -> Result<Ready, Refusal> {
    let name = file.file_name.unwrap_or_default();
    let invalid = |detail: String| Refusal::FileContentRefused { detail: format!("{name}: {detail}") };
    let extension = match name.rsplit_once('.') {
        Some((_, extension)) => extension.to_ascii_lowercase(),
        None => kind.unwrap_or_default().to_ascii_lowercase(),
    };
    let one_kind = |kind: &str| if kind == "jpeg" { "jpg".to_owned() } else { kind.to_owned() };
    if kind.is_some_and(|kind| !kind.is_empty() && one_kind(&kind.to_ascii_lowercase()) != one_kind(&extension)) {
        return Err(invalid(format!("it is no {}, as FileType says", kind.unwrap_or_default())));
    }
    if !purpose.extensions().contains(&extension.as_str()) {
        return Err(invalid(format!("the extension must be one of {}", purpose.extensions().join(", "))));
    }
    let limit = purpose.byte_limit(&extension);
    if file.file_body.len() / 4 * 3 > limit + 3 {
        return Err(Refusal::FileTooLarge { detail: format!("{name}: at most {limit} bytes") });
    }
    if file.file_body.starts_with("data:") {
        return Err(invalid("FileBody must be base64 alone, without a data: head".into()));
    }
    let bytes =
        STANDARD.decode(&file.file_body).map_err(|error| invalid(format!("FileBody is not base64: {error}")))?;
    if bytes.len() >= limit {
        return Err(Refusal::FileTooLarge { detail: format!("{name}: under {limit} bytes") });
    }
    let pages = match extension.as_str() {
        "pdf" => Some(inspect(&bytes).map_err(|unusable| invalid(unusable.to_string()))?.pages),
        _ if has_the_head_of(&extension, &bytes) => None,
        _ => return Err(invalid(format!("the content is no {extension}"))),
    };
    let content = Arc::new(Content::new(Bytes::from(bytes), pages));
    Ok(Ready { name, content })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::sample_contract;

    fn file(name: &str, body: &[u8]) -> UploadFile {
        UploadFile { file_body: STANDARD.encode(body), file_name: Some(name.into()) }
    }

    #[test]
    fn a_pdf_keeps_its_bytes_and_tells_its_pages() {
        let Ok(ready) = decode(file("合同.PDF", sample_contract()), Purpose::Document, None) else {
            panic!("the sample is a good PDF")
        };
        assert_eq!(ready.content.bytes, sample_contract());
        assert!(ready.content.pages.as_ref().is_some_and(|pages| !pages.is_empty()));
    }

    #[test]
    fn what_is_not_what_its_name_says_is_refused() {
        for (name, body) in
            [("a.pdf", &b"junk"[..]), ("a.png", b"junk"), ("a.exe", b"MZ"), ("a", b"%PDF"), ("a.docx", b"")]
        {
            let refused = decode(file(name, body), Purpose::Document, None).err();
            assert!(matches!(refused, Some(Refusal::FileContentRefused { .. })), "{name}: {refused:?}");
        }
    }

    #[test]
    fn a_file_is_of_the_kind_that_is_said_of_all() {
        let picture = file("a.JPEG", b"\xff\xd8\xff");
        for said in [None, Some(""), Some("jpg"), Some("jpeg")] {
            assert!(decode(picture.clone(), Purpose::Seal, said).is_ok(), "{said:?}");
        }
        assert!(decode(picture, Purpose::Seal, Some("png")).is_err());
    }

    #[test]
    fn pictures_have_a_lower_limit() {
        let mut body = b"\x89PNG\r\n\x1a\n".to_vec();
        body.resize(5 * 1024 * 1024, 0);
        let refused = decode(file("a.png", &body), Purpose::Seal, None).err();
        assert!(matches!(refused, Some(Refusal::FileTooLarge { .. })), "{refused:?}");
    }

    #[test]
    fn a_file_lives_an_hour_or_as_long_as_asked_up_to_a_year() {
        let now = Timestamp::from_seconds(1_000_000);
        assert_eq!(expiry(None, now).unwrap().seconds(), 1_003_600);
        assert_eq!(expiry(Some(1_000_001), now).unwrap().seconds(), 1_000_001);
        assert!(expiry(Some(1_000_000), now).is_err());
        assert!(expiry(Some(1_000_000 + 366 * 86_400), now).is_err());
    }
}
