//! The pages of a PDF as a person sees them, and whether it can be worked with at all.
//!
//! Two readers look at every file: hayro reads and draws pages, lopdf edits objects. A document is accepted only when
//! both can read it and agree on where its pages are, so that whatever is accepted at upload can be signed later.

use hayro::kurbo::Rect;

use super::frame::{Frame, frames, has_page_tree, open};
use super::limits::contain;
use super::objects::{open_objects, weigh};
use super::unusable::Unusable;

/// A page as shown: cropped, turned, in pt (1/72 inch).
#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct PageSize {
    /// From the left edge to the right, as shown.
    pub width: f64,
    /// From the top edge to the bottom, as shown.
    pub height: f64,
}

/// A rectangle on a page as shown: origin in the page's upper left corner, Y downwards, pt.
#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
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
    /// The smallest area with both in it; of one page.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self { page: self.page, x, y, width: right - x, height: bottom - y }
    }

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
        if !has_page_tree(&reading) {
            return Err(Unusable::Damaged { what: "its page tree cannot be read" });
        }
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
