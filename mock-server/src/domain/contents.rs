//! How files' contents are written down: each once, in base64, under the hash of its bytes; whoever holds one names the hash.
//!
//! Values that hold a content are written and read by derived code, which has no place for a table beside it. So the table
//! belongs to the thread for as long as [`writing`] or [`reading`] runs.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use super::file::Content;
use crate::documents::PageSize;

/// A content as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenContent {
    /// Its pages in pt, when it is a PDF that can be signed.
    pub pages: Option<Vec<PageSize>>,
    /// Its bytes.
    pub base64: String,
}

/// Contents by the hash of their bytes.
pub type WrittenContents = BTreeMap<String, WrittenContent>;

/// What is wrong with written contents.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadContent {
    /// Its bytes cannot be read.
    #[error("contents: `{hash}`: base64: {what}")]
    NotBase64 {
        /// Under which hash it stands.
        hash: String,
        /// What is wrong.
        what: String,
    },
    /// Its bytes are not those the hash was made of.
    #[error("contents: `{hash}`: its bytes have the hash `{actual}`; write them under that")]
    OtherHash {
        /// Under which hash it stands.
        hash: String,
        /// The hash of its bytes.
        actual: String,
    },
}

thread_local! {
    static TABLE: RefCell<Table> = RefCell::default();
}

#[derive(Default)]
struct Table {
    by_hash: BTreeMap<String, Arc<Content>>,
    /// The hashes of bytes that were written already, by where they are: a world's contracts share few contents.
    hashes: HashMap<(usize, usize, bool), String>,
}

/// Runs `write` with a table of its own.
pub fn writing<R>(write: impl FnOnce() -> R) -> R {
    let former = TABLE.take();
    let result = write();
    TABLE.set(former);
    result
}

/// Is written as every content that was mentioned so far, under its hash.
pub struct Mentioned;

impl Serialize for Mentioned {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        TABLE.with_borrow(|table| {
            serializer.collect_map(table.by_hash.iter().map(|(hash, content)| {
                let (pages, base64) = (content.pages.clone(), STANDARD.encode(&content.bytes));
                (hash, WrittenContent { pages, base64 })
            }))
        })
    }
}

/// Runs `read` with these contents to be named.
///
/// # Errors
/// A content that is not what its hash says.
pub fn reading<R>(contents: WrittenContents, read: impl FnOnce() -> R) -> Result<R, BadContent> {
    let mut by_hash = BTreeMap::new();
    for (hash, written) in contents {
        let bytes = match STANDARD.decode(written.base64) {
            Ok(bytes) => Bytes::from(bytes),
            Err(error) => return Err(BadContent::NotBase64 { hash, what: error.to_string() }),
        };
        let content = Content::new(bytes, written.pages);
        let actual = hash_of(&content);
        if hash != actual {
            return Err(BadContent::OtherHash { hash, actual });
        }
        by_hash.insert(hash, Arc::new(content));
    }
    let former = TABLE.replace(Table { by_hash, hashes: HashMap::new() });
    let result = read();
    TABLE.set(former);
    Ok(result)
}

/// The name of a content. The same bytes may have been handed in as a PDF and as something else, which is not the same.
fn hash_of(content: &Content) -> String {
    let kind = if content.pages.is_some() { "pdf" } else { "file" };
    format!("{kind}-sha256:{}", hex::encode(Sha256::digest(&content.bytes)))
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let hash = TABLE.with_borrow_mut(|Table { by_hash, hashes }| {
            let place = (self.bytes.as_ptr().addr(), self.bytes.len(), self.pages.is_some());
            let hash = hashes.entry(place).or_insert_with(|| hash_of(self)).clone();
            // The table keeps the bytes alive, so nothing else can come to stand in their place.
            by_hash.entry(hash.clone()).or_insert_with(|| Arc::new(self.clone()));
            hash
        });
        serializer.serialize_str(&hash)
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hash = String::deserialize(deserializer)?;
        let found = TABLE.with_borrow(|table| table.by_hash.get(&hash).map(|content| content.as_ref().clone()));
        found.ok_or_else(|| D::Error::custom(format!("there is no `{hash}` among the contents")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(text: &'static str) -> Arc<Content> {
        Arc::new(Content::new(Bytes::from_static(text.as_bytes()), None))
    }

    #[test]
    fn a_content_is_written_once_however_many_hold_it() {
        let (one, same, other) = (content("one"), content("one"), content("other"));
        let held = vec![one.clone(), one, same, other];
        let (text, contents) = writing(|| {
            let text = serde_json::to_string(&held).unwrap();
            (text, serde_json::to_string(&Mentioned).unwrap())
        });
        let contents: WrittenContents = serde_json::from_str(&contents).unwrap();
        assert_eq!(contents.len(), 2);
        let read = reading(contents, || serde_json::from_str::<Vec<Arc<Content>>>(&text).unwrap()).unwrap();
        assert_eq!(read, held);
        assert_eq!(read[0].bytes.as_ptr(), read[2].bytes.as_ptr(), "the bytes are shared again");
    }

    #[test]
    fn a_content_that_is_not_there_or_not_what_its_hash_says_is_refused() {
        let named = r#""file-sha256:00""#;
        let nowhere = reading(BTreeMap::new(), || serde_json::from_str::<Content>(named).unwrap_err().to_string());
        assert!(nowhere.unwrap().contains("there is no `file-sha256:00`"));
        let forged = |base64: &str| {
            let content = WrittenContent { pages: None, base64: base64.into() };
            reading(BTreeMap::from([("file-sha256:00".to_owned(), content)]), || ()).unwrap_err().to_string()
        };
        assert!(forged("b25l").contains("have the hash `file-sha256:7692c3ad"));
        assert!(forged("?").contains("base64: "));
    }
}
