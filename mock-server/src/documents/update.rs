//! An incremental update of a PDF (ISO 32000-1, 7.5.6): new objects and changed pages, appended.
//!
//! Each different mark becomes one form XObject; each stamped page gets a new dictionary whose content is the old
//! content, shut off by `q` and `Q`, followed by the marks.

use std::collections::{BTreeMap, BTreeSet};

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, Point};
use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, Stream, StringFormat};
use sha2::{Digest, Sha256};

use super::frame::Frame;
use super::nesting::Nesting;
use super::pages::Area;
use super::unusable::Unusable;

/// A form and where it goes.
pub(super) struct Placed {
    /// Where it stands, as shown.
    pub(super) area: Area,
    /// Where it may show, as shown.
    pub(super) window: Option<Area>,
    /// The form XObject.
    pub(super) form: ObjectId,
}

/// The update being written.
pub(super) struct Update {
    document: IncrementalDocument,
}

impl Update {
    pub(super) fn of(original: &[u8], previous: Document) -> Self {
        let size = previous.trailer.get(b"Size").and_then(Object::as_i64).unwrap_or(0);
        let mut document = IncrementalDocument::create_from(original.to_vec(), previous);
        // An object stream or table of the file may hold a number that is not among the objects.
        if let Ok(size) = u32::try_from(size)
            && size < 8_388_607
        {
            document.new_document.max_id = document.new_document.max_id.max(size.saturating_sub(1));
        }
        Self { document }
    }

    fn previous(&self) -> &Document {
        self.document.get_prev_documents()
    }

    /// Brings the sheets in, each page as a form XObject.
    pub(super) fn import(&mut self, sheets: &[u8]) -> Result<Vec<ObjectId>, Unusable> {
        let broken = |_| Unusable::Damaged { what: "its stamps could not be drawn" };
        let sheets = Document::load_mem(sheets).map_err(broken)?;
        let mut moved = BTreeMap::new();
        let mut forms = Vec::new();
        for page_id in sheets.page_iter() {
            let page = sheets.get_dictionary(page_id).map_err(broken)?;
            let content = page.get_deref(b"Contents", &sheets).and_then(Object::as_stream).map_err(broken)?;
            let mut form = content.clone();
            form.dict.set("Type", Object::Name(b"XObject".to_vec()));
            form.dict.set("Subtype", Object::Name(b"Form".to_vec()));
            for (key, page_key) in [("BBox", "MediaBox"), ("Resources", "Resources")] {
                if let Ok(value) = page.get_deref(page_key.as_bytes(), &sheets) {
                    let value = self.moved(value, &sheets, &mut moved);
                    form.dict.set(key, value);
                }
            }
            forms.push(self.document.new_document.add_object(form));
        }
        Ok(forms)
    }

    /// A copy of `object`, with everything it refers to copied and numbered anew.
    fn moved(&mut self, object: &Object, from: &Document, moved: &mut BTreeMap<ObjectId, ObjectId>) -> Object {
        match object {
            Object::Reference(id) => {
                if let Some(&known) = moved.get(id) {
                    return Object::Reference(known);
                }
                let Ok(target) = from.get_object(*id) else { return Object::Null };
                let new = self.document.new_document.new_object_id();
                moved.insert(*id, new);
                let copy = self.moved(target, from, moved);
                self.document.new_document.set_object(new, copy);
                Object::Reference(new)
            }
            Object::Array(items) => Object::Array(items.iter().map(|item| self.moved(item, from, moved)).collect()),
            Object::Dictionary(entries) => Object::Dictionary(self.moved_entries(entries, from, moved)),
            Object::Stream(stream) => {
                let mut copy = stream.clone();
                copy.dict = self.moved_entries(&stream.dict, from, moved);
                Object::Stream(copy)
            }
            Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::String(..) => object.clone(),
        }
    }

    fn moved_entries(
        &mut self,
        entries: &Dictionary,
        from: &Document,
        moved: &mut BTreeMap<ObjectId, ObjectId>,
    ) -> Dictionary {
        entries.iter().map(|(key, value)| (key.clone(), self.moved(value, from, moved))).collect()
    }

