//! A plain Word file (docx): so many paragraphs. For worlds that describe their files instead of carrying them.

use quick_xml::escape::escape;

use super::bundle::pack;
use super::unusable::Unusable;

const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Override PartName=\"/word/document.xml\" \
    ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"word/document.xml\"/></Relationships>";

/// A Word file with these paragraphs. The same paragraphs give the same bytes.
///
/// # Errors
/// It is too large for the format.
pub fn plain_word(paragraphs: &[String]) -> Result<Vec<u8>, Unusable> {
    let body: String = paragraphs
        .iter()
        .map(|text| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escape(text)))
        .collect();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let parts = [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", document.as_str())];
    let packed = pack(parts.map(|(name, text)| (name, text.as_bytes())));
    packed.map_err(|_| Unusable::Damaged { what: "the Word file could not be written" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{Note, Reading, Revisions, with_notes};

    #[test]
    fn a_described_word_file_says_its_paragraphs_and_takes_notes() {
        let file = plain_word(&["甲方：A & B".to_owned(), "付款 <30日>".to_owned()]).unwrap();
        let text = |file: &[u8]| Reading::of_file(file, Revisions::AsTheyStand).unwrap().text();
        assert_eq!(text(&file), "甲方：A & B\n付款 <30日>");
        let note = Note { author: "审查".into(), text: "缺失".into(), at: Vec::new() };
        let noted = with_notes(&file, &[note]).unwrap();
        assert!(text(&noted) == text(&file) && noted != file);
    }
}
