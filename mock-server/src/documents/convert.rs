//! Other files become PDF: a picture a page of its own, an office file a page that says what it stands for.
//!
//! There is no office engine here. The page that stands for a Word, Excel, HTML or text file says so in Chinese and
//! English, so that nobody takes it for the file's content.

use std::iter::once;

use bytes::Bytes;
use krilla::Document;
use krilla::geom::{Rect, Transform};
use krilla::page::PageSettings;

use super::fonts::Fonts;
use super::lettering::{self, Align, Setting, TextStyle};
use super::limits::contain;
use super::marks::{Mark, sheets};
use super::pen::{Colour, Pen, rectangle};
use super::picture::{Fit, Picture};
use super::unusable::Unusable;

/// A4, upright (ASSUMED: the vendor names no size).
const A4: (f64, f64) = (595.28, 841.89);
/// Paper left free around what stands on it.
const MARGIN: f32 = 56.0;

/// A one-page PDF with this JPG or PNG on it, as large as A4 allows, in the middle.
///
/// # Errors
/// The picture cannot be read.
pub fn picture_to_pdf(bytes: &Bytes) -> Result<Vec<u8>, Unusable> {
    contain(|| {
        Picture::read(bytes)?;
        let mark = Mark::Picture { bytes: bytes.clone(), fit: Fit::Centred };
        Ok(sheets(once((&mark, A4.0, A4.1)), &Fonts::builtin())?.pdf)
    })
}

/// A one-page PDF that stands for the file called `name`, `size` bytes large, whose content nobody here can lay out.
///
/// # Errors
/// It cannot be drawn.
pub fn stand_in_pdf(name: &str, size: usize, fonts: &Fonts) -> Result<Vec<u8>, Unusable> {
    const UNDRAWABLE: Unusable = Unusable::Damaged { what: "its page could not be drawn" };
    let (width, height) = (A4.0 as f32, A4.1 as f32);
    let mut document = Document::new();
    let mut page = document.start_page_with(PageSettings::from_wh(width, height).ok_or(UNDRAWABLE)?);
    let mut surface = page.surface();
    let mut missing = std::collections::BTreeSet::new();
    draw(&mut Pen::new(&mut surface, fonts, &mut missing), name, size, width, height);
    surface.finish();
    page.finish();
    document.finish().map_err(|_| UNDRAWABLE)
}

fn draw(pen: &mut Pen<'_, '_>, name: &str, size: usize, width: f32, height: f32) {
    let inside = width - 2.0 * MARGIN;
    pen.set_colour(Colour { red: 236, green: 240, blue: 245 });
    pen.solid(&Rect::from_xywh(MARGIN, MARGIN, inside, 92.0).and_then(rectangle));
    pen.set_colour(Colour { red: 120, green: 132, blue: 148 });
    pen.outline(&Rect::from_xywh(MARGIN, MARGIN, inside, height - 2.0 * MARGIN).and_then(rectangle), 1.0);
    let mut block = |top: f32, tall: f32, size: f64, bold: bool, text: &str| {
        let style = TextStyle { size, align: Align::Left, colour: Colour::INK, bold };
        pen.within(Transform::from_translate(MARGIN + 24.0, MARGIN + top), |pen| {
            lettering::set(pen, text, style, Setting::Paragraph, inside - 48.0, tall);
        });
    };
    block(20.0, 28.0, 20.0, true, "ess-mock 代替页");
    block(54.0, 20.0, 12.0, false, "Rendered by ess-mock. This is not the content of the file.");
    block(124.0, 20.0, 12.0, false, "原始文件 / original file");
    block(144.0, 70.0, 18.0, true, name);
    block(220.0, 20.0, 12.0, false, &format!("{size} 字节 / bytes"));
    block(
        264.0,
        60.0,
        12.0,
        false,
        "本服务没有办公文档引擎，无法排版此类文件的内容，因此用本页代替。合同流程照常进行。",
    );
    block(
        326.0,
        60.0,
        12.0,
        false,
        "This stand-in has no office engine and cannot lay out files of this kind, so this page takes their place. \
         Contracts made from it work as usual.",
    );
}
