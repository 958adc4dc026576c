//! Conversions: an uploaded file becomes a PDF a contract can be made from.
//!
//! A conversion runs on the world's clock and is looked at, never woken: what it says follows from how long ago it was
//! asked for. Seconds, longer for large files (`api CreateFileConvertTask`); how many is ASSUMED.

use std::sync::Arc;
use std::time::Duration;

use super::file::{Content, UploadedFile};
use super::ids::{ApplicationId, ConversionId, FileId, OrganizationId};
use super::refusal::Refusal;
use super::register::Registered;
use super::time::Timestamp;

/// How long a conversion waits for its turn.
const WAITING: Duration = Duration::from_secs(1);
/// How long the smallest file takes once it is its turn.
const SHORTEST: Duration = Duration::from_secs(2);
/// So many bytes take one second more.
const BYTES_PER_SECOND: usize = 4 * 1024 * 1024;

/// A conversion somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Conversion {
    /// Its id.
    pub id: ConversionId,
    /// Whose it is.
    pub owner: OrganizationId,
    /// The platform's application the source was uploaded through.
    pub application: Option<ApplicationId>,
    /// When the source is read.
    pub begins_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// What comes of it.
    pub outcome: Outcome,
}

impl Registered for Conversion {
    type Id = ConversionId;
    fn id(&self) -> &ConversionId {
        &self.id
    }
}

/// What comes of a conversion, known from the start and told at the end.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// This PDF.
    Converted(FileId),
    /// The source had expired when it was to be read.
    SourceGone,
    /// The source is not what its name says, or cannot be read.
    Failed,
}

/// What a conversion says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress<'a> {
    /// It waits.
    Submitted,
    /// It runs.
    Processing,
    /// It has ended.
    Ended(&'a Outcome),
}

impl Conversion {
    /// A conversion of `source` asked for at `now`; `converted` is the PDF it makes, if it can.
    #[must_use]
    pub fn new(id: ConversionId, source: &UploadedFile, converted: Option<FileId>, now: Timestamp) -> Self {
        let begins_at = now.plus(WAITING);
        let seconds = (source.content.bytes.len() / BYTES_PER_SECOND) as u64;
        let outcome = match converted {
            _ if source.expires_at <= begins_at => Outcome::SourceGone,
            Some(file) => Outcome::Converted(file),
            None => Outcome::Failed,
        };
        let ends_at = begins_at.plus(SHORTEST + Duration::from_secs(seconds));
        Self { id, owner: source.owner.clone(), application: source.application.clone(), begins_at, ends_at, outcome }
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self, now: Timestamp) -> Progress<'_> {
        if now >= self.ends_at {
            Progress::Ended(&self.outcome)
        } else if now >= self.begins_at {
            // A source that has gone is noticed at once.
            if self.outcome == Outcome::SourceGone { Progress::Ended(&self.outcome) } else { Progress::Processing }
        } else {
            Progress::Submitted
        }
    }
}

/// A file to be converted, as somebody calls it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// What kind it is said to be: an extension without its dot.
    pub kind: &'a str,
    /// What it is called.
    pub name: &'a str,
}

impl Source<'_> {
    /// Refuses a name that is missing or that contradicts the kind. A name without a known extension passes (`ex
    /// CreateFileConvertTask`), although the text wants one.
    ///
    /// # Errors
    /// [`Refusal::ResourceNameMissing`] or [`Refusal::ResourceNameInvalid`].
    pub fn check(&self) -> Result<(), Refusal> {
        if self.name.trim().is_empty() {
            return Err(Refusal::ResourceNameMissing);
        }
        let extension = self.name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let contradicts = |extension: &String| {
            (KINDS.contains(&extension.as_str()) || extension == "pdf") && plain(extension) != plain(self.kind)
        };
        if extension.as_ref().is_some_and(contradicts) {
            return Err(Refusal::ResourceNameInvalid { name: self.name.to_owned() });
        }
        Ok(())
    }

    /// Whether it is a picture.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        matches!(self.kind, "jpg" | "jpeg" | "png" | "bmp")
    }

    /// What the PDF is called.
    #[must_use]
    pub fn pdf_name(&self) -> String {
        let stem = self.name.rsplit_once('.').filter(|(_, extension)| plain(extension) == plain(self.kind));
        format!("{}.pdf", stem.map_or(self.name, |(stem, _)| stem))
    }
}

