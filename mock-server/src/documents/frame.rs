//! How hayro's pages lie on paper: crop, turn and unit of each, and the way between a page's own coordinates and the page
//! as shown.

use std::sync::Arc;

use hayro::hayro_syntax::object::dict::keys::{KIDS, PAGES, USER_UNIT};
use hayro::hayro_syntax::object::{Array, Dict, Number};
use hayro::hayro_syntax::page::{Page, Rotation};
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::kurbo::{Affine, Point, Rect};
use lopdf::ObjectId;

use super::limits::{MAX_PAGE_SIDE, MAX_PAGES};
use super::pages::{Area, PageSize};
use super::unusable::Unusable;

/// Opens the file for reading and drawing.
pub(super) fn open(bytes: &[u8]) -> Result<Pdf, Unusable> {
    Pdf::new(Arc::new(bytes.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Unusable::Encrypted,
        LoadPdfError::Invalid => Unusable::Damaged { what: "its pages cannot be found" },
    })
}

/// Whether the catalog leads to the pages. Where it does not, hayro takes every page it can find, in the order of their
/// places in the file, and an update would change that order.
pub(super) fn has_page_tree(pdf: &Pdf) -> bool {
    let catalog: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
    let tree = catalog.and_then(|catalog| catalog.get::<Dict<'_>>(PAGES));
    tree.is_some_and(|tree| tree.get::<Array<'_>>(KIDS).is_some())
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
