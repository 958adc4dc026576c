//! Comments of a Word file (ECMA-376, 17.13.4): a part of their own, and a mark in the paragraph each is at.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use super::Note;
use crate::documents::limits::MAX_INFLATED;
use crate::documents::unusable::Unusable;

const DOCUMENT: &str = "word/document.xml";
const COMMENTS: &str = "word/comments.xml";
const TYPES: &str = "[Content_Types].xml";
const RELATIONS: &str = "word/_rels/document.xml.rels";
/// What the part with the comments is.
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const COMMENTS_RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Relations of a file that has none.
const NO_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
/// The first number of ours, so that comments that were there keep theirs.
const FIRST: usize = 1_000_000;

const DAMAGED: Unusable = Unusable::Damaged { what: "the Word file cannot be read" };

/// Adds them.
pub(super) fn with_comments(original: &[u8], notes: &[Note]) -> Result<Vec<u8>, Unusable> {
    let mut archive = ZipArchive::new(Cursor::new(original)).map_err(|_| DAMAGED)?;
    let document = marked(&part(&mut archive, DOCUMENT)?.ok_or(DAMAGED)?, notes);
    let former = part(&mut archive, COMMENTS)?;
    let mut parts = vec![(DOCUMENT, document)];
    if former.is_none() {
        let relations = part(&mut archive, RELATIONS)?.unwrap_or_else(|| NO_RELATIONS.to_owned());
        let types = part(&mut archive, TYPES)?.ok_or(DAMAGED)?;
        let relation =
            format!("<Relationship Id=\"rIdEssNotes\" Type=\"{COMMENTS_RELATION}\" Target=\"comments.xml\"/>");
        parts.push((RELATIONS, before_end(&relations, "</Relationships>", &relation)?));
        let kind = format!("<Override PartName=\"/{COMMENTS}\" ContentType=\"{COMMENTS_TYPE}\"/>");
        parts.push((TYPES, before_end(&types, "</Types>", &kind)?));
    }
    let empty = || {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:comments xmlns:w=\"{NAMESPACE}\"></w:comments>"
        )
    };
    let comments = before_end(&former.unwrap_or_else(empty), "</w:comments>", &comments(notes))?;
    parts.push((COMMENTS, comments));
    rewritten(archive, &parts)
}

/// A part of the file as text, where it has it.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, Unusable> {
    let Ok(file) = archive.by_name(name) else { return Ok(None) };
    let mut text = String::new();
    let read = file.take(MAX_INFLATED as u64 + 1).read_to_string(&mut text).map_err(|_| DAMAGED)?;
    if read > MAX_INFLATED { Err(Unusable::Inflates) } else { Ok(Some(text)) }
}

fn before_end(xml: &str, end: &str, more: &str) -> Result<String, Unusable> {
    let (before, after) = xml.rsplit_once(end).ok_or(DAMAGED)?;
    Ok(format!("{before}{more}{end}{after}"))
}

fn comments(notes: &[Note]) -> String {
    let mut xml = String::new();
    for (note, number) in notes.iter().zip(FIRST..) {
        let (author, text) = (escape(&note.author), escape(&note.text));
        // Writing into memory does not fail.
        _ = write!(
            xml,
            "<w:comment w:id=\"{number}\" w:author=\"{author}\" w:initials=\"AI\"><w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p></w:comment>"
        );
    }
    xml
}

/// The document with a mark at the end of the paragraph each note is at: the first of its lines. What is about all of the file is marked
/// in the first paragraph.
fn marked(document: &str, notes: &[Note]) -> String {
    let (mut marked, mut rest) = (String::with_capacity(document.len() + 200 * notes.len()), document);
    let mut characters = 0;
    let mut pending: Vec<(usize, usize)> = notes.iter().zip(FIRST..).map(|(note, id)| (begin(note), id)).collect();
    pending.sort_unstable();
    let mut pending = pending.into_iter().peekable();
    while let Some(end) = rest.find("</w:p>") {
        let (paragraph, after) = rest.split_at(end);
        marked.push_str(paragraph);
        let said = said(paragraph);
        if said > 0 {
            characters += said + 1;
            while let Some((_, id)) = pending.next_if(|(begin, _)| *begin < characters) {
                _ = write!(marked, "<w:r><w:commentReference w:id=\"{id}\"/></w:r>");
            }
        }
        marked.push_str("</w:p>");
        rest = &after["</w:p>".len()..];
    }
    marked.push_str(rest);
    marked
}

