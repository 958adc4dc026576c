//! What can be put on a page, and the sheets it is drawn on: a small PDF of our own with one mark to a page.

use std::collections::BTreeSet;

use krilla::Document;
use krilla::page::PageSettings;

use super::fonts::Fonts;
use super::lettering::{self, TextStyle};
use super::pages::Area;
use super::pen::Pen;
use super::unusable::Unusable;
use super::{seal, signature};

/// Something visible to put on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// An organization's round red seal; in an area too small or too long for one, its words in a red frame.
    Seal {
        /// The organization's name, along the arc.
        text: String,
        /// What kind of seal it is (合同专用章), under the star.
        label: Option<String>,
    },
    /// A legal representative's square red seal.
    NameSeal {
        /// The person's name.
        name: String,
    },
    /// A person's signature.
    Signature {
        /// The person's name.
        name: String,
    },
    /// A date, on one line.
    Date {
        /// The date as it shall read.
        text: String,
        /// How it looks.
        style: TextStyle,
    },
    /// Printed text.
    Text {
        /// The text; `\n` breaks lines.
        text: String,
        /// How it looks.
        style: TextStyle,
        /// Whether long lines are broken; else they are set smaller.
        wrap: bool,
    },
}

/// A mark and where it goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamp {
    /// Where, on the page as shown. What would stick out is cut off.
    pub area: Area,
    /// What.
    pub mark: Mark,
}

impl Mark {
    fn draw(&self, pen: &mut Pen<'_, '_>, width: f32, height: f32) {
        match self {
            Self::Seal { text, label } => seal::round(pen, text, label.as_deref(), width, height),
            Self::NameSeal { name } => seal::square(pen, name, width, height),
            Self::Signature { name } => signature::sign(pen, name, width, height),
            Self::Date { text, style } => lettering::set(pen, text, *style, false, width, height),
            Self::Text { text, style, wrap } => lettering::set(pen, text, *style, *wrap, width, height),
        }
    }
}

/// Marks drawn, ready to be placed.
pub(super) struct Sheets {
    /// A PDF with one page for each mark, in order.
    pub(super) pdf: Vec<u8>,
    /// Characters no typeface has; a box stands in their place.
    pub(super) missing: BTreeSet<char>,
}

/// Draws each mark on a page of its own size. The same marks give the same bytes.
pub(super) fn sheets<'a>(marks: impl Iterator<Item = (&'a Mark, f64, f64)>, fonts: &Fonts) -> Result<Sheets, Unusable> {
    let mut document = Document::new();
    let mut missing = BTreeSet::new();
    for (mark, width, height) in marks {
        let (width, height) = (width as f32, height as f32);
        // Sizes were checked before; a sheet that cannot be made leaves its mark out of the count, so nothing is guessed.
        let settings = PageSettings::from_wh(width, height).ok_or(Unusable::BadArea { page: 0 })?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        mark.draw(&mut Pen::new(&mut surface, fonts, &mut missing), width, height);
        surface.finish();
        page.finish();
    }
    let pdf = document.finish().map_err(|_| Unusable::Damaged { what: "its stamps could not be drawn" })?;
    Ok(Sheets { pdf, missing })
}
