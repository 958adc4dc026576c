//! The file as a set of numbered objects, read by lopdf: what stamping edits, and what is weighed at upload.

use std::collections::BTreeSet;

use lopdf::xref::{XrefEntry, XrefRecovery};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use super::frame::Frame;
use super::limits::{MAX_IMAGE_PIXELS, MAX_INFLATED, MAX_OBJECTS};
use super::unusable::Unusable;

/// How far into a file its header may begin (ISO 32000-1, annex H.3, note 13).
const HEADER_WITHIN: usize = 1024;

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
    pub(super) fn lead_to_pages(&self, bytes: &[u8], frames: &[Frame]) -> bool {
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
pub(super) fn weigh(document: &Document) -> Result<(), Unusable> {
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
