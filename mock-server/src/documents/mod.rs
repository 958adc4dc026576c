//! PDF as pure functions of bytes: what an uploaded file is, where each text and form field stands, how it looks, turning
//! pictures into it, and stamping onto it whatever people sign and fill in.
//!
//! It refuses to know flows, components and vendor names, reads no clock, no file and no random number, and never
//! panics, whatever the bytes: foreign readers run inside `limits::contain`. hayro reads and draws pages (frame, glyphs,
//! preview), lopdf edits objects (objects, fields, update), krilla makes new drawings (marks, pen). The same input always
//! gives the same bytes.
//!
//! Coordinates everywhere: pt, origin in the upper left corner of the page as shown, Y downwards ([seed guide]).
//!
//! Not modelled: signatures others can verify (a keyed hash lets this server know its own files again), what office files look
//! like (of Word files the text is read), text in pictures, right-to-left text, choice of typeface.

mod authenticity;
mod bundle;
mod checkbox;
mod convert;
mod fields;
mod fingerprint;
mod fonts;
mod frame;
mod glyphs;
mod lettering;
mod limits;
mod marks;
mod nesting;
mod notes;
mod objects;
mod oval_seal;
mod pages;
mod paging;
mod pen;
mod picture;
mod plain;
mod plain_word;
mod position;
mod preview;
mod qr_code;
mod reading;
mod recording;
mod sample;
mod seal;
mod signature;
mod spreadsheet;
mod stamp;
mod table;
mod text;
mod unusable;
mod update;
mod watermark;

pub use authenticity::{Authenticity, SealingKey, authenticity, seal};
pub use bundle::bundle;
pub use convert::{picture_to_pdf, stand_in_pdf};
pub use fields::{Field, find_field, read_fields};
pub use fingerprint::md5_hex;
pub use fonts::{Fonts, UnreadableFont};
pub use lettering::{Align, Setting, TextStyle};
pub use limits::{MAX_IMAGE_PIXELS, MAX_INFLATED, MAX_OBJECTS, MAX_PAGE_SIDE, MAX_PAGES};
pub use marks::{Mark, Stamp};
pub use notes::{Note, NotePlace, with_notes};
pub use pages::{Area, PageSize, PdfFacts, inspect};
pub use paging::over_the_edges;
pub use pen::Colour;
pub use picture::{Fit, is_picture};
pub use plain::plain_document;
pub use plain_word::plain_word;
pub use position::{Keyword, Layout, NotPlaced, Order, Placement, Relative, position};
pub use preview::{MAX_PICTURE_SIDE, mark_jpg, mark_png, page_jpg, preview_png, seal_png};
pub use qr_code::qr_code_png;
pub use reading::{Line, Place, Reading, Revisions, Unreadable};
pub use recording::recording;
pub use sample::sample_contract;
pub use spreadsheet::spreadsheet;
pub use stamp::{Stamped, stamp};
pub use table::{Cell, Table};
pub use text::{Text, find_keyword, read_text};
pub use unusable::Unusable;
pub use watermark::{Watermark, WatermarkPosition};

#[cfg(test)]
mod tests;
