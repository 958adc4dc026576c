//! Opening a PDF, and its pages as a person sees them.
//!
//! Two readers look at every file: hayro reads and draws pages, lopdf edits objects. A document is accepted only when
//! both can read it and agree on where its pages are, so that whatever is accepted at upload can be signed later.

use std::collections::BTreeSet;
use std::sync::Arc;

use hayro::hayro_syntax::object::Number;
use hayro::hayro_syntax::object::dict::keys::USER_UNIT;
use hayro::hayro_syntax::page::{Page, Rotation};
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::kurbo::{Affine, Point, Rect};
use lopdf::xref::{XrefEntry, XrefRecovery};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use super::limits::{MAX_IMAGE_PIXELS, MAX_INFLATED, MAX_OBJECTS, MAX_PAGE_SIDE, MAX_PAGES, contain};
use super::unusable::Unusable;

/// How far into a file its header may begin (ISO 32000-1, annex H.3, note 13).
const HEADER_WITHIN: usize = 1024;

/// A page as shown: cropped, turned, in pt (1/72 inch).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageSize {
    /// From the left edge to the right, as shown.
    pub width: f64,
    /// From the top edge to the bottom, as shown.
    pub height: f64,
}

/// A rectangle on a page as shown: origin in the page's upper left corner, Y downwards, pt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// The page, counted from 1.
    pub page: usize,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Area {
    pub(super) fn from_rect(page: usize, rect: Rect) -> Self {
        Self { page, x: rect.x0, y: rect.y0, width: rect.width(), height: rect.height() }
    }
}

/// What is known of an uploaded PDF.
#[derive(Clone, Debug, PartialEq)]
pub struct PdfFacts {
    /// Its pages in order, at least one.
    pub pages: Vec<PageSize>,
}

/// Reads the facts of an uploaded PDF, and refuses what could not be shown and signed later.
///
/// # Errors
/// Says what is wrong with the file.
pub fn inspect(bytes: &[u8]) -> Result<PdfFacts, Unusable> {
    contain(|| {
        let objects = open_objects(bytes)?;
        weigh(&objects.document)?;
        let reading = open(bytes)?;
        let frames = frames(&reading)?;
        if !objects.document.page_iter().eq(frames.iter().map(|frame| frame.id)) {
            return Err(Unusable::Damaged { what: "its page tree can be read in two ways" });
        }
        if !objects.lead_to_pages(bytes, &frames) {
            return Err(Unusable::Damaged { what: "its table of objects leads past its pages" });
        }
        Ok(PdfFacts { pages: frames.iter().map(Frame::size).collect() })
    })
}

/// The file as lopdf holds it: objects to edit.
pub(super) struct Objects {
    /// All objects.
    pub(super) document: Document,
    /// Bytes before the `%PDF-` header; every offset in the file counts from there.
    pub(super) junk: usize,
}

impl Objects {
    /// Whether the table of objects is right about the way from the catalog to each page. Where it is not, readers
    /// guess, and may guess otherwise once something is appended.
    fn lead_to_pages(&self, bytes: &[u8], frames: &[Frame]) -> bool {
        let reference = |entries: &Dictionary, key: &[u8]| entries.get(key).and_then(Object::as_reference).ok();
        let Some(catalog) = reference(&self.document.trailer, b"Root") else { return false };
        let mut way = BTreeSet::from([catalog]);
        for frame in frames {
            let mut at = Some(frame.id);
            while let Some(id) = at
                && way.insert(id)
            {
                let Ok(node) = self.document.get_dictionary(id) else { return false };
                at = reference(node, b"Parent");
            }
        }
        let tree = self.document.get_dictionary(catalog).ok().and_then(|catalog| reference(catalog, b"Pages"));
        way.extend(tree);
        tree.is_some() && way.iter().all(|&id| self.is_where_the_table_says(bytes, id))
    }

