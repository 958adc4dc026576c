//! Where a component goes: the rules of the three positioning modes.
//!
//! Knows nothing of the vendor's `Component`: actions translate into [`Placement`], and a [`NotPlaced`] back into codes.

use super::fields::{Field, fields_of};
use super::frame::{Frame, frames, open};
use super::limits::contain;
use super::objects::open_objects;
use super::pages::{Area, PageSize};
use super::text::{Text, read_text};
use super::unusable::Unusable;

/// Everything of a document that placing needs, read once for any number of components.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The pages in order.
    pub pages: Vec<PageSize>,
    /// The form fields.
    pub fields: Vec<Field>,
    /// The text.
    pub text: Text,
}

impl Layout {
    /// Reads it.
    ///
    /// # Errors
    /// The document cannot be read.
    pub fn read(bytes: &[u8]) -> Result<Self, Unusable> {
        let (pages, fields) = contain(|| {
            let frames = frames(&open(bytes)?)?;
            let fields = fields_of(&open_objects(bytes)?.document, &frames);
            Ok((frames.iter().map(Frame::size).collect(), fields))
        })?;
        Ok(Self { pages, fields, text: read_text(bytes)? })
    }
}

/// Where a component is meant to go.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Placement {
    /// `NORMAL`: at given coordinates.
    Normal {
        /// The page: from 1, or negative counting from the last (−1), which the vendor allows when launching by file
        /// ([api Component]).
        page: i64,
        /// Left edge from the page's left edge, pt.
        x: f64,
        /// Upper edge from the page's upper edge, pt.
        y: f64,
        /// Width, pt.
        width: f64,
        /// Height, pt.
        height: f64,
    },
    /// `FIELD`: where the form field stands, as large as it is.
    Field {
        /// The field's name.
        name: String,
    },
    /// `KEYWORD`: at a text.
    Keyword(Keyword),
}

/// How `KEYWORD` finds its places and what it does with them.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Keyword {
    /// The text; `^text^` for whole words only.
    pub text: String,
    /// Only this page, from 1. Negative pages count from the last one (ASSUMED, as `NORMAL` does).
    pub page: Option<i64>,
    /// In which order places are counted.
    pub order: Order,
    /// Which places, counted from 0; empty for all of them.
    pub indexes: Vec<usize>,
    /// Where the component goes in relation to the text.
    pub relative: Relative,
    /// Then moved right, pt.
    pub offset_x: f64,
    /// Then moved down, pt.
    pub offset_y: f64,
    /// Width, pt; none for the text's own.
    pub width: Option<f64>,
    /// Height, pt; none for the text's own.
    pub height: Option<f64>,
}

impl Keyword {
    /// A component over every place of `text`, as large as the text.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            page: None,
            order: Order::default(),
            indexes: Vec::new(),
            relative: Relative::default(),
            offset_x: 0.0,
            offset_y: 0.0,
            width: None,
            height: None,
        }
    }
}

/// `KeywordOrder`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// As in the document.
    #[default]
    Positive,
    /// From its end.
    Reverse,
}

/// `RelativeLocation`. The exact corners are ASSUMED; the vendor only shows that Middle puts centre on centre and Below
/// puts the component straight underneath ([api Component]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relative {
    /// Centre on centre. The default (ASSUMED).
    #[default]
    Middle,
    /// Under the text, centred on it.
    Below,
    /// To the right of the text, centred on its line.
    Right,
    /// Its upper left corner at the text's lower right corner.
    LowerRight,
    /// Its lower left corner at the text's upper right corner.
    UpperRight,
}

