//! Taking files in, for both services: decoded and inspected before the world is opened, then all kept or none.
//!
//! What is inside must be what the name says (ASSUMED: the vendor's own converter fails on it later).

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use crate::documents::inspect;
use crate::domain::file::{Content, LIFETIME, Purpose, UploadedFile, has_the_head_of};
use crate::domain::refusal::Refusal;
use crate::domain::time::{DAY, Timestamp};
use crate::engine::call::Call;
use crate::engine::ids::Kind;

/// Files one call may bring (`api UploadFiles`).
const FILES_PER_CALL: usize = 20;

/// A file as it comes.
pub(super) struct Incoming {
    pub(super) name: Option<String>,
    /// Base64.
    pub(super) body: String,
}

/// A decoded file, ready to be kept.
pub(super) struct Ready {
    name: String,
    content: Arc<Content>,
}

/// Decoded files, and what they are for.
pub(super) type Upload = Result<(Purpose, Vec<Ready>), Refusal>;

/// What is said of all files of a call, and what its service makes of them.
pub(super) struct Said<'a> {
    /// `BusinessType`.
    pub(super) business_type: &'a str,
    /// `FileType`, where there is one.
    pub(super) file_type: Option<&'a str>,
    /// The most bytes of a picture.
    pub(super) pictures: usize,
    /// Whether a name without extension is taken, and the content says what it is.
    pub(super) guesses: bool,
}

/// Decodes and inspects files.
pub(super) fn decode_all(said: &Said<'_>, files: Vec<Incoming>) -> Upload {
    let business_type = said.business_type;
    let purpose = Purpose::from_wire(business_type)
        .ok_or_else(|| Refusal::BusinessTypeInvalid { kind: business_type.to_owned() })?;
    if files.is_empty() {
        return Err(Refusal::FileContentRefused { detail: "FileInfos is empty".into() });
    }
    if files.len() > FILES_PER_CALL {
        return Err(Refusal::TooManyFiles { limit: FILES_PER_CALL });
    }
    let files = files.into_iter().map(|file| decode(file, purpose, said)).collect::<Result<_, _>>()?;
    Ok((purpose, files))
}

/// Keeps them, until `deadline` or for the usual time; answers their ids and their end.
///
/// # Errors
/// What was wrong with the first bad file, or is with the asked-for lifetime.
pub(super) fn keep(
    call: &mut Call<'_>,
    upload: Upload,
    deadline: Option<i64>,
) -> Result<(Vec<Arc<UploadedFile>>, Timestamp), Refusal> {
    let (purpose, files) = upload?;
    let expires_at = expiry(deadline, call.now)?;
    let mut kept = Vec::with_capacity(files.len());
    for file in files {
        let file = UploadedFile {
            id: call.world.ids.next(Kind::File).as_str().into(),
            owner: call.caller.organization().clone(),
            application: call.caller.application().cloned(),
            name: file.name,
            purpose,
            content: file.content,
            expires_at,
        };
        kept.push(Arc::new(file.clone()));
        call.world.add_file(file, call.now);
    }
    Ok((kept, expires_at))
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

fn decode(file: Incoming, purpose: Purpose, said: &Said<'_>) -> Result<Ready, Refusal> {
    let kind = said.file_type;
    let name = file.name.unwrap_or_default();
    let invalid = |detail: String| Refusal::FileContentRefused { detail: format!("{name}: {detail}") };
    let extension = match name.rsplit_once('.') {
        Some((_, extension)) => extension.to_ascii_lowercase(),
        None if said.guesses => guessed(&file.body).to_owned(),
        None => kind.unwrap_or_default().to_ascii_lowercase(),
    };
    let one_kind = |kind: &str| if kind == "jpeg" { "jpg".to_owned() } else { kind.to_owned() };
    if kind.is_some_and(|kind| !kind.is_empty() && one_kind(&kind.to_ascii_lowercase()) != one_kind(&extension)) {
        return Err(invalid(format!("it is no {}, as FileType says", kind.unwrap_or_default())));
    }
    if !purpose.extensions().contains(&extension.as_str()) {
        return Err(invalid(format!("the extension must be one of {}", purpose.extensions().join(", "))));
    }
    let limit = purpose.byte_limit(&extension, said.pictures);
    if file.body.len() / 4 * 3 > limit + 3 {
        return Err(Refusal::FileTooLarge { detail: format!("{name}: at most {limit} bytes") });
    }
    if file.body.starts_with("data:") {
        return Err(invalid("FileBody must be base64 alone, without a data: head".into()));
    }
    let bytes = STANDARD.decode(&file.body).map_err(|error| invalid(format!("FileBody is not base64: {error}")))?;
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

/// The kind of file that base64 begins like this is of (`ex UploadFiles` of essbasic: a name without extension; that the content
/// decides is ASSUMED).
fn guessed(body: &str) -> &'static str {
    match body.get(..4) {
        Some("JVBE") => "pdf",
        Some("iVBO") => "png",
        Some("/9j/") => "jpg",
        Some("UEsD") => "docx",
        Some(_) | None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::sample_contract;
    use crate::domain::file::MEGABYTE;

    const PLAIN: Said<'_> = Said { business_type: "", file_type: None, pictures: 5 * MEGABYTE, guesses: false };

    #[test]
    fn a_name_without_extension_is_of_the_kind_its_content_is_of_where_that_is_taken() {
        let said = Said { guesses: true, ..PLAIN };
        assert!(decode(file("合同", sample_contract()), Purpose::Document, &said).is_ok());
        assert!(decode(file("合同", sample_contract()), Purpose::Document, &PLAIN).is_err());
        assert!(decode(file("合同", b"junk"), Purpose::Document, &said).is_err());
    }

    fn file(name: &str, body: &[u8]) -> Incoming {
        Incoming { body: STANDARD.encode(body), name: Some(name.into()) }
    }

    #[test]
    fn a_pdf_keeps_its_bytes_and_tells_its_pages() {
        let Ok(ready) = decode(file("合同.PDF", sample_contract()), Purpose::Document, &PLAIN) else {
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
            let refused = decode(file(name, body), Purpose::Document, &PLAIN).err();
            assert!(matches!(refused, Some(Refusal::FileContentRefused { .. })), "{name}: {refused:?}");
        }
    }

    #[test]
    fn a_file_is_of_the_kind_that_is_said_of_all() {
        let picture = || file("a.JPEG", b"\xff\xd8\xff");
        for said in [None, Some(""), Some("jpg"), Some("jpeg")] {
            assert!(decode(picture(), Purpose::Seal, &Said { file_type: said, ..PLAIN }).is_ok(), "{said:?}");
        }
        assert!(decode(picture(), Purpose::Seal, &Said { file_type: Some("png"), ..PLAIN }).is_err());
    }

    #[test]
    fn pictures_have_a_lower_limit() {
        let mut body = b"\x89PNG\r\n\x1a\n".to_vec();
        body.resize(5 * 1024 * 1024, 0);
        let refused = decode(file("a.png", &body), Purpose::Seal, &PLAIN).err();
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
