//! The typefaces stamps are set in: the built-in subset of Noto Sans SC, and one more that the user may bring.
//!
//! Nothing is read when a [`Fonts`] is made: the built-in face sleeps in the binary until the first character is set.
//! Every text is set in the same face; the vendor's choice of 黑体, 宋体 and 仿宋 is not modelled.

use std::sync::{Arc, OnceLock};

use krilla::text::{Font, GlyphId};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// `assets/fonts/README.md` says what it holds and how it was made.
static BUILTIN: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Subset.otf");

/// The built-in face, for others that draw.
pub(super) fn builtin_bytes() -> &'static [u8] {
    BUILTIN
}

/// The user's font file cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the font file is not a TrueType or OpenType font that can be read")]
pub struct UnreadableFont;

/// The typefaces, in the order in which they are asked for a character. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Fonts {
    faces: Vec<Arc<Face>>,
}

impl Fonts {
    /// The built-in face alone.
    pub fn builtin() -> Self {
        Self { faces: vec![Arc::new(Face::new(Bytes::BuiltIn))] }
    }

    /// The built-in face, and `bytes` (a TrueType or OpenType font or collection) for characters it lacks.
    ///
    /// # Errors
    /// The bytes are not such a font.
    pub fn with_extra(bytes: Vec<u8>) -> Result<Self, UnreadableFont> {
        let extra = Face::new(Bytes::Brought(Arc::new(bytes)));
        // Asked for now, so that a bad file stops the start and not the first stamp.
        let usable = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            extra.font().is_some() && extra.with_face(|face| face.charmap().mappings().next().is_some()) == Some(true)
        }));
        if !usable.unwrap_or(false) {
            return Err(UnreadableFont);
        }
        Ok(Self { faces: vec![Arc::new(Face::new(Bytes::BuiltIn)), Arc::new(extra)] })
    }

    /// The first face that has `character`, its glyph, and how far it advances (in sizes).
    pub(super) fn find(&self, character: char) -> Option<Found> {
        self.faces.iter().find_map(|face| {
            let (glyph, advance) = face.glyph(character)?;
            Some(Found { font: face.font()?, glyph, advance })
        })
    }

    /// Whether some face has `character`.
    pub fn has(&self, character: char) -> bool {
        self.faces.iter().any(|face| face.glyph(character).is_some())
    }
}

impl Default for Fonts {
    fn default() -> Self {
        Self::builtin()
    }
}

/// A character in a face.
pub(super) struct Found {
    pub(super) font: Font,
    pub(super) glyph: GlyphId,
    pub(super) advance: f32,
}

#[derive(Clone, Debug)]
enum Bytes {
    BuiltIn,
    Brought(Arc<Vec<u8>>),
}

#[derive(Debug)]
struct Face {
    bytes: Bytes,
    font: OnceLock<Option<Font>>,
}

impl Face {
    fn new(bytes: Bytes) -> Self {
        Self { bytes, font: OnceLock::new() }
    }

    fn font(&self) -> Option<Font> {
        let made = self.font.get_or_init(|| match &self.bytes {
            Bytes::BuiltIn => Font::new(BUILTIN.into(), 0),
            Bytes::Brought(bytes) => Font::new(Arc::clone(bytes).into(), 0),
        });
        made.clone()
    }

    fn with_face<T>(&self, look: impl FnOnce(&FontRef<'_>) -> T) -> Option<T> {
        let bytes = match &self.bytes {
            Bytes::BuiltIn => BUILTIN,
            Bytes::Brought(bytes) => bytes.as_slice(),
        };
        FontRef::from_index(bytes, 0).ok().map(|face| look(&face))
    }

    fn glyph(&self, character: char) -> Option<(GlyphId, f32)> {
        self.with_face(|face| {
            let glyph = face.charmap().map(character)?;
            let units = f32::from(face.metrics(Size::unscaled(), LocationRef::default()).units_per_em.max(1));
            // Asked for in the font's own units: scaled widths come rounded to 1/64.
            let metrics = face.glyph_metrics(Size::unscaled(), LocationRef::default());
            let advance = metrics.advance_width(glyph).unwrap_or_default() / units;
            Some((GlyphId::new(glyph.to_u32()), advance))
        })
        .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_face_has_every_character_of_its_list_and_no_emoji() {
        let fonts = Fonts::builtin();
        let list = include_str!("../../assets/fonts/characters.txt");

        assert!(list.chars().filter(|one| *one != '\n').all(|one| fonts.has(one)));
        assert!("㛃䶮喆堃玥，（）１Ａ".chars().all(|one| fonts.has(one)), "rare characters of names");
        assert!(!fonts.has('\u{1F600}'));
    }

    #[test]
    fn a_brought_face_is_asked_after_the_built_in_one() {
        let fonts = Fonts::with_extra(BUILTIN.to_vec()).unwrap();

        assert_eq!(fonts.faces.len(), 2);
        assert!(fonts.has('中') && fonts.find('中').is_some_and(|found| found.advance == 1.0));
    }

    #[test]
    fn what_is_not_a_font_is_refused_at_once() {
        for bytes in [&b""[..], b"%PDF-1.7", &BUILTIN[..1000], b"OTTO\0\x0A\0\x80\0\x03\0\x20"] {
            assert_eq!(Fonts::with_extra(bytes.to_vec()).unwrap_err(), UnreadableFont);
        }
    }
}
