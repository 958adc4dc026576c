//! Pictures people upload, as images of a PDF.
//!
//! A JPG goes in as it is (one or three colours), so that nothing is lost and a large photo stays small; everything else
//! is packed anew. What its camera noted about being turned is honoured.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::limits::contain;
use super::unusable::Unusable;

/// Most pixels along a side of an uploaded picture (ASSUMED, as all limits here: far above any scanner's).
const MAX_SIDE: u32 = 20_000;
/// Most memory one picture may take unpacked.
const MAX_MEMORY: u64 = 256 * 1024 * 1024;
/// Pixels along the longer side of a picture that is packed anew; a larger one is made smaller.
const LONGEST_PACKED: u32 = 4_000;

/// How a picture fills its area (`api Component`, ComponentExtra of FILL_IMAGE).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Over the whole area, whatever becomes of its proportions (FillMethod 0, 铺满).
    Stretched,
    /// As large as fits, in the middle (FillMethod 1).
    Centred,
    /// As large as fits, in the upper left corner (FillMethod 1 with NotMakeImageCenter; which corner is ASSUMED).
    Cornered,
}

/// Whether these bytes are a JPG or PNG that can be read to its end.
#[must_use]
pub fn is_picture(bytes: &[u8]) -> bool {
    contain(|| Picture::read(bytes).map(drop)).is_ok()
}

/// A picture that was read to its end.
#[derive(Debug)]
pub(super) struct Picture {
    pixels: Pixels,
    turn: Orientation,
}

#[derive(Debug)]
enum Pixels {
    /// A JPG as it came: bytes, width, height, whether grey.
    Jpeg { bytes: Vec<u8>, width: u32, height: u32, grey: bool },
    /// Anything else.
    Plain(DynamicImage),
}

impl Picture {
    /// Reads a JPG or PNG, all of it.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unusable> {
        let unreadable = |_| Unusable::NotPicture;
        let format = match bytes {
            [0xff, 0xd8, 0xff, ..] => ImageFormat::Jpeg,
            [0x89, b'P', b'N', b'G', ..] => ImageFormat::Png,
            [..] => return Err(Unusable::NotPicture),
        };
        let mut limits = Limits::no_limits();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        limits.max_alloc = Some(MAX_MEMORY);
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(unreadable)?;
        let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let colours = decoder.original_color_type().channel_count();
        let image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
        let pixels = match (format, colours) {
            (ImageFormat::Jpeg, 1 | 3) => {
                Pixels::Jpeg { bytes: bytes.to_vec(), width: image.width(), height: image.height(), grey: colours == 1 }
            }
            _ if image.width().max(image.height()) > LONGEST_PACKED => {
                Pixels::Plain(image.thumbnail(LONGEST_PACKED, LONGEST_PACKED))
            }
            _ => Pixels::Plain(image),
        };
        Ok(Self { pixels, turn })
    }

    /// Width and height as it wants to be seen.
    fn shown(&self) -> (f64, f64) {
        let (width, height) = match &self.pixels {
            Pixels::Jpeg { width, height, .. } => (*width, *height),
            Pixels::Plain(image) => (image.width(), image.height()),
        };
        let (width, height) = (f64::from(width), f64::from(height));
        match self.turn {
            Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH => (height, width),
            Orientation::NoTransforms
            | Orientation::Rotate180
            | Orientation::FlipHorizontal
            | Orientation::FlipVertical => (width, height),
        }
    }

    /// The operators that draw it under `name` on a sheet of this size, lower-left origin.
    pub(super) fn operators(&self, name: &str, fit: Fit, width: f64, height: f64) -> String {
        let (own_width, own_height) = self.shown();
        let scale = (width / own_width).min(height / own_height);
        let (wide, tall) = match fit {
            Fit::Stretched => (width, height),
            Fit::Centred | Fit::Cornered => (own_width * scale, own_height * scale),
        };
        let (x, y) = match fit {
            Fit::Stretched | Fit::Centred => ((width - wide) / 2.0, (height - tall) / 2.0),
            Fit::Cornered => (0.0, height - tall),
        };
        let [a, b, c, d, e, f] = turned(self.turn);
        format!("q {wide:.4} 0 0 {tall:.4} {x:.4} {y:.4} cm {a} {b} {c} {d} {e} {f} cm /{name} Do Q\n")
    }

    /// Adds it to `document` as an image XObject.
    pub(super) fn embed(self, document: &mut Document) -> ObjectId {
        match self.pixels {
            Pixels::Jpeg { bytes, width, height, grey } => {
                let mut entries = image_entries(width, height, grey);
                entries.set("Filter", Object::Name(b"DCTDecode".to_vec()));
                document.add_object(Stream::new(entries, bytes).with_compression(false))
            }
            Pixels::Plain(image) => {
                let (width, height) = (image.width(), image.height());
                let mut entries = image_entries(width, height, false);
                if image.color().has_alpha() {
                    let alpha = image.to_rgba8().pixels().map(|pixel| pixel.0[3]).collect();
                    let mask = packed(image_entries(width, height, true), alpha);
                    entries.set("SMask", Object::Reference(document.add_object(mask)));
                }
                document.add_object(packed(entries, image.into_rgb8().into_raw()))
            }
        }
    }
}

