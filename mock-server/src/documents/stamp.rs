//! Stamping: marks go onto the pages as an incremental update.
//!
//! The original bytes stay as they are, a prefix of the result, so its form fields, its earlier signatures and every
//! object nobody touched survive bit by bit. Redrawing the pages would be simpler and lose all of that.

use super::fonts::Fonts;
use super::frame::{frames, open};
use super::limits::{MAX_PAGE_SIDE, contain};
use super::marks::{Stamp, sheets};
use super::objects::{Objects, open_objects};
use super::pages::Area;
use super::unusable::Unusable;
use super::update::{Placed, Update};

/// A stamped document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// The original bytes, and what was added.
    pub pdf: Vec<u8>,
    /// Characters no typeface has, in order of their code; boxes stand in their place.
    pub missing: Vec<char>,
}

/// Puts `stamps` onto the pages of `original`, later ones over earlier ones. Without stamps the bytes are returned as
/// they came. The same input gives the same bytes.
///
/// # Errors
/// The document cannot be read, or a stamp is not on one of its pages.
pub fn stamp(original: &[u8], stamps: &[Stamp], fonts: &Fonts) -> Result<Stamped, Unusable> {
    if stamps.is_empty() {
        return Ok(Stamped { pdf: original.to_vec(), missing: Vec::new() });
    }
    contain(|| {
        let Objects { document, junk } = open_objects(original)?;
        let reading = open(original)?;
        let frames = frames(&reading)?;
        for stamp in stamps {
            check(&stamp.area, frames.len())?;
        }
        let (shapes, uses) = distinct(stamps);
        let drawn = sheets(shapes.iter().map(|stamp| (&stamp.mark, stamp.area.width, stamp.area.height)), fonts)?;

        let mut update = Update::of(&original[junk..], document);
        let forms = update.import(&drawn.pdf)?;
        for (index, frame) in frames.iter().enumerate() {
            let placed: Vec<Placed> = stamps
                .iter()
                .zip(&uses)
                .filter(|(stamp, _)| stamp.area.page == index + 1)
                .filter_map(|(stamp, &shape)| {
                    Some(Placed { area: stamp.area, window: stamp.window, form: *forms.get(shape)? })
                })
                .collect();
            if !placed.is_empty() {
                update.put(&reading, index, frame, &placed)?;
            }
        }
        let mut pdf = original[..junk].to_vec();
        update.write(&mut pdf)?;
        Ok(Stamped { pdf, missing: drawn.missing.into_iter().collect() })
    })
}

fn check(area: &Area, pages: usize) -> Result<(), Unusable> {
    if !(1..=pages).contains(&area.page) {
        return Err(Unusable::NoSuchPage { page: area.page, pages });
    }
    let on_paper = |side: f64| side.is_finite() && side > 0.0 && side <= MAX_PAGE_SIDE;
    if area.x.is_finite() && area.y.is_finite() && on_paper(area.width) && on_paper(area.height) {
        Ok(())
    } else {
        Err(Unusable::BadArea { page: area.page })
    }
}

/// The stamps that look different from each other, and which of them each stamp is.
fn distinct(stamps: &[Stamp]) -> (Vec<&Stamp>, Vec<usize>) {
    let mut shapes: Vec<&Stamp> = Vec::new();
    let same =
        |a: &Stamp, b: &Stamp| a.mark == b.mark && a.area.width == b.area.width && a.area.height == b.area.height;
    let uses = stamps
        .iter()
        .map(|stamp| match shapes.iter().position(|shape| same(shape, stamp)) {
            Some(known) => known,
            None => {
                shapes.push(stamp);
                shapes.len() - 1
            }
        })
        .collect();
    (shapes, uses)
}
