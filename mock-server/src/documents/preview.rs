//! Pictures of pages and marks.

use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::FontQuery;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::{TRANSPARENT, WHITE};
use hayro::vello_cpu::color::{AlphaColor, Srgb};
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::fonts::{Fonts, builtin_bytes};
use super::frame::{frames, open};
use super::glyphs::survey;
use super::limits::contain;
use super::marks::{Mark, sheets};
use super::unusable::Unusable;

/// Most pixels along one side of a picture; a wider or longer one is made smaller in proportion (ASSUMED).
pub const MAX_PICTURE_SIDE: u32 = 4096;

/// A picture (PNG, on white) of one page, counted from 1, `width` pixels wide.
///
/// # Errors
/// The document cannot be read or has no such page.
pub fn preview_png(bytes: &[u8], page: usize, width: u32) -> Result<Vec<u8>, Unusable> {
    contain(|| png(picture(&open(bytes)?, page, width, WHITE)?))
}

/// A picture (JPG) of one page, counted from 1, `width` pixels wide.
///
/// # Errors
/// The document cannot be read or has no such page.
pub fn page_jpg(bytes: &[u8], page: usize, width: u32) -> Result<Vec<u8>, Unusable> {
    contain(|| jpg(&picture(&open(bytes)?, page, width, WHITE)?))
}

/// A picture (PNG, on nothing) of an organization's seal, `size` pixels wide and high.
///
/// # Errors
/// It cannot be drawn.
pub fn seal_png(text: &str, label: Option<&str>, size: u32, fonts: &Fonts) -> Result<Vec<u8>, Unusable> {
    mark_png(&Mark::Seal { text: text.to_owned(), label: label.map(str::to_owned) }, size, size, fonts)
}

/// A picture (PNG, on nothing) of a mark, drawn as if a pixel were a pt.
///
/// # Errors
/// It cannot be drawn.
pub fn mark_png(mark: &Mark, width: u32, height: u32, fonts: &Fonts) -> Result<Vec<u8>, Unusable> {
    contain(|| {
        let (width, height) = (width.clamp(1, MAX_PICTURE_SIDE), height.clamp(1, MAX_PICTURE_SIDE));
        let drawn = sheets(std::iter::once((mark, f64::from(width), f64::from(height))), fonts)?;
        png(picture(&open(&drawn.pdf)?, 1, width, TRANSPARENT)?)
    })
}

/// A picture (JPG, on white) of a mark, drawn as if a pixel were a pt.
///
/// # Errors
/// It cannot be drawn.
pub fn mark_jpg(mark: &Mark, width: u32, height: u32, fonts: &Fonts) -> Result<Vec<u8>, Unusable> {
    contain(|| {
        let (width, height) = (width.clamp(1, MAX_PICTURE_SIDE), height.clamp(1, MAX_PICTURE_SIDE));
        let drawn = sheets(std::iter::once((mark, f64::from(width), f64::from(height))), fonts)?;
        jpg(&picture(&open(&drawn.pdf)?, 1, width, WHITE)?)
    })
}

/// Draws one page.
pub(super) fn picture(pdf: &Pdf, page: usize, width: u32, paper: AlphaColor<Srgb>) -> Result<Pixmap, Unusable> {
    let frames = frames(pdf)?;
    let pages = pdf.pages();
    let missing = Unusable::NoSuchPage { page, pages: pages.len() };
    let index = page.checked_sub(1).filter(|index| *index < pages.len()).ok_or(missing)?;
    // The drawing itself cannot be stopped, so its effort is counted beforehand.
    survey(&pages[index], &frames[index]);
    let (shown_width, shown_height) = pages[index].render_dimensions();
    let widest = MAX_PICTURE_SIDE as f32;
    let scale = (width.max(1) as f32 / shown_width).min(widest / shown_width).min(widest / shown_height);
    // A hair more than wanted, because sizes are cut down to whole pixels; never below one.
    let fitted = |side: f32| ((side * scale).round().max(1.0) + 0.01) / side;
    let pixels = PixmapSettings { x_scale: fitted(shown_width), y_scale: fitted(shown_height), bg_color: paper };
    Ok(render(&pages[index], &RenderCache::new(), &settings(), &RenderSettings::default(), &pixels))
}

/// Lets Chinese text whose typeface is not in the file be drawn in the built-in one.
fn settings() -> InterpreterSettings {
    let usual = InterpreterSettings::default();
    let resolve = Arc::clone(&usual.font_resolver);
    InterpreterSettings {
        font_resolver: Arc::new(move |query| match query {
            FontQuery::Fallback(wanted) if wanted.character_collection.is_some() => {
                Some((Arc::new(builtin_bytes()), 0))
            }
            FontQuery::Fallback(_) | FontQuery::Standard(_) => resolve(query),
        }),
        ..usual
    }
}

fn jpg(picture: &Pixmap) -> Result<Vec<u8>, Unusable> {
    const UNDRAWABLE: Unusable = Unusable::Damaged { what: "a page could not be drawn" };
    // On white paper nothing shines through, so the fourth sample of each pixel says nothing.
    let samples = picture.data_as_u8_slice().chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect();
    let (width, height) = (u32::from(picture.width()), u32::from(picture.height()));
    let pixels = image::RgbImage::from_raw(width, height, samples).ok_or(UNDRAWABLE)?;
    let mut jpg = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpg, 85);
    encoder.encode_image(&pixels).map_err(|_| UNDRAWABLE)?;
    Ok(jpg)
}

fn png(picture: Pixmap) -> Result<Vec<u8>, Unusable> {
    picture.into_png().map_err(|_| Unusable::Damaged { what: "a page could not be drawn" })
}