    fn is_where_the_table_says(&self, bytes: &[u8], (number, generation): ObjectId) -> bool {
        match self.document.reference_table.get(number) {
            Some(XrefEntry::Normal { offset, generation: noted }) => {
                let place = usize::try_from(*offset).ok().and_then(|offset| bytes.get(self.junk + offset..));
                let head: Vec<u8> = place.unwrap_or_default().iter().copied().take(40).collect();
                let mut words = head.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
                let mut next_is = |expected: &str| words.next().is_some_and(|word| word == expected.as_bytes());
                *noted == generation
                    && next_is(&number.to_string())
                    && next_is(&generation.to_string())
                    && words.next().is_some_and(|word| word.starts_with(b"obj"))
            }
            Some(XrefEntry::Compressed { .. }) => true,
            Some(XrefEntry::Free | XrefEntry::UnusableFree) | None => false,
        }
    }
}

/// Reads all objects of the file.
pub(super) fn open_objects(bytes: &[u8]) -> Result<Objects, Unusable> {
    let window = &bytes[..bytes.len().min(HEADER_WITHIN)];
    let junk = window.windows(5).position(|five| five == b"%PDF-").ok_or(Unusable::NotPdf)?;
    let options = LoadOptions::with_max_decompressed_size(MAX_INFLATED);
    let document = Document::load_mem_with_options(&bytes[junk..], options).map_err(|error| {
        if matches!(error, lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword) {
            Unusable::Encrypted
        } else {
            Unusable::Damaged { what: "its table of objects cannot be read" }
        }
    })?;
    if document.trailer.has(b"Encrypt") || document.was_encrypted() {
        return Err(Unusable::Encrypted);
    }
    // ASSUMED: a file whose table had to be rebuilt is refused, since nothing can be appended to a broken table.
    if document.xref_recovery == Some(XrefRecovery::Reconstructed) || document.xref_start == 0 {
        return Err(Unusable::Damaged { what: "its table of objects is broken" });
    }
    if document.objects.len() > MAX_OBJECTS {
        return Err(Unusable::TooManyObjects { objects: document.objects.len() });
    }
    Ok(Objects { document, junk })
}

/// Refuses a file whose streams unpack to more than the limits allow, before anything unpacks them for good.
fn weigh(document: &Document) -> Result<(), Unusable> {
    let (mut inflated, mut pixels) = (0_usize, 0_u64);
    for stream in document.objects.values().filter_map(|object| object.as_stream().ok()) {
        if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image") {
            let side = |key: &[u8]| {
                let value = stream.dict.get_deref(key, document).and_then(Object::as_i64).unwrap_or(0);
                u64::try_from(value).unwrap_or(0)
            };
            pixels = pixels.saturating_add(side(b"Width").saturating_mul(side(b"Height")));
        } else if stream.is_compressed() {
            let left = MAX_INFLATED - inflated;
            match stream.decompress_to_writer(&mut std::io::sink(), left) {
                Ok(size) => inflated += size,
                Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                    return Err(Unusable::Inflates);
                }
                // An unreadable stream draws nothing; whether that matters, viewers decide as they do elsewhere.
                Err(_) => (),
            }
        }
    }
    if pixels > MAX_IMAGE_PIXELS { Err(Unusable::TooMuchWork) } else { Ok(()) }
}

/// Opens the file for reading and drawing.
pub(super) fn open(bytes: &[u8]) -> Result<Pdf, Unusable> {
    Pdf::new(Arc::new(bytes.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Unusable::Encrypted,
        LoadPdfError::Invalid => Unusable::Damaged { what: "its pages cannot be found" },
    })
}

/// Where a page's own coordinates lie on the page as shown.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The page's object.
    pub(super) id: ObjectId,
    visible: Rect,
    turn: Turn,
    unit: f64,
}

/// How far the page is turned clockwise when shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    None,
    Quarter,
    Half,
    ThreeQuarters,
}

