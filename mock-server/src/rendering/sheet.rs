//! Documents this server writes itself: a title, headed paragraphs, and a line that says who wrote them.

use crate::documents::{Align, Area, Fonts, Mark, Setting, Stamp, TextStyle, Unusable, plain_document, stamp};

/// A4, pt, and the paper left free around what stands on it.
const WIDTH: f64 = 595.0;
const MARGIN: f64 = 56.0;
/// What stands on the first page, so that nobody takes it for a document of the vendor's.
const ORIGIN: &str = "本文件由 ess-mock 模拟生成，不具法律效力。Written by ess-mock, of no legal effect.";

/// One text in its box; it is set smaller until it fits.
pub(super) struct Block {
    pub(super) page: usize,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) text: String,
}

impl Block {
    /// A line over the whole width of the first page.
    pub(super) fn line(y: f64, text: String) -> Self {
        Self { page: 1, x: MARGIN, y, width: WIDTH - 2.0 * MARGIN, height: 18.0, size: 11.0, bold: false, text }
    }

    /// A heading at `y` and a paragraph below it, `height` tall.
    pub(super) fn paragraph(y: f64, height: f64, heading: &str, text: String) -> [Self; 2] {
        let heading = Self { bold: true, ..Self::line(y, heading.to_owned()) };
        let setting = Self { height, ..Self::line(y + 20.0, text) };
        [heading, setting]
    }

    fn stamp(self) -> Stamp {
        let style = TextStyle { size: self.size, align: Align::Left, bold: self.bold, ..TextStyle::default() };
        let mark = Mark::Text { text: self.text, style, setting: Setting::Paragraph };
        let Self { page, x, y, width, height, .. } = self;
        Stamp::new(Area { page, x, y, width, height }, mark)
    }
}

/// The document: `pages` pages with these blocks under a title.
///
/// # Errors
/// It cannot be drawn.
pub(super) fn sheet(title: &str, pages: usize, blocks: Vec<Block>, fonts: &Fonts) -> Result<Vec<u8>, Unusable> {
    let title = Block { size: 22.0, height: 34.0, bold: true, ..Block::line(MARGIN, title.to_owned()) };
    let origin = Block { size: 9.0, ..Block::line(MARGIN + 36.0, ORIGIN.to_owned()) };
    let stamps: Vec<_> = [title, origin].into_iter().chain(blocks).map(Block::stamp).collect();
    Ok(stamp(&plain_document(pages, &[], &[])?, &stamps, fonts)?.pdf)
}
