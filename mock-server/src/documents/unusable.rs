//! Why a file cannot be worked with, in words for people.

use super::limits::{MAX_INFLATED, MAX_OBJECTS, MAX_PAGE_SIDE, MAX_PAGES};

/// Why a document is refused. `Display` is a sentence for the person who uploaded it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// The bytes do not begin like a PDF.
    #[error("the file is not a PDF: no %PDF- header in its first 1024 bytes")]
    NotPdf,
    /// Not a picture, one of a kind not read here, or one that breaks off.
    #[error("the file is not a JPG or PNG picture that can be read")]
    NotPicture,
    /// The PDF is encrypted; also when its password is empty, since an encrypted file cannot be signed here.
    #[error("the PDF is encrypted: remove its password and permissions first")]
    Encrypted,
    /// The PDF's structure cannot be read, or only by guessing.
    #[error("the PDF is damaged: {what}")]
    Damaged {
        /// What was found broken.
        what: &'static str,
    },
    /// The PDF has no page.
    #[error("the PDF has no page")]
    NoPages,
    /// More pages than [`MAX_PAGES`].
    #[error("the PDF has {pages} pages, more than the {MAX_PAGES} allowed")]
    TooManyPages {
        /// Pages found.
        pages: usize,
    },
    /// More objects than [`MAX_OBJECTS`].
    #[error("the PDF has {objects} objects, more than the {MAX_OBJECTS} allowed")]
    TooManyObjects {
        /// Objects found.
        objects: usize,
    },
    /// A page with a side over [`MAX_PAGE_SIDE`].
    #[error("page {page} has a side of more than {MAX_PAGE_SIDE} pt, the largest a PDF viewer must show")]
    PageTooLarge {
        /// The page, counted from 1.
        page: usize,
    },
    /// The streams of the file unpack to more than [`MAX_INFLATED`] bytes.
    #[error("the PDF unpacks to more than {} MB", MAX_INFLATED / (1024 * 1024))]
    Inflates,
    /// Reading or drawing its pages takes more steps than allowed.
    #[error("the PDF is too complicated: its pages draw more than is allowed")]
    TooMuchWork,
    /// A page was asked for that the document does not have.
    #[error("page {page} was asked for, the document has {pages}")]
    NoSuchPage {
        /// The page asked for, counted from 1.
        page: usize,
        /// Pages the document has.
        pages: usize,
    },
    /// An area to stamp is not a rectangle on paper: not a number, empty, or larger than any page.
    #[error("the area on page {page} is empty or larger than any page")]
    BadArea {
        /// The page of the area, counted from 1.
        page: usize,
    },
}