fn begin(note: &Note) -> usize {
    note.at.first().map_or(0, |at| at.begin)
}

/// How many characters of text stand in a piece of the document.
fn said(xml: &str) -> usize {
    let texts = xml.split("<w:t").skip(1).filter(|piece| piece.starts_with(['>', ' ']));
    let texts = texts.filter_map(|piece| piece.split_once('>')?.1.split_once("</w:t>"));
    texts.map(|(text, _)| quick_xml::escape::unescape(text).map_or(0, |text| text.chars().count())).sum()
}

/// The file with these parts in the place of its own.
fn rewritten(mut archive: ZipArchive<Cursor<&[u8]>>, parts: &[(&str, String)]) -> Result<Vec<u8>, Unusable> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(|_| DAMAGED)?;
        let replaced = file.name().is_ok_and(|name| parts.iter().any(|(part, _)| *part == name));
        if !replaced {
            out.raw_copy_file(file).map_err(|_| DAMAGED)?;
        }
    }
    for (name, text) in parts {
        out.start_file(*name, options).map_err(|_| DAMAGED)?;
        out.write_all(text.as_bytes()).map_err(|_| DAMAGED)?;
    }
    Ok(out.finish().map_err(|_| DAMAGED)?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::super::NotePlace;
    use super::*;
    use crate::documents::{Reading, Revisions};

    /// A Word file of these paragraphs.
    fn docx(paragraphs: &[&str]) -> Vec<u8> {
        let body: String = paragraphs.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).collect();
        let document = format!("<w:document xmlns:w=\"{NAMESPACE}\"><w:body>{body}</w:body></w:document>");
        let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"></Types>";
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [(TYPES, types), (DOCUMENT, document.as_str()), ("word/media/image1.png", "picture")] {
            out.start_file(name, SimpleFileOptions::default()).unwrap();
            out.write_all(text.as_bytes()).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    fn read(file: &[u8], name: &str) -> String {
        part(&mut ZipArchive::new(Cursor::new(file)).unwrap(), name).unwrap().unwrap()
    }

    #[test]
    fn comments_stand_at_their_paragraphs_and_the_text_stays() {
        let original = docx(&["第一条 付款", "", "第二条 A &amp; B"]);
        let reading = |file: &[u8]| Reading::of_file(file, Revisions::AsTheyStand).unwrap();
        let begin = reading(&original).find("第二条")[0].begin;
        let note = |text: &str, at: Vec<NotePlace>| Note { author: "审查".into(), text: text.into(), at };
        let notes = [note("保密<缺失>", vec![]), note("未填写", vec![NotePlace { begin, area: None }])];

        let noted = with_comments(&original, &notes).unwrap();

        assert_eq!(reading(&noted), reading(&original));
        let document = read(&noted, DOCUMENT);
        let paragraphs: Vec<&str> = document.split("</w:p>").collect();
        assert!(paragraphs[0].contains("付款") && paragraphs[0].contains("w:id=\"1000000\""), "{document}");
        assert!(paragraphs[2].contains("第二条") && paragraphs[2].contains("w:id=\"1000001\""), "{document}");
        assert!(read(&noted, COMMENTS).contains("保密&lt;缺失&gt;"));
        assert!(read(&noted, TYPES).contains("/word/comments.xml") && read(&noted, RELATIONS).contains("comments.xml"));
        assert_eq!(read(&noted, "word/media/image1.png"), "picture");
        let twice = with_comments(&noted, &notes[..1]).unwrap();
        assert_eq!(read(&twice, RELATIONS), read(&noted, RELATIONS), "the part is there already");
    }

    #[test]
    fn what_is_no_word_file_is_refused() {
        assert_eq!(with_comments(b"PK", &[]), Err(DAMAGED));
    }
}
