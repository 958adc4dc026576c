//! What can be put on a page, and the sheets it is drawn on: a small PDF of our own with one mark to a page.

use std::collections::BTreeSet;

use bytes::Bytes;
use krilla::Document;
use krilla::page::PageSettings;
use lopdf::{Dictionary, Object, Stream};

use super::checkbox::check_box;
use super::fonts::Fonts;
use super::lettering::{self, Setting, TextStyle};
use super::pages::Area;
use super::pen::{Colour, Pen};
use super::picture::{Fit, Picture};
use super::table::{Table, table};
use super::unusable::Unusable;
use super::watermark::{Watermark, watermark};
use super::{oval_seal, seal, signature};

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
    /// An organization's oval red seal, without a star; in an area too small or too long for one, its words in a red frame.
    OvalSeal {
        /// The organization's name, along the arc.
        text: String,
        /// What kind of seal it is (财务专用章), across the middle.
        label: Option<String>,
        /// How high it is for its width.
        flatness: f32,
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
        /// How it takes up its area.
        setting: Setting,
    },
    /// A picture, JPG or PNG. One that cannot be read is said to be unreadable, in its place.
    Picture {
        /// The file.
        bytes: Bytes,
        /// How it fills its area.
        fit: Fit,
    },
    /// A check box.
    CheckBox {
        /// Whether it is ticked.
        ticked: bool,
    },
    /// A table.
    Table(Table),
    /// A watermark over its whole area.
    Watermark(Watermark),
    /// A mark through which the page shows.
    Faded {
        /// The mark; not a picture, which is drawn solid.
        mark: Box<Mark>,
        /// From 0, not there, to 1, solid.
        opacity: f32,
    },
}

/// A mark and where it goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamp {
    /// Where, on the page as shown. What would stick out is cut off.
    pub area: Area,
    /// What.
    pub mark: Mark,
    /// The part of the page in which it may show; everywhere when `None`.
    pub window: Option<Area>,
}

impl Stamp {
    /// A mark that shows wherever it reaches.
    #[must_use]
    pub fn new(area: Area, mark: Mark) -> Self {
        Self { area, mark, window: None }
    }
}

impl Mark {
    fn picture(&self) -> Option<(&Bytes, Fit)> {
        if let Self::Picture { bytes, fit } = self { Some((bytes, *fit)) } else { None }
    }

    /// How high a picture of it is for its width.
    #[must_use]
    pub fn flatness(&self) -> f32 {
        if let Self::OvalSeal { flatness, .. } = self { *flatness } else { 1.0 }
    }

    fn draw(&self, pen: &mut Pen<'_, '_>, width: f32, height: f32) {
        match self {
            Self::Seal { text, label } => seal::round(pen, text, label.as_deref(), width, height),
            Self::OvalSeal { text, label, flatness } => {
                oval_seal::oval(pen, (text, label.as_deref()), *flatness, width, height);
            }
            Self::NameSeal { name } => seal::square(pen, name, width, height),
            Self::Signature { name } => signature::sign(pen, name, width, height),
            Self::Date { text, style } => lettering::set(pen, text, *style, Setting::Plain, width, height),
            Self::Text { text, style, setting } => lettering::set(pen, text, *style, *setting, width, height),
            Self::CheckBox { ticked } => check_box(pen, *ticked, width, height),
            Self::Table(one) => table(pen, one, width, height),
            Self::Watermark(one) => watermark(pen, one, width, height),
            Self::Faded { mark, opacity } => pen.faded(*opacity, |pen| mark.draw(pen, width, height)),
            // Its pixels are added to the finished sheet; this is drawn when they cannot be.
            Self::Picture { .. } => {
                let style = TextStyle { colour: Colour::SEAL, ..TextStyle::default() };
                lettering::set(pen, "图片无法读取\nunreadable picture", style, Setting::Broken, width, height);
            }
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
    let mut pictures = Vec::new();
    for (sheet, (mark, wide, tall)) in marks.enumerate() {
        let (width, height) = (wide as f32, tall as f32);
        // Sizes were checked before; a sheet that cannot be made leaves its mark out of the count, so nothing is guessed.
        let settings = PageSettings::from_wh(width, height).ok_or(Unusable::BadArea { page: 0 })?;
        // Read before the sheet is begun: a foreign reader that panics must not leave one half drawn.
        let picture = mark.picture().and_then(|(bytes, fit)| Some((Picture::read(bytes).ok()?, fit)));
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        match picture {
            Some((picture, fit)) => pictures.push((sheet, picture, fit, wide, tall)),
            None => mark.draw(&mut Pen::new(&mut surface, fonts, &mut missing), width, height),
        }
        surface.finish();
        page.finish();
    }
    let pdf = document.finish().map_err(|_| UNDRAWABLE)?;
    Ok(Sheets { pdf: if pictures.is_empty() { pdf } else { with_pictures(&pdf, pictures)? }, missing })
}

const UNDRAWABLE: Unusable = Unusable::Damaged { what: "its stamps could not be drawn" };

/// Puts pictures onto blank sheets: the drawing library is built without readers of pictures.
fn with_pictures(sheets: &[u8], pictures: Vec<(usize, Picture, Fit, f64, f64)>) -> Result<Vec<u8>, Unusable> {
    const NAME: &str = "Picture";
    let mut document = lopdf::Document::load_mem(sheets).map_err(|_| UNDRAWABLE)?;
    let pages: Vec<_> = document.page_iter().collect();
    for (sheet, picture, fit, width, height) in pictures {
        let content = picture.operators(NAME, fit, width, height);
        let content = document.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
        let image = picture.embed(&mut document);
        let images = Dictionary::from_iter([(NAME, Object::Reference(image))]);
        let resources = Dictionary::from_iter([("XObject", Object::Dictionary(images))]);
        let page = pages.get(sheet).and_then(|&id| document.get_dictionary_mut(id).ok()).ok_or(UNDRAWABLE)?;
        page.set("Contents", Object::Reference(content));
        page.set("Resources", Object::Dictionary(resources));
    }
    let mut pdf = Vec::new();
    document.save_to(&mut pdf).map_err(|_| UNDRAWABLE)?;
    Ok(pdf)
}
