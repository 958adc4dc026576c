//! Annotations of a PDF (ISO 32000-1, 12.5): a highlight over each line a note is at, and a note of its own for what is about all of the
//! file. They are an update like stamps are, so that the original bytes stay a prefix.

use hayro::kurbo::{Point, Rect};
use lopdf::{Dictionary, Object, StringFormat, dictionary};

use super::Note;
use crate::documents::frame::{Frame, frames, open};
use crate::documents::limits::contain;
use crate::documents::objects::{Objects, open_objects};
use crate::documents::pages::Area;
use crate::documents::unusable::Unusable;
use crate::documents::update::Update;

/// The side of a note's sign, and how far from the page's corner and from the next one it is.
const SIGN: f64 = 20.0;
const MARGIN: f64 = 12.0;
/// What a line is highlighted in: a light red.
const COLOUR: [f32; 3] = [1.0, 0.72, 0.72];
/// An annotation that is printed, too.
const PRINTED: i64 = 4;

/// Adds them.
pub(super) fn with_annotations(original: &[u8], notes: &[Note]) -> Result<Vec<u8>, Unusable> {
    contain(|| {
        let Objects { document, junk } = open_objects(original)?;
        let frames = frames(&open(original)?)?;
        let mut update = Update::of(&original[junk..], document);
        for (index, frame) in frames.iter().enumerate() {
            let annotations = annotations(index, frame, notes);
            if !annotations.is_empty() {
                update.annotate(frame, annotations)?;
            }
        }
        let mut pdf = original[..junk].to_vec();
        update.write(&mut pdf)?;
        Ok(pdf)
    })
}

fn annotations(index: usize, frame: &Frame, notes: &[Note]) -> Vec<Dictionary> {
    let on_page = notes.iter().flat_map(|note| note.at.iter().filter_map(move |at| Some((note, at.area?))));
    let lines = on_page.filter(|(_, area)| area.page == index + 1).map(|(note, area)| highlight(frame, note, area));
    let apart = notes.iter().filter(|note| index == 0 && note.at.iter().all(|at| at.area.is_none()));
    lines.chain(apart.zip(0_u16..).map(|(note, row)| sign(frame, note, f64::from(row)))).collect()
}

fn highlight(frame: &Frame, note: &Note, area: Area) -> Dictionary {
    let back = frame.shown().inverse();
    let (right, bottom) = (area.x + area.width, area.y + area.height);
    // As readers expect it: upper left, upper right, lower left, lower right.
    let corners = [(area.x, area.y), (right, area.y), (area.x, bottom), (right, bottom)];
    let corners = corners.map(|corner| back * Point::from(corner));
    let points = corners.iter().flat_map(|corner| [real(corner.x), real(corner.y)]).collect();
    let mut annotation = annotation("Highlight", note, Rect::from_points(corners[0], corners[3]));
    annotation.set("QuadPoints", Object::Array(points));
    annotation
}

/// A note beside the others of the file, in the upper left corner of its first page.
fn sign(frame: &Frame, note: &Note, row: f64) -> Dictionary {
    let back = frame.shown().inverse();
    let (x, y) = (MARGIN, MARGIN + row * (SIGN + MARGIN));
    let place = Rect::from_points(back * Point::new(x, y), back * Point::new(x + SIGN, y + SIGN));
    let mut annotation = annotation("Text", note, place);
    annotation.set("Name", Object::Name(b"Comment".to_vec()));
    annotation
}

fn annotation(subtype: &str, note: &Note, place: Rect) -> Dictionary {
    dictionary! {
        "Type" => "Annot",
        "Subtype" => subtype,
        "Rect" => [place.x0, place.y0, place.x1, place.y1].map(real).to_vec(),
        "Contents" => text(&note.text),
        "T" => text(&note.author),
        "C" => COLOUR.map(Object::Real).to_vec(),
        "F" => PRINTED,
    }
}

/// Text in UTF-16, as PDF has text that is not Latin.
fn text(text: &str) -> Object {
    let utf16 = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(utf16.collect(), StringFormat::Hexadecimal)
}

fn real(value: f64) -> Object {
    Object::Real(value as f32)
}

#[cfg(test)]
mod tests {
    use lopdf::Document;

    use super::super::NotePlace;
    use super::*;
    use crate::documents::{find_keyword, inspect, plain_document};

    fn note(text: &str, area: Option<Area>) -> Note {
        let at = area.map(|area| NotePlace { begin: 0, area: Some(area) }).into_iter().collect();
        Note { author: "审查".into(), text: text.into(), at }
    }

    /// Subtype, rectangle and text of each annotation of the first page.
    fn found(pdf: &[u8]) -> Vec<(String, Vec<f32>, String)> {
        let document = Document::load_mem(pdf).unwrap();
        let page = document.page_iter().next().unwrap();
        let annotations = document.get_dictionary(page).unwrap().get_deref(b"Annots", &document).unwrap();
        let each = annotations.as_array().unwrap().iter().map(|one| {
            let one = document.dereference(one).unwrap().1.as_dict().unwrap();
            let rect = one.get(b"Rect").unwrap().as_array().unwrap().iter().map(|side| side.as_float().unwrap());
            let text = one.get(b"Contents").and_then(Object::as_str).unwrap_or_default();
            let units: Vec<u16> = text.chunks(2).skip(1).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            let kind = one.get(b"Subtype").unwrap().as_name().unwrap();
            (String::from_utf8_lossy(kind).into_owned(), rect.collect(), String::from_utf16(&units).unwrap())
        });
        each.collect()
    }

    #[test]
    fn a_line_is_highlighted_where_it_stands_and_the_rest_is_noted_in_the_corner() {
        let original = plain_document(1, &["第一条 付款".to_owned()], &["field".to_owned()]).unwrap();
        let area = find_keyword(&original, "付款").unwrap()[0];

        let noted = with_annotations(&original, &[note("付款未填写", Some(area)), note("保密缺失", None)]).unwrap();

        assert!(noted.starts_with(&original));
        assert_eq!(inspect(&noted).unwrap().pages.len(), 1);
        let found = found(&noted);
        let kinds: Vec<(&str, &str)> = found.iter().map(|(kind, _, text)| (kind.as_str(), text.as_str())).collect();
        assert_eq!(kinds, [("Widget", ""), ("Highlight", "付款未填写"), ("Text", "保密缺失")], "what was there stays");
        let rect = &found[1].1;
        assert!((f64::from(rect[0]) - area.x).abs() < 0.1, "{rect:?} over {area:?}");
        assert!((842.0 - f64::from(rect[3]) - area.y).abs() < 0.1, "{rect:?} over {area:?}");
    }

    #[test]
    fn the_same_notes_give_the_same_bytes() {
        let original = plain_document(1, &[], &[]).unwrap();
        let noted = || with_annotations(&original, &[note("缺失", None)]).unwrap();
        assert_eq!(noted(), noted());
    }
}