/// Why a component has no place.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NotPlaced {
    /// The page is not in the document.
    #[error("page {page} is outside the document, which has {pages}")]
    PageOutside {
        /// As asked for.
        page: i64,
        /// Pages the document has.
        pages: usize,
    },
    /// The text stands nowhere, or not often enough for any of the asked-for indexes.
    #[error("the keyword {keyword:?} was not found")]
    KeywordNotFound {
        /// As asked for.
        keyword: String,
    },
    /// No form field is called so.
    #[error("the PDF has no form field called {name:?}")]
    FieldNotFound {
        /// As asked for.
        name: String,
    },
    /// A coordinate is not a number, or a size is not above zero.
    #[error("the component's position or size is not a rectangle: {x}, {y}, {width} x {height}")]
    BadGeometry {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
    },
}

/// The places of one component, at least one, in the document's order or the asked-for order.
///
/// # Errors
/// Says why there is none.
pub fn position(layout: &Layout, placement: &Placement) -> Result<Vec<Area>, NotPlaced> {
    let areas = match placement {
        Placement::Normal { page, x, y, width, height } => {
            let page = page_number(*page, layout.pages.len())?;
            vec![Area { page, x: *x, y: *y, width: *width, height: *height }]
        }
        Placement::Field { name } => {
            let areas: Vec<Area> = layout.fields.iter().filter(|one| one.is_called(name)).map(|one| one.area).collect();
            if areas.is_empty() {
                return Err(NotPlaced::FieldNotFound { name: name.clone() });
            }
            areas
        }
        Placement::Keyword(keyword) => by_keyword(layout, keyword)?,
    };
    match areas.iter().find(|area| !is_rectangle(area)) {
        Some(&Area { page: _, x, y, width, height }) => Err(NotPlaced::BadGeometry { x, y, width, height }),
        None => Ok(areas),
    }
}

fn is_rectangle(area: &Area) -> bool {
    [area.x, area.y, area.width, area.height].iter().all(|number| number.is_finite())
        && area.width > 0.0
        && area.height > 0.0
}

fn page_number(page: i64, pages: usize) -> Result<usize, NotPlaced> {
    let count = i64::try_from(pages).unwrap_or(i64::MAX);
    let number = if page < 0 { count.saturating_add(page).saturating_add(1) } else { page };
    match usize::try_from(number) {
        Ok(number) if (1..=pages).contains(&number) => Ok(number),
        Ok(_) | Err(_) => Err(NotPlaced::PageOutside { page, pages }),
    }
}

/// Page, then order, then indexes: the order in which the vendor's parameters narrow each other ([api Component]). An
/// index beyond the last place is passed over as long as another one exists (ASSUMED).
fn by_keyword(layout: &Layout, keyword: &Keyword) -> Result<Vec<Area>, NotPlaced> {
    let only = keyword.page.map(|page| page_number(page, layout.pages.len())).transpose()?;
    let mut found = layout.text.find(&keyword.text);
    found.retain(|area| only.is_none_or(|page| area.page == page));
    match keyword.order {
        Order::Positive => (),
        Order::Reverse => found.reverse(),
    }
    if !keyword.indexes.is_empty() {
        found = keyword.indexes.iter().filter_map(|&index| found.get(index).copied()).collect();
    }
    if found.is_empty() {
        return Err(NotPlaced::KeywordNotFound { keyword: keyword.text.clone() });
    }
    Ok(found.iter().map(|text| beside(text, keyword)).collect())
}

fn beside(text: &Area, keyword: &Keyword) -> Area {
    let (width, height) = (keyword.width.unwrap_or(text.width), keyword.height.unwrap_or(text.height));
    let (right, bottom) = (text.x + text.width, text.y + text.height);
    let (centred_x, centred_y) = (text.x + (text.width - width) / 2.0, text.y + (text.height - height) / 2.0);
    let (x, y) = match keyword.relative {
        Relative::Middle => (centred_x, centred_y),
        Relative::Below => (centred_x, bottom),
        Relative::Right => (right, centred_y),
        Relative::LowerRight => (right, bottom),
        Relative::UpperRight => (right, text.y - height),
    };
    Area { page: text.page, x: x + keyword.offset_x, y: y + keyword.offset_y, width, height }
}
