//! Uploaded files of a world file. A PDF is described (pages, words, form fields) instead of carried along, and so is a Word file
//! (docx, words alone); anything else comes as base64.

use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;

use crate::documents::{inspect, plain_document, plain_word, sample_contract};
use crate::domain::file::{Content, Purpose, UploadedFile};
use crate::domain::ids::OrganizationId;
use crate::domain::time::{DAY, Timestamp};

/// The most pages a described document may have: enough for any test, and quick to draw.
const MOST_PAGES: usize = 100;

/// An uploaded file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `UploadedFile`")]
pub struct FileRow {
    pub id: String,
    #[serde(default = "contract")]
    pub name: String,
    #[serde(default)]
    pub purpose: Purpose,
    /// How many A4 pages it has.
    #[serde(default = "one")]
    pub pages: usize,
    /// Words on its first page, to place components by; of a Word file, its paragraphs.
    #[serde(default)]
    pub words: Vec<String>,
    /// Form fields on its first page.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Its bytes in base64, instead of a description.
    #[serde(default)]
    pub body: Option<String>,
}

fn contract() -> String {
    "合同.pdf".into()
}

fn one() -> usize {
    1
}

/// What contracts and templates are made of when nothing else is said; read once.
pub(crate) fn sample() -> Arc<Content> {
    static SAMPLE: OnceLock<Arc<Content>> = OnceLock::new();
    SAMPLE.get_or_init(|| content(Bytes::from_static(sample_contract()))).clone()
}

/// What is known of a file's bytes.
pub(super) fn content(bytes: Bytes) -> Arc<Content> {
    let pages = inspect(&bytes).ok().map(|facts| facts.pages);
    Arc::new(Content::new(bytes, pages))
}

impl FileRow {
    /// What is wrong with it.
    pub(super) fn contradiction(&self) -> Option<String> {
        let described = self.pages != 1 || !self.words.is_empty() || !self.fields.is_empty();
        match &self.body {
            Some(_) if described => Some("body stands for pages, words and fields: give one or the other".into()),
            Some(body) => STANDARD.decode(body).err().map(|error| format!("body is not base64: {error}")),
            None if self.is_word() && (self.pages != 1 || !self.fields.is_empty()) => Some(
                "a Word file is described by words alone: its pages are nobody's, and it has no form fields".into(),
            ),
            None if self.is_word() => None,
            None if !self.name.to_lowercase().ends_with(".pdf") => {
                let name = &self.name;
                Some(format!("body is needed: only a PDF or a Word file (docx) can be described, and this is `{name}`"))
            }
            None if !(1..=MOST_PAGES).contains(&self.pages) => {
                Some(format!("pages: {} is not between 1 and {MOST_PAGES}", self.pages))
            }
            None => None,
        }
    }

    fn is_word(&self) -> bool {
        self.name.to_lowercase().ends_with(".docx")
    }

    /// The file, usable for a year: the longest the vendor grants (`api UploadFiles.Deadline`).
    pub(super) fn build(&self, owner: OrganizationId, now: Timestamp) -> UploadedFile {
        let bytes = match &self.body {
            Some(body) => STANDARD.decode(body).ok(),
            None if self.is_word() => plain_word(&self.words).ok(),
            None => plain_document(self.pages, &self.words, &self.fields).ok(),
        };
        // `contradiction` has seen to it that there are bytes.
        UploadedFile {
            id: self.id.as_str().into(),
            owner,
            application: None,
            name: self.name.clone(),
            purpose: self.purpose,
            content: content(bytes.unwrap_or_default().into()),
            expires_at: now.plus(365 * DAY),
        }
    }
}