fn image_entries(width: u32, height: u32, grey: bool) -> Dictionary {
    let mut entries = Dictionary::new();
    entries.set("Type", Object::Name(b"XObject".to_vec()));
    entries.set("Subtype", Object::Name(b"Image".to_vec()));
    entries.set("Width", Object::Integer(width.into()));
    entries.set("Height", Object::Integer(height.into()));
    entries.set("ColorSpace", Object::Name(if grey { b"DeviceGray".to_vec() } else { b"DeviceRGB".to_vec() }));
    entries.set("BitsPerComponent", Object::Integer(8));
    entries
}

fn packed(entries: Dictionary, samples: Vec<u8>) -> Stream {
    let mut stream = Stream::new(entries, samples);
    // Left unpacked when packing fails or does not pay: just as valid.
    let _ = stream.compress();
    stream
}

/// Turns a picture inside the unit square, Y up.
fn turned(turn: Orientation) -> [i8; 6] {
    match turn {
        Orientation::NoTransforms => [1, 0, 0, 1, 0, 0],
        Orientation::Rotate90 => [0, -1, 1, 0, 0, 1],
        Orientation::Rotate180 => [-1, 0, 0, -1, 1, 1],
        Orientation::Rotate270 => [0, 1, -1, 0, 1, 0],
        Orientation::FlipHorizontal => [-1, 0, 0, 1, 1, 0],
        Orientation::FlipVertical => [1, 0, 0, -1, 0, 1],
        Orientation::Rotate90FlipH => [0, -1, -1, 0, 1, 1],
        Orientation::Rotate270FlipH => [0, 1, 1, 0, 0, 0],
    }
}

#[cfg(test)]
pub(super) mod samples {
    use std::io::Cursor;

    use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

    /// A picture whose left half is red and right half blue.
    pub(in super::super) fn halves(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let colour = |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
        let mut bytes = Cursor::new(Vec::new());
        RgbImage::from_fn(width, height, colour).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A green picture of which nothing can be seen on its left half.
    pub(in super::super) fn half_clear() -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let clear = RgbaImage::from_fn(40, 40, |x, _| Rgba([20, 180, 20, if x < 20 { 0 } else { 255 }]));
        clear.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::samples::halves;
    use super::*;

    #[test]
    fn a_jpg_goes_in_as_it_came() {
        let jpg = halves(40, 20, ImageFormat::Jpeg);
        let mut document = Document::new();
        let id = Picture::read(&jpg).unwrap().embed(&mut document);
        assert_eq!(document.get_object(id).unwrap().as_stream().unwrap().content, jpg);
    }

    #[test]
    fn what_is_no_picture_or_breaks_off_is_refused() {
        let png = halves(40, 20, ImageFormat::Png);
        for bytes in [&b""[..], b"%PDF-1.7", b"BM", b"\x89PNG\r\n\x1a\n", &png[..png.len() / 2]] {
            assert_eq!(Picture::read(bytes).err(), Some(Unusable::NotPicture));
        }
    }

    #[test]
    fn a_picture_keeps_its_proportions_unless_stretched() {
        let picture = Picture::read(&halves(40, 20, ImageFormat::Png)).unwrap();
        let draw = |fit| picture.operators("P", fit, 100.0, 100.0);
        assert!(draw(Fit::Stretched).starts_with("q 100.0000 0 0 100.0000 0.0000 0.0000 cm"));
        assert!(draw(Fit::Centred).starts_with("q 100.0000 0 0 50.0000 0.0000 25.0000 cm"));
        assert!(draw(Fit::Cornered).starts_with("q 100.0000 0 0 50.0000 0.0000 50.0000 cm"));
    }

    #[test]
    fn every_turn_keeps_the_unit_square() {
        for number in 1..=8 {
            let [a, b, c, d, e, f] = turned(Orientation::from_exif(number).unwrap()).map(i32::from);
            let mut corners: Vec<_> =
                [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(x, y)| (a * x + c * y + e, b * x + d * y + f)).to_vec();
            corners.sort_unstable();
            assert_eq!(corners, [(0, 0), (0, 1), (1, 0), (1, 1)], "orientation {number}");
        }
        let [a, b, c, d, e, f] = turned(Orientation::Rotate90).map(i32::from);
        assert_eq!((c + e, d + f), (1, 1), "clockwise: the upper left corner comes to the upper right");
        assert_eq!((a + e, b + f), (0, 0), "and the lower right one to the lower left");
    }
}