/// The frames of all pages, in order.
pub(super) fn frames(pdf: &Pdf) -> Result<Vec<Frame>, Unusable> {
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Unusable::NoPages);
    }
    if pages.len() > MAX_PAGES {
        return Err(Unusable::TooManyPages { pages: pages.len() });
    }
    pages.iter().enumerate().map(|(index, page)| Frame::of(page, index + 1)).collect()
}

impl Frame {
    fn of(page: &Page<'_>, number: usize) -> Result<Self, Unusable> {
        let id = page.raw().obj_id().ok_or(Unusable::Damaged { what: "a page is not an object of its own" })?;
        let generation = u16::try_from(id.gen_number);
        let generation = generation.map_err(|_| Unusable::Damaged { what: "a page has an impossible number" })?;
        let id = (id.obj_number, generation);
        let cropped = page.intersected_crop_box();
        let (width, height) = page.base_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        if !(cropped.x0.is_finite() && cropped.y0.is_finite() && width <= MAX_PAGE_SIDE && height <= MAX_PAGE_SIDE) {
            return Err(Unusable::PageTooLarge { page: number });
        }
        let turn = match page.rotation() {
            Rotation::None => Turn::None,
            Rotation::Horizontal => Turn::Quarter,
            Rotation::Flipped => Turn::Half,
            Rotation::FlippedHorizontal => Turn::ThreeQuarters,
        };
        let unit = page.raw().get::<Number>(USER_UNIT).map_or(1.0, |unit| unit.as_f64());
        // ASSUMED: a UserUnit outside these bounds is a mistake and is taken as 1.
        let unit = if (0.001..=75_000.0).contains(&unit) { unit } else { 1.0 };
        let visible = Rect::new(cropped.x0, cropped.y0, cropped.x0 + width, cropped.y0 + height);
        Ok(Self { id, visible, turn, unit })
    }

    /// The corners of what is shown, in the page's own coordinates: left, bottom, right, top.
    pub(super) fn visible(&self) -> [f64; 4] {
        let Rect { x0, y0, x1, y1 } = self.visible;
        [x0, y0, x1, y1]
    }

    /// The page's size as shown.
    pub(super) fn size(&self) -> PageSize {
        let (width, height) = (self.visible.width() * self.unit, self.visible.height() * self.unit);
        match self.turn {
            Turn::None | Turn::Half => PageSize { width, height },
            Turn::Quarter | Turn::ThreeQuarters => PageSize { width: height, height: width },
        }
    }

    /// From the page's own coordinates to the page as shown.
    pub(super) fn shown(&self) -> Affine {
        let Rect { x0, y0, x1, y1 } = self.visible;
        let turned = match self.turn {
            Turn::None => Affine::new([1.0, 0.0, 0.0, -1.0, -x0, y1]),
            Turn::Quarter => Affine::new([0.0, 1.0, 1.0, 0.0, -y0, -x0]),
            Turn::Half => Affine::new([-1.0, 0.0, 0.0, 1.0, x1, -y0]),
            Turn::ThreeQuarters => Affine::new([0.0, -1.0, -1.0, 0.0, y1, x1]),
        };
        Affine::scale(self.unit) * turned
    }

    /// The rectangle between two corners of the page's own coordinates, on the page as shown.
    pub(super) fn area(&self, page: usize, corners: [f64; 4]) -> Area {
        let [x0, y0, x1, y1] = corners;
        let (one, other) = (self.shown() * Point::new(x0, y0), self.shown() * Point::new(x1, y1));
        Area::from_rect(page, Rect::from_points(one, other))
    }
}

#[cfg(test)]
impl Frame {
    /// One of each turn, off the origin.
    pub(super) fn examples() -> [Self; 4] {
        let visible = Rect::new(5.0, 7.0, 205.0, 307.0);
        [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters].map(|turn| Self {
            id: (1, 0),
            visible,
            turn,
            unit: 1.0,
        })
    }
}
