//! The form fields of a PDF: what FIELD positioning looks up.

use lopdf::{Dictionary, Document, Object, decode_text_string};

use super::frame::{Frame, frames, open};
use super::limits::contain;
use super::objects::open_objects;
use super::pages::Area;
use super::unusable::Unusable;

/// Deepest nesting of field names that is followed; forms nest two or three deep.
const MAX_DEPTH: usize = 32;

/// A form field's place: one for each of its widgets.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The full name, parts joined by dots.
    pub name: String,
    /// Where it stands.
    pub area: Area,
}

impl Field {
    /// Whether a person would call the field so: by its full name, or by its last part (ASSUMED: the vendor only says
    /// "name of the field").
    pub fn is_called(&self, name: &str) -> bool {
        !name.is_empty() && (self.name == name || self.name.rsplit('.').next() == Some(name))
    }
}

/// The places of the form field called `name`, by page.
///
/// # Errors
/// The document cannot be read.
pub fn find_field(bytes: &[u8], name: &str) -> Result<Vec<Area>, Unusable> {
    Ok(read_fields(bytes)?.into_iter().filter(|field| field.is_called(name)).map(|field| field.area).collect())
}

/// All form fields that have a place on a page.
///
/// # Errors
/// The document cannot be read.
pub fn read_fields(bytes: &[u8]) -> Result<Vec<Field>, Unusable> {
    contain(|| {
        let objects = open_objects(bytes)?;
        let frames = frames(&open(bytes)?)?;
        Ok(fields_of(&objects.document, &frames))
    })
}

pub(super) fn fields_of(document: &Document, frames: &[Frame]) -> Vec<Field> {
    let mut fields = Vec::new();
    for (index, frame) in frames.iter().enumerate() {
        let Ok(page) = document.get_dictionary(frame.id) else { continue };
        let Ok(annotations) = page.get_deref(b"Annots", document).and_then(Object::as_array) else { continue };
        for annotation in annotations {
            let Ok(widget) = document.dereference(annotation).and_then(|(_, object)| object.as_dict()) else {
                continue;
            };
            if !widget.get_deref(b"Subtype", document).and_then(Object::as_name).is_ok_and(|kind| kind == b"Widget") {
                continue;
            }
            if let (Some(name), Some(corners)) = (full_name(document, widget), corners(document, widget)) {
                fields.push(Field { name, area: frame.area(index + 1, corners) });
            }
        }
    }
    fields
}

fn full_name(document: &Document, widget: &Dictionary) -> Option<String> {
    let mut parts = Vec::new();
    let mut at = widget;
    for _ in 0..MAX_DEPTH {
        parts.extend(at.get_deref(b"T", document).ok().and_then(text));
        match at.get_deref(b"Parent", document).and_then(Object::as_dict) {
            Ok(parent) => at = parent,
            Err(_) => break,
        }
    }
    parts.reverse();
    (!parts.is_empty()).then(|| parts.join("."))
}

/// A text string. Some producers write UTF-8 without the mark that PDF 2.0 wants before it.
fn text(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.starts_with('\u{FEFF}') => Some(text.to_owned()),
        Ok(_) | Err(_) => decode_text_string(object).ok(),
    }
}

fn corners(document: &Document, widget: &Dictionary) -> Option<[f64; 4]> {
    let rect = widget.get_deref(b"Rect", document).and_then(Object::as_array).ok()?;
    let numbers: Vec<f64> = rect
        .iter()
        .filter_map(|one| document.dereference(one).ok()?.1.as_float().ok())
        .map(f64::from)
        .filter(|number| number.is_finite())
        .collect();
    numbers.try_into().ok()
}
