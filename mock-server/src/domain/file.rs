//! Uploaded files.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;

use super::ids::{ApplicationId, FileId, OrganizationId};
use super::register::Registered;
use super::time::{HOUR, Timestamp};
use crate::documents::{Layout, PageSize, Reading, Revisions, Text, Unreadable};

/// How long an uploaded file may be used when nothing else is asked for (`api UploadFiles`).
pub const LIFETIME: Duration = HOUR;

/// What sizes are counted in.
pub const MEGABYTE: usize = 1024 * 1024;

/// A file somebody uploaded. Its bytes never change.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct UploadedFile {
    /// Its id.
    pub id: FileId,
    /// Who uploaded it.
    pub owner: OrganizationId,
    /// The platform's application it was uploaded through, where it stays.
    pub application: Option<ApplicationId>,
    /// Its name, with extension.
    pub name: String,
    /// What it is for.
    pub purpose: Purpose,
    /// What it holds.
    pub content: Arc<Content>,
    /// Until when it may be used.
    pub expires_at: Timestamp,
}

impl Registered for UploadedFile {
    type Id = FileId;
    fn id(&self) -> &FileId {
        &self.id
    }
}

impl UploadedFile {
    /// Whether it can be used in this application, or by the company itself: there all of its own can.
    #[must_use]
    pub fn is_within(&self, application: Option<&ApplicationId>) -> bool {
        application.is_none() || self.application.is_none() || self.application.as_ref() == application
    }
}

/// The bytes and what was found out about them. Copies share all of it.
#[derive(Clone, Debug)]
pub struct Content {
    /// The bytes as uploaded.
    pub bytes: Bytes,
    /// Where each page ends, when this is a PDF.
    pub pages: Option<Vec<PageSize>>,
    found: Arc<Found>,
}

/// What is found out when first asked for.
#[derive(Debug, Default)]
struct Found {
    /// The pages without text and fields, enough for plain coordinates.
    pages_only: OnceLock<Option<Layout>>,
    /// Everything placing by keyword or form field needs; it costs milliseconds.
    layout: OnceLock<Option<Layout>>,
    /// Its text, revisions as they stand.
    reading: OnceLock<Result<Reading, Unreadable>>,
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Content {
    /// What was uploaded; `pages` when it is a PDF.
    #[must_use]
    pub fn new(bytes: Bytes, pages: Option<Vec<PageSize>>) -> Self {
        Self { bytes, pages, found: Arc::default() }
    }

    /// Pages, form fields and text; `None` when this is no PDF, or its text cannot be read.
    pub fn layout(&self) -> Option<&Layout> {
        let read = || self.pages.as_ref().and_then(|_| Layout::read(&self.bytes).ok());
        self.found.layout.get_or_init(read).as_ref()
    }

    /// What it says; it costs milliseconds, so that it is asked for before the world is opened.
    ///
    /// # Errors
    /// Its text cannot be read.
    pub fn reading(&self) -> Result<&Reading, Unreadable> {
        let read = || match self.pages {
            Some(_) => self.layout().map(|layout| Reading::of_pdf(&layout.text)).ok_or(Unreadable::Damaged),
            None => Reading::of_file(&self.bytes, Revisions::AsTheyStand),
        };
        self.found.reading.get_or_init(read).as_ref().map_err(|why| *why)
    }

    /// The pages alone; `None` when this is no PDF.
    pub fn pages_only(&self) -> Option<&Layout> {
        let blank = || self.pages.clone().map(|pages| Layout { pages, fields: Vec::new(), text: Text::default() });
        self.found.pages_only.get_or_init(blank).as_ref()
    }
}

/// What an upload is for, and which extensions that takes (`api UploadFiles.BusinessType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 模板
    Template,
    /// 签署文档
    #[default]
    Document,
    /// 印章
    Seal,
    /// 归档
    Archive,
    /// 营业执照
    BusinessLicense,
}

impl Purpose {
    /// The purpose with this wire name.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        match name {
            "TEMPLATE" => Some(Self::Template),
            "DOCUMENT" => Some(Self::Document),
            "SEAL" => Some(Self::Seal),
            "ARCHIVE" => Some(Self::Archive),
            "BUSINESSLICENSE" => Some(Self::BusinessLicense),
            _ => None,
        }
    }

    /// The extensions it takes, lower case.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Template => &["pdf", "doc", "docx", "html"],
            Self::Document => &["pdf", "doc", "docx", "jpg", "png", "xls", "xlsx", "html"],
            Self::Seal | Self::BusinessLicense => &["jpg", "jpeg", "png"],
            Self::Archive => &["pdf", "zip"],
        }
    }

    /// The most bytes one file may have: pictures under `pictures`, business licences up to 8 MB, others under 60 MB.
    #[must_use]
    pub fn byte_limit(self, extension: &str, pictures: usize) -> usize {
        match (self, extension) {
            (Self::BusinessLicense, _) => 8 * MEGABYTE,
            (_, "jpg" | "jpeg" | "png") => pictures,
            _ => 60 * MEGABYTE,
        }
    }
}

/// Whether the first bytes are those of such a file. Formats without a fixed head only must not be empty.
#[must_use]
pub fn has_the_head_of(extension: &str, bytes: &[u8]) -> bool {
    match extension {
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "jpg" | "jpeg" => bytes.starts_with(b"\xff\xd8\xff"),
        "docx" | "xlsx" | "zip" => bytes.starts_with(b"PK"),
        "doc" | "xls" => bytes.starts_with(b"\xd0\xcf\x11\xe0"),
        _ => !bytes.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_have_a_lower_limit_than_documents_and_licences_their_own() {
        assert!(
            Purpose::Document.byte_limit("png", 5 * MEGABYTE)
                < Purpose::BusinessLicense.byte_limit("png", 5 * MEGABYTE)
        );
        assert!(Purpose::BusinessLicense.byte_limit("png", 0) < Purpose::Document.byte_limit("pdf", 0));
    }
}
