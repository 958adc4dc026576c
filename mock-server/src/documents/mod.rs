//! PDF as pure functions of bytes: what an uploaded file is, where each text and form field stands, how it looks,
//! and stamping seals, signatures and dates onto it.
//!
//! It refuses to know flows, components and vendor names, reads no clock, no file and no random number, and never
//! panics, whatever the bytes: foreign readers run inside `limits::contain`. hayro reads and draws pages (frame, glyphs,
//! preview), lopdf edits objects (objects, fields, update), krilla makes new drawings (marks, pen). The same input always
//! gives the same bytes.
//!
//! Coordinates everywhere: pt, origin in the upper left corner of the page as shown, Y downwards ([seed guide]).
//!
//! Not modelled: verifiable signatures (stamps only look like seals), pictures in fill components, watermarks and
//! paging seals, right-to-left text, choice of typeface.

mod fields;
mod fonts;
mod frame;
mod glyphs;
mod lettering;
mod limits;
mod marks;
mod nesting;
mod objects;
mod pages;
mod pen;
mod plain;
mod position;
mod preview;
mod sample;
mod seal;
mod signature;
mod stamp;
mod text;
mod unusable;
mod update;

pub use fields::{Field, find_field, read_fields};
pub use fonts::{Fonts, UnreadableFont};
pub use lettering::{Align, TextStyle};
pub use limits::{MAX_IMAGE_PIXELS, MAX_INFLATED, MAX_OBJECTS, MAX_PAGE_SIDE, MAX_PAGES};
pub use marks::{Mark, Stamp};
pub use pages::{Area, PageSize, PdfFacts, inspect};
pub use pen::Colour;
pub use plain::plain_document;
pub use position::{Keyword, Layout, NotPlaced, Order, Placement, Relative, position};
pub use preview::{MAX_PICTURE_SIDE, mark_png, preview_png, seal_png};
pub use sample::sample_contract;
pub use stamp::{Stamped, stamp};
pub use text::{Text, find_keyword, read_text};
pub use unusable::Unusable;

#[cfg(test)]
mod tests;