    /// Puts forms onto one page.
    pub(super) fn put(
        &mut self,
        reading: &Pdf,
        index: usize,
        frame: &Frame,
        placed: &[Placed],
    ) -> Result<(), Unusable> {
        let lost = |_| Unusable::Damaged { what: "its page tree can be read in two ways" };
        let mut page = self.previous().get_dictionary(frame.id).map_err(lost)?.clone();
        let mut resources = self.resources(&page);
        let mut forms = self.entry(&resources, b"XObject");

        let shown = &reading.pages()[index];
        let (mut contents, mut drawing) = match Nesting::of(shown) {
            Nesting::Open { text, saved } => {
                // Ends what the old content left open, so that the marks start from the page's own coordinates.
                let ends = format!("{}{}", if text { "\nET" } else { "" }, "\nQ".repeat(saved + 1));
                let mut contents = vec![self.content("q\n")];
                contents.extend(self.contents(&page));
                (contents, ends)
            }
            Nesting::Broken => {
                // A form shuts off whatever happens in it: a copy of the content is drawn in place of the original.
                let whole = self.old_content_as_form(shown, frame, &resources);
                let name = free_name(&forms, "EssPage");
                forms.set(name.clone(), Object::Reference(whole));
                (Vec::new(), format!("q /{name} Do Q"))
            }
        };
        for Placed { area, window, form } in placed {
            let name = free_name(&forms, "EssStamp");
            forms.set(name.clone(), Object::Reference(*form));
            let clip = window.map(|window| clip(frame, &window)).unwrap_or_default();
            let [a, b, c, d, e, f] = onto_page(frame, area).as_coeffs().map(number);
            drawing += &format!("\nq {clip}{a} {b} {c} {d} {e} {f} cm /{name} Do Q");
        }
        contents.push(self.content(&(drawing + "\n")));

        resources.set("XObject", Object::Dictionary(forms));
        page.set("Resources", Object::Dictionary(resources));
        page.set("Contents", Object::Array(contents));
        self.document.new_document.set_object(frame.id, Object::Dictionary(page));
        Ok(())
    }

    /// Adds annotations to one page.
    pub(super) fn annotate(&mut self, frame: &Frame, annotations: Vec<Dictionary>) -> Result<(), Unusable> {
        let lost = |_| Unusable::Damaged { what: "its page tree can be read in two ways" };
        let mut page = self.previous().get_dictionary(frame.id).map_err(lost)?.clone();
        let former = page.get_deref(b"Annots", self.previous()).and_then(Object::as_array);
        let mut all = former.cloned().unwrap_or_default();
        all.extend(annotations.into_iter().map(|one| Object::Reference(self.document.new_document.add_object(one))));
        page.set("Annots", Object::Array(all));
        self.document.new_document.set_object(frame.id, Object::Dictionary(page));
        Ok(())
    }

    /// Adds a piece of page content.
    fn content(&mut self, operators: &str) -> Object {
        let stream = Stream::new(Dictionary::new(), operators.as_bytes().to_vec());
        Object::Reference(self.document.new_document.add_object(stream))
    }

    /// The page's resources, its own or inherited, as a copy.
    fn resources(&self, page: &Dictionary) -> Dictionary {
        let document = self.previous();
        let mut seen = BTreeSet::new();
        let mut at = page;
        loop {
            if let Ok(resources) = at.get_deref(b"Resources", document).and_then(Object::as_dict) {
                return resources.clone();
            }
            let parent = at.get(b"Parent").and_then(Object::as_reference);
            match parent.ok().filter(|&id| seen.insert(id)).and_then(|id| document.get_dictionary(id).ok()) {
                Some(parent) => at = parent,
                None => return Dictionary::new(),
            }
        }
    }

    fn entry(&self, dictionary: &Dictionary, key: &[u8]) -> Dictionary {
        dictionary.get_deref(key, self.previous()).and_then(Object::as_dict).cloned().unwrap_or_default()
    }

    /// The page's content streams, as they are referred to.
    fn contents(&self, page: &Dictionary) -> Vec<Object> {
        let Ok(contents) = page.get(b"Contents") else { return Vec::new() };
        match self.previous().dereference(contents) {
            Ok((_, Object::Array(streams))) => streams.clone(),
            Ok((Some(_), Object::Stream(_))) => vec![contents.clone()],
            Ok(_) | Err(_) => Vec::new(),
        }
    }

