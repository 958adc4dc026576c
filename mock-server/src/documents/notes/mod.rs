//! Notes at pieces of a file's text (批注): annotations of a PDF, comments of a Word file. Whatever was there stays.

mod pdf;
mod word;

use super::pages::Area;
use super::unusable::Unusable;

/// A note.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Whose it is.
    pub author: String,
    /// What it says.
    pub text: String,
    /// The lines it is at. Without any it is about all of the file, and stands at its beginning.
    pub at: Vec<NotePlace>,
}

/// A line a note is at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NotePlace {
    /// How many characters of the text stand before it.
    pub begin: usize,
    /// Where it stands on its page; nothing where text flows.
    pub area: Option<Area>,
}

/// The file with these notes.
///
/// # Errors
/// The file cannot be read.
pub fn with_notes(bytes: &[u8], notes: &[Note]) -> Result<Vec<u8>, Unusable> {
    if bytes.starts_with(b"PK") { word::with_comments(bytes, notes) } else { pdf::with_annotations(bytes, notes) }
}
