//! The text of an uploaded file, whatever it is: by page, with the place of every character where there are pages.
//!
//! A PDF's text is the one keywords are searched in. A Word file (docx) is text that flows: nobody here lays it out, so it has
//! no places, and its pages are those somebody broke by hand (ASSUMED). Pictures have no text: there is no recognition of
//! letters here. The old Word format (doc) cannot be read.

mod word;

use std::ops::Range;

use super::pages::Area;
use super::text::Text;

/// The text of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Its lines, in reading order: a PDF's as they stand, a Word file's paragraphs. None is empty.
    pub lines: Vec<Line>,
    /// Whether it flows, so that nothing in it has a place on a page.
    pub flowing: bool,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The page, counted from 1.
    pub page: usize,
    /// What it says.
    pub text: String,
    /// How many characters of the file stand before it.
    pub begin: usize,
    /// Whether it stands in a table; known of Word files only.
    pub in_table: bool,
    /// Where each character stands; empty where text flows.
    areas: Vec<Area>,
}

/// A piece of a file's text.
#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Place {
    /// The page, counted from 1.
    pub page: usize,
    /// How many characters of the file stand before it.
    pub begin: usize,
    /// The same for whatever comes after it.
    pub end: usize,
    /// Where it stands on the page; nothing where text flows.
    pub area: Option<Area>,
}

/// What becomes of changes in a Word file that nobody has accepted yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Revisions {
    /// Both what was put in and what was taken out is there (ASSUMED: nothing is done about them).
    #[default]
    AsTheyStand,
    /// What was put in is there, what was taken out is not.
    Accepted,
}

/// Why a file's text cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A format nobody here reads.
    #[error("its format is not one whose text can be read")]
    Format,
    /// It is not what it begins like.
    #[error("it is damaged")]
    Damaged,
    /// It is larger than anything anybody writes.
    #[error("it is too large")]
    TooLarge,
}

impl Reading {
    /// Reads a file that is no PDF.
    ///
    /// # Errors
    /// Its text cannot be read.
    pub fn of_file(bytes: &[u8], revisions: Revisions) -> Result<Self, Unreadable> {
        match bytes {
            [b'P', b'K', ..] => word::read(bytes, revisions),
            [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => Ok(Self::default()),
            [..] => Err(Unreadable::Format),
        }
    }

    /// The text of a PDF, as it was read.
    #[must_use]
    pub fn of_pdf(text: &Text) -> Self {
        let mut reading = Self::default();
        let mut begin = 0;
        for (page, characters) in text.placed() {
            let (mut line, mut areas) = (String::new(), Vec::new());
            for (character, area) in characters {
                line.push(character);
                areas.push(area);
            }
            let length = areas.len();
            if !line.trim().is_empty() {
                reading.lines.push(Line { page, text: line, begin, in_table: false, areas });
                begin += length + 1;
            }
        }
        reading
    }

    /// Text that flows, of these paragraphs.
    #[must_use]
    pub fn flowing(paragraphs: &[String]) -> Self {
        let mut begin = 0;
        let mut reading = Self { flowing: true, ..Self::default() };
        for text in paragraphs.iter().filter(|text| !text.trim().is_empty()) {
            reading.lines.push(Line::flowing(1, text.clone(), begin, false));
            begin += text.chars().count() + 1;
        }
        reading
    }

    /// All of it, a line to a line.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// Every place where `words` stand on one line, in reading order.
    #[must_use]
    pub fn find(&self, words: &str) -> Vec<Place> {
        let length = words.chars().count();
        if length == 0 {
            return Vec::new();
        }
        let on_line = |line: &Line| {
            let starts = line.text.match_indices(words).map(|(at, _)| line.text[..at].chars().count());
            starts.map(|start| line.place(start..start + length)).collect::<Vec<_>>()
        };
        self.lines.iter().flat_map(on_line).collect()
    }
}

impl Line {
    /// A line of text that flows.
    fn flowing(page: usize, text: String, begin: usize, in_table: bool) -> Self {
        Self { page, text, begin, in_table, areas: Vec::new() }
    }

    /// Where these of its characters stand; those it does not have are left out.
    #[must_use]
    pub fn place(&self, characters: Range<usize>) -> Place {
        let areas = self.areas.get(characters.start..characters.end.min(self.areas.len())).unwrap_or_default();
        Place {
            page: self.page,
            begin: self.begin + characters.start,
            end: self.begin + characters.end,
            area: areas.iter().copied().reduce(Area::and),
        }
    }

    /// Where all of it stands.
    #[must_use]
    pub fn whole(&self) -> Place {
        self.place(0..self.text.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{plain_document, read_text};

    fn pdf(words: &[&str]) -> Reading {
        let words: Vec<String> = words.iter().map(|one| (*one).to_owned()).collect();
        Reading::of_pdf(&read_text(&plain_document(2, &words, &[]).unwrap()).unwrap())
    }

    #[test]
    fn a_pdf_is_read_line_by_line_and_every_piece_has_its_place() {
        let reading = pdf(&["甲方：深圳市示例科技有限公司", "Total: 80 yuan"]);
        assert_eq!(reading.text(), "甲方：深圳市示例科技有限公司\nTotal: 80 yuan");
        let [name] = &reading.find("示例科技")[..] else { panic!("once") };
        assert_eq!((name.page, name.begin, name.end), (1, 6, 10));
        let (first, all) = (reading.lines[0].place(3..4).area.unwrap(), reading.lines[0].whole().area.unwrap());
        assert!(first.x > all.x && first.width < all.width && (first.y - all.y).abs() < 1.0, "{first:?} in {all:?}");
        assert_eq!(reading.find("80")[0].begin, 15 + "Total: ".len(), "the end of a line counts as a character");
    }

    #[test]
    fn pictures_have_no_text_and_other_formats_are_refused() {
        let of = |bytes: &[u8]| Reading::of_file(bytes, Revisions::AsTheyStand);
        assert_eq!(of(b"\x89PNG\r\n\x1a\n"), Ok(Reading::default()));
        assert_eq!(of(b"\xff\xd8\xff\xe0"), Ok(Reading::default()));
        assert_eq!(of(b"\xd0\xcf\x11\xe0"), Err(Unreadable::Format));
        assert_eq!(of(b""), Err(Unreadable::Format));
    }
}
