//! The text of a PDF, stamps included: what a page paints by itself and what forms on it paint.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Encoding, Error, Object};

/// Forms contain forms; deeper than this nobody looks.
const DEEPEST: usize = 8;

/// How many pages there are, and their text without any space: where words end is a matter of layout.
///
/// # Errors
/// It is no PDF that can be read.
pub(super) fn read(bytes: &[u8]) -> Result<(usize, String), String> {
    let document = Document::load_mem(bytes).map_err(|error| error.to_string())?;
    let pages = document.get_pages();
    let mut text = String::new();
    for page in pages.values() {
        let content = document.get_page_content(*page);
        let (own, inherited) = document.get_page_resources(*page).map_err(|error| error.to_string())?;
        let inherited = inherited.into_iter().filter_map(|id| document.get_dictionary(id).ok());
        let resources: Vec<&Dictionary> = own.into_iter().chain(inherited).collect();
        collect(&document, &content, &resources, 0, &mut text).map_err(|error| error.to_string())?;
    }
    Ok((pages.len(), text.chars().filter(|letter| !letter.is_whitespace()).collect()))
}

fn collect(
    document: &Document,
    content: &[u8],
    resources: &[&Dictionary],
    depth: usize,
    text: &mut String,
) -> Result<(), Error> {
    let encodings = encodings(document, resources);
    let mut encoding = None;
    for operation in Content::decode(content)?.operations {
        let name = operation.operands.first().and_then(|operand| operand.as_name().ok());
        match operation.operator.as_str() {
            "Tf" => encoding = name.and_then(|name| encodings.get(name)),
            "Tj" | "TJ" | "'" | "\"" => {
                if let Some(encoding) = encoding {
                    paint(encoding, &operation.operands, text);
                }
            }
            "Do" if depth < DEEPEST => {
                if let Some(form) = name.and_then(|name| entry(document, resources, b"XObject", name)) {
                    within(document, form, resources, depth, text)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// A form's own content, with its own resources where it has some.
fn within(
    document: &Document,
    form: &Object,
    around: &[&Dictionary],
    depth: usize,
    text: &mut String,
) -> Result<(), Error> {
    let Ok(stream) = form.as_stream() else { return Ok(()) };
    if stream.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form") {
        return Ok(());
    }
    let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let own = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict);
    match own {
        Ok(own) => collect(document, &content, &[own], depth + 1, text),
        Err(_) => collect(document, &content, around, depth + 1, text),
    }
}

fn encodings<'a>(document: &'a Document, resources: &[&'a Dictionary]) -> BTreeMap<Vec<u8>, Encoding<'a>> {
    let fonts = resources.iter().filter_map(|one| one.get_deref(b"Font", document).and_then(Object::as_dict).ok());
    let fonts = fonts.flat_map(|fonts| fonts.iter());
    let encoding = |(name, font): (&Vec<u8>, &'a Object)| {
        let (_, font) = document.dereference(font).ok()?;
        Some((name.clone(), font.as_dict().ok()?.get_font_encoding(document).ok()?))
    };
    fonts.filter_map(encoding).collect()
}

fn entry<'a>(document: &'a Document, resources: &[&'a Dictionary], kind: &[u8], name: &[u8]) -> Option<&'a Object> {
    resources.iter().find_map(|one| {
        let entries = one.get_deref(kind, document).and_then(Object::as_dict).ok()?;
        entries.get_deref(name, document).ok()
    })
}

fn paint(encoding: &Encoding<'_>, operands: &[Object], text: &mut String) {
    for operand in operands {
        if let Object::String(bytes, _) = operand {
            text.push_str(&Document::decode_text(encoding, bytes).unwrap_or_default());
        } else if let Object::Array(items) = operand {
            paint(encoding, items, text);
        }
    }
}