/// What can be converted (`api CreateFileConvertTask`).
const KINDS: [&str; 10] = ["doc", "docx", "xls", "xlsx", "jpg", "jpeg", "png", "html", "bmp", "txt"];

fn plain(extension: &str) -> String {
    let extension = extension.to_ascii_lowercase();
    if extension == "jpeg" { "jpg".to_owned() } else { extension }
}

/// A PDF made by a conversion, kept like an upload of its source's owner.
#[must_use]
pub fn converted_file(
    id: FileId,
    name: String,
    content: Arc<Content>,
    source: &UploadedFile,
    now: Timestamp,
) -> UploadedFile {
    UploadedFile {
        id,
        owner: source.owner.clone(),
        application: source.application.clone(),
        name,
        purpose: source.purpose,
        content,
        expires_at: now.plus(super::file::LIFETIME),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::super::file::Purpose;
    use super::*;

    fn source(size: usize, expires_at: i64) -> UploadedFile {
        UploadedFile {
            id: "source".into(),
            owner: "own".into(),
            application: None,
            name: "合同.docx".into(),
            purpose: Purpose::Document,
            content: Arc::new(Content::new(Bytes::from(vec![0; size]), None)),
            expires_at: Timestamp::from_seconds(expires_at),
        }
    }

    fn at(conversion: &Conversion, millis: i64) -> Progress<'_> {
        conversion.progress(Timestamp::from_millis(millis))
    }

    #[test]
    fn a_conversion_waits_runs_and_ends_by_the_clock_alone() {
        let conversion = Conversion::new("task".into(), &source(9, 100), Some("pdf".into()), Timestamp::default());
        assert_eq!(at(&conversion, 999), Progress::Submitted);
        assert_eq!(at(&conversion, 1000), Progress::Processing);
        assert_eq!(at(&conversion, 2999), Progress::Processing);
        assert_eq!(at(&conversion, 3000), Progress::Ended(&Outcome::Converted("pdf".into())));
    }

    #[test]
    fn a_large_file_takes_longer() {
        let large = source(3 * BYTES_PER_SECOND, 100);
        let conversion = Conversion::new("task".into(), &large, Some("pdf".into()), Timestamp::default());
        assert_eq!(at(&conversion, 5999), Progress::Processing);
        assert_eq!(at(&conversion, 6000), Progress::Ended(&Outcome::Converted("pdf".into())));
    }

    #[test]
    fn what_cannot_be_read_fails_at_the_end_and_what_is_gone_as_soon_as_it_is_looked_for() {
        let unreadable = Conversion::new("task".into(), &source(9, 100), None, Timestamp::default());
        assert_eq!(at(&unreadable, 2999), Progress::Processing);
        assert_eq!(at(&unreadable, 3000), Progress::Ended(&Outcome::Failed));
        let gone = Conversion::new("task".into(), &source(9, 1), Some("pdf".into()), Timestamp::default());
        assert_eq!(at(&gone, 999), Progress::Submitted);
        assert_eq!(at(&gone, 1000), Progress::Ended(&Outcome::SourceGone));
    }

    #[test]
    fn a_name_may_lack_its_extension_but_not_contradict_the_kind() {
        let check = |kind, name| Source { kind, name }.check();
        for (kind, name) in [("docx", "合同.docx"), ("docx", "转换文件"), ("jpeg", "图.JPG"), ("docx", "第1.2版")]
        {
            assert_eq!(check(kind, name), Ok(()), "{kind} {name}");
        }
        for (kind, name) in [("docx", "合同.doc"), ("png", "合同.pdf"), ("jpg", "图.png")] {
            assert_eq!(check(kind, name), Err(Refusal::ResourceNameInvalid { name: name.into() }));
        }
        assert_eq!(check("docx", " "), Err(Refusal::ResourceNameMissing));
    }

    #[test]
    fn the_pdf_is_called_after_its_source() {
        let name = |kind, name| Source { kind, name }.pdf_name();
        assert_eq!(name("docx", "合同.docx"), "合同.pdf");
        assert_eq!(name("docx", "转换文件名称"), "转换文件名称.pdf");
        assert_eq!(name("docx", "第1.2版"), "第1.2版.pdf");
    }
}
