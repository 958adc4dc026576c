//! A plain document: so many pages, words to place components by, form fields. For worlds that describe their files
//! instead of carrying them.

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};

use super::fonts::Fonts;
use super::lettering::{Align, Setting, TextStyle};
use super::marks::{Mark, sheets};
use super::unusable::Unusable;

/// A4, pt.
const WIDTH: f64 = 595.0;
const HEIGHT: f64 = 842.0;
/// A form field's size, and the distance of two of them.
const FIELD: (i64, i64) = (120, 40);
const FIELD_STEP: i64 = 50;

/// A document of `pages` A4 pages. The first shows `words`, each on a line of its own, and has the form fields.
///
/// # Errors
/// A font of no use; the built-in one is not.
pub fn plain_document(pages: usize, words: &[String], fields: &[String]) -> Result<Vec<u8>, Unusable> {
    let style = TextStyle { align: Align::Left, ..TextStyle::default() };
    let first = Mark::Text { text: words.join("\n"), style, setting: Setting::Plain };
    let blank = Mark::Text { text: String::new(), style, setting: Setting::Plain };
    let marks = std::iter::once(&first).chain(std::iter::repeat_n(&blank, pages.saturating_sub(1)));
    let pdf = sheets(marks.map(|mark| (mark, WIDTH, HEIGHT)), &Fonts::builtin())?.pdf;
    if fields.is_empty() { Ok(pdf) } else { with_fields(&pdf, fields) }
}

fn with_fields(pdf: &[u8], names: &[String]) -> Result<Vec<u8>, Unusable> {
    let damaged = |_| Unusable::Damaged { what: "its form fields could not be added" };
    let mut document = Document::load_mem(pdf).map_err(damaged)?;
    let page = document.page_iter().next().ok_or(Unusable::NoPages)?;
    let widgets: Vec<Object> =
        (0..).zip(names).map(|(row, name)| widget(&mut document, page, row, name).into()).collect();
    let sheet = document.get_object_mut(page).and_then(Object::as_dict_mut).map_err(damaged)?;
    sheet.set("Annots", widgets.clone());
    document.catalog_mut().map_err(damaged)?.set("AcroForm", dictionary! { "Fields" => widgets });
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(|_| Unusable::Damaged { what: "its form fields could not be written" })?;
    Ok(bytes)
}

/// A text field on `page`, its name in UTF-16 as PDF has names that are not Latin.
fn widget(document: &mut Document, page: ObjectId, row: i64, name: &str) -> ObjectId {
    let (left, top) = (60, HEIGHT as i64 - 60 - row * FIELD_STEP);
    let utf16 = [0xFE, 0xFF].into_iter().chain(name.encode_utf16().flat_map(u16::to_be_bytes));
    let field: Dictionary = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Tx",
        "T" => Object::String(utf16.collect(), StringFormat::Literal),
        "Rect" => vec![left.into(), (top - FIELD.1).into(), (left + FIELD.0).into(), top.into()],
        "F" => 4,
        "P" => page,
    };
    document.add_object(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{find_field, find_keyword, inspect};

    #[test]
    fn a_described_document_has_its_pages_words_and_fields_and_is_the_same_every_time() {
        let words = ["甲方（盖章）".to_owned(), "Test1".to_owned()];
        let fields = ["seal".to_owned(), "签名".to_owned()];
        let bytes = plain_document(3, &words, &fields).unwrap();

        assert_eq!(inspect(&bytes).unwrap().pages.len(), 3);
        for word in &words {
            assert_eq!(find_keyword(&bytes, word).unwrap().len(), 1, "{word}");
        }
        for field in &fields {
            assert_eq!(find_field(&bytes, field).unwrap()[0].page, 1, "{field}");
        }
        assert_eq!(bytes, plain_document(3, &words, &fields).unwrap());
    }
}