    fn old_content_as_form(&mut self, page: &Page<'_>, frame: &Frame, resources: &Dictionary) -> ObjectId {
        let [x0, y0, x1, y1] = frame.visible().map(number);
        let mut entries = Dictionary::new();
        entries.set("Type", Object::Name(b"XObject".to_vec()));
        entries.set("Subtype", Object::Name(b"Form".to_vec()));
        entries.set("BBox", Object::Array([x0, y0, x1, y1].map(real).to_vec()));
        entries.set("Resources", Object::Dictionary(resources.clone()));
        let mut form = Stream::new(entries, page.page_stream().unwrap_or_default().to_vec());
        // Left unpacked when packing fails or does not pay: just as valid.
        let _ = form.compress();
        self.document.new_document.add_object(form)
    }

    /// Writes the original and the update.
    pub(super) fn write(mut self, out: &mut Vec<u8>) -> Result<(), Unusable> {
        let digest = self.digest();
        let trailer = &mut self.document.new_document.trailer;
        // Entries that belong to the form in which the last table was written, not to the document.
        for key in ["XRefStm", "Type", "W", "Index", "Filter", "DecodeParms", "Length"] {
            trailer.remove(key.as_bytes());
        }
        if let Ok(Object::Array(parts)) = trailer.get_mut(b"ID")
            && let [_, last] = parts.as_mut_slice()
        {
            *last = Object::String(digest, StringFormat::Hexadecimal);
        }
        self.document.save_to(out).map_err(|_| Unusable::Damaged { what: "its update could not be written" })
    }

    /// The second part of the file's ID names this revision (ISO 32000-1, 14.4). It follows from what is added.
    fn digest(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(self.document.get_prev_documents_bytes().len().to_be_bytes());
        hash.update(format!("{:?}", self.document.new_document.trailer.get(b"ID")));
        for (id, object) in &self.document.new_document.objects {
            hash.update(id.0.to_be_bytes());
            if let Object::Stream(stream) = object {
                hash.update(&stream.content);
            }
        }
        hash.finalize()[..16].to_vec()
    }
}

/// From a form's coordinates (lower-left origin, Y up, upright as shown) to the page's own.
fn onto_page(frame: &Frame, area: &Area) -> Affine {
    let to_shown = Affine::new([1.0, 0.0, 0.0, -1.0, area.x, area.y + area.height]);
    frame.shown().inverse() * to_shown
}

/// Operators that let nothing show outside of `window`.
fn clip(frame: &Frame, window: &Area) -> String {
    let back = frame.shown().inverse();
    let (left, top, right, bottom) = (window.x, window.y, window.x + window.width, window.y + window.height);
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)].map(|corner| back * Point::from(corner));
    let [a, b, c, d] = corners.map(|corner| format!("{} {}", number(corner.x), number(corner.y)));
    format!("{a} m {b} l {c} l {d} l h W n ")
}

fn free_name(taken: &Dictionary, stem: &str) -> String {
    let mut number = taken.len();
    loop {
        let name = format!("{stem}{number}");
        if !taken.has(name.as_bytes()) {
            return name;
        }
        number += 1;
    }
}

/// A number as PDF writes it: at most five decimals, no exponent, no minus before zero.
fn number(value: f64) -> f64 {
    let rounded = (value * 100_000.0).round() / 100_000.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}

fn real(value: f64) -> Object {
    Object::Real(value as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_lands_upright_where_it_is_shown() {
        let area = Area { page: 1, x: 10.0, y: 20.0, width: 30.0, height: 40.0 };
        for frame in Frame::examples() {
            let shown = frame.shown() * onto_page(&frame, &area);
            let close = |a: Point, b: Point| (a - b).hypot() < 1e-9;
            assert!(close(shown * Point::new(0.0, 0.0), Point::new(10.0, 60.0)), "lower left: {frame:?}");
            assert!(close(shown * Point::new(30.0, 40.0), Point::new(40.0, 20.0)), "upper right: {frame:?}");
        }
    }
}
