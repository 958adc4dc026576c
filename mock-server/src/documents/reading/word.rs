//! The text of a Word file (docx): a ZIP with the document as XML in it (ECMA-376).

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;

use super::{Line, Reading, Revisions, Unreadable};
use crate::documents::limits::MAX_INFLATED;

/// Where the text is.
const DOCUMENT: &str = "word/document.xml";

/// Reads paragraph by paragraph.
pub(super) fn read(bytes: &[u8], revisions: Revisions) -> Result<Reading, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    let document = archive.by_name(DOCUMENT).map_err(|_| Unreadable::Format)?;
    let mut xml = String::new();
    let read = document.take(MAX_INFLATED as u64 + 1).read_to_string(&mut xml).map_err(|_| Unreadable::Damaged)?;
    if read > MAX_INFLATED {
        return Err(Unreadable::TooLarge);
    }
    Walk::new(revisions).over(&xml)
}

/// A walk through the XML.
struct Walk {
    revisions: Revisions,
    reading: Reading,
    /// Characters of all lines so far, with the ends of lines.
    begin: usize,
    page: usize,
    paragraph: String,
    /// Whether what comes is text, and not the name of a field, say.
    in_text: bool,
    tables: usize,
    /// How deep what comes is in what was taken out.
    removed: usize,
}

impl Walk {
    fn new(revisions: Revisions) -> Self {
        let reading = Reading { flowing: true, ..Reading::default() };
        Self { revisions, reading, begin: 0, page: 1, paragraph: String::new(), in_text: false, tables: 0, removed: 0 }
    }

    fn over(mut self, xml: &str) -> Result<Reading, Unreadable> {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().map_err(|_| Unreadable::Damaged)? {
                Event::Start(tag) => self.open(tag.local_name().as_ref(), &tag),
                Event::Empty(tag) => self.empty(tag.local_name().as_ref(), &tag),
                Event::End(tag) => self.close(tag.local_name().as_ref()),
                Event::Text(text) => self.say(&text.decode().map_err(|_| Unreadable::Damaged)?),
                Event::GeneralRef(entity) => self.say(&resolve(&entity)?),
                Event::Eof => return Ok(self.reading),
                Event::CData(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => (),
            }
        }
    }

    fn open(&mut self, name: &[u8], tag: &BytesStart<'_>) {
        match name {
            b"t" | b"delText" => self.in_text = self.removed == 0 || self.revisions == Revisions::AsTheyStand,
            b"del" | b"moveFrom" => self.removed += 1,
            b"tbl" => self.tables += 1,
            _ => self.empty(name, tag),
        }
    }

    fn empty(&mut self, name: &[u8], tag: &BytesStart<'_>) {
        match name {
            b"tab" if self.in_run() => self.paragraph.push(' '),
            b"br" => {
                let breaks_page = tag
                    .attributes()
                    .flatten()
                    .any(|one| one.key.local_name().as_ref() == b"type" && one.value.as_ref() == b"page");
                self.end_line();
                self.page += usize::from(breaks_page);
            }
            b"p" => self.end_line(),
            _ => (),
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"t" | b"delText" => self.in_text = false,
            b"del" | b"moveFrom" => self.removed = self.removed.saturating_sub(1),
            b"tbl" => self.tables = self.tables.saturating_sub(1),
            b"p" => self.end_line(),
            _ => (),
        }
    }

    /// Stops between words are text; those a paragraph merely has are before it.
    fn in_run(&self) -> bool {
        !self.paragraph.is_empty()
    }

    fn say(&mut self, text: &str) {
        if self.in_text {
            self.paragraph.push_str(text);
        }
    }

    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.paragraph);
        if !text.trim().is_empty() {
            let length = text.chars().count();
            self.reading.lines.push(Line::flowing(self.page, text, self.begin, self.tables > 0));
            self.begin += length + 1;
        }
    }
}

/// What an entity stands for.
fn resolve(entity: &BytesRef<'_>) -> Result<String, Unreadable> {
    if let Some(character) = entity.resolve_char_ref().map_err(|_| Unreadable::Damaged)? {
        return Ok(character.to_string());
    }
    let name = entity.decode().map_err(|_| Unreadable::Damaged)?;
    resolve_predefined_entity(&name).map(ToOwned::to_owned).ok_or(Unreadable::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::bundle::pack;

    fn docx(body: &str) -> Vec<u8> {
        let xml = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        pack([(DOCUMENT, xml.as_bytes())]).unwrap()
    }

    fn text(body: &str, revisions: Revisions) -> String {
        read(&docx(body), revisions).unwrap().text()
    }

    #[test]
    fn paragraphs_are_lines_whatever_runs_they_are_made_of() {
        let body = "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>甲方：</w:t></w:r><w:r><w:t>A &amp; B&#33;</w:t></w:r></w:p>\
                    <w:p/><w:p><w:r><w:t>乙方</w:t><w:tab/><w:t>张三</w:t></w:r></w:p>";
        assert_eq!(text(body, Revisions::AsTheyStand), "甲方：A & B!\n乙方 张三");
    }

    #[test]
    fn pages_are_those_somebody_broke_and_tables_are_known() {
        let body = "<w:p><w:r><w:t>一</w:t><w:br w:type=\"page\"/></w:r></w:p>\
                    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>二</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        let reading = read(&docx(body), Revisions::AsTheyStand).unwrap();
        let found: Vec<_> =
            reading.lines.iter().map(|one| (one.page, one.text.as_str(), one.begin, one.in_table)).collect();
        assert_eq!(found, [(1, "一", 0, false), (2, "二", 2, true)]);
        assert_eq!(reading.find("二")[0].area, None, "nothing that flows has a place");
    }

    /// `api CreateContractComparisonTask.RevisionOperation`; that both stand while nobody accepts them is ASSUMED.
    #[test]
    fn revisions_stand_or_are_accepted() {
        let body = "<w:p><w:r><w:t>金额</w:t></w:r><w:del><w:r><w:delText>80</w:delText></w:r></w:del>\
                    <w:ins><w:r><w:t>90</w:t></w:r></w:ins><w:r><w:t>万元</w:t></w:r></w:p>";
        assert_eq!(text(body, Revisions::AsTheyStand), "金额8090万元");
        assert_eq!(text(body, Revisions::Accepted), "金额90万元");
    }

    #[test]
    fn what_is_no_word_file_says_so() {
        let other = pack([("a.txt", &b"text"[..])]).unwrap();
        assert_eq!(read(&other, Revisions::AsTheyStand), Err(Unreadable::Format));
        assert_eq!(read(b"PK\x03\x04 and no more", Revisions::AsTheyStand), Err(Unreadable::Damaged));
        assert_eq!(read(&docx("<w:p>&nothing;</w:p><"), Revisions::AsTheyStand), Err(Unreadable::Damaged));
    }
}
