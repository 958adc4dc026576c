//! The written form of a snapshot: JSON or YAML to be read by people and compared by `diff`.
//!
//! Everything stands under its kind with the vendor's ids, times in RFC 3339, spans in ISO 8601. A file's bytes stand once,
//! under their hash. What follows from the rest is left out and made again on reading.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Pace, Snapshot, check, indexes};
use crate::domain::contents::{BadContent, Mentioned, WrittenContents, reading, writing};
use crate::engine::ids::RequestIds;
use crate::engine::world::World;

/// What a written snapshot says it is; another number when the form changes.
pub const FORMAT: &str = "ess-mock snapshot 1";
/// The most bytes a written snapshot may have: some ten thousand contracts, or a few big files.
pub const BYTE_LIMIT: usize = 256 * 1024 * 1024;

/// The two notations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notation {
    /// JSON, indented.
    Json,
    /// YAML.
    Yaml,
}

/// Why a snapshot could not be written or read, in a sentence with the place.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// It could not be written.
    #[error("the snapshot cannot be written: {0}")]
    Unwritable(String),
    /// It is no snapshot, or not of this form.
    #[error("{name}: {what}")]
    Form {
        /// The file's name.
        name: String,
        /// What is wrong, with line and column.
        what: String,
    },
    /// It says what it is, and that is something else.
    #[error("{name}: format: expected `{FORMAT}`, found `{found}`")]
    Format {
        /// The file's name.
        name: String,
        /// What it says.
        found: String,
    },
    /// It has a field nobody knows.
    #[error("{name}: {path}: there is no such field")]
    UnknownField {
        /// The file's name.
        name: String,
        /// Where.
        path: String,
    },
    /// A file's bytes are not what their hash says.
    #[error("{name}: {source}")]
    Content {
        /// The file's name.
        name: String,
        /// What is wrong.
        source: BadContent,
    },
    /// It names what is not there.
    #[error("{name}: world: {what}")]
    Dangling {
        /// The file's name.
        name: String,
        /// What is named where.
        what: String,
    },
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    clock: Pace,
    requests: &'a RequestIds,
    world: &'a World,
    /// Last, since by then every content has been mentioned.
    contents: Mentioned,
}

#[derive(Deserialize)]
struct Frame {
    format: String,
    #[serde(default)]
    contents: WrittenContents,
}

#[derive(Deserialize)]
struct Read {
    clock: Pace,
    requests: RequestIds,
    world: World,
}

/// Fields of a snapshot that [`Frame`] reads, not [`Read`].
const OF_THE_FRAME: [&str; 2] = ["format", "contents"];

/// Writes a snapshot. The same snapshot gives the same bytes.
///
/// # Errors
/// None that is known of; a value that has no written form would be one.
pub fn write(snapshot: &Snapshot, notation: Notation) -> Result<String, SnapshotError> {
    let Snapshot { clock, requests, world } = snapshot;
    let unwritable = |error: &dyn fmt::Display| SnapshotError::Unwritable(error.to_string());
    writing(|| {
        let written = Written { format: FORMAT, clock: *clock, requests, world, contents: Mentioned };
        match notation {
            Notation::Json => serde_json::to_string_pretty(&written).map_err(|error| unwritable(&error)),
            Notation::Yaml => serde_saphyr::to_string(&written).map_err(|error| unwritable(&error)),
        }
    })
}

/// Whether this text says that it is a snapshot, of whatever format, rather than a world file.
#[must_use]
pub fn is_snapshot(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Head {
        #[serde(rename = "format")]
        _format: String,
    }
    parse::<Head>(text).is_ok()
}

/// Reads a snapshot in either notation; `name` stands in messages.
///
/// # Errors
/// What is wrong with it, and where.
pub fn read(name: &str, text: &str) -> Result<Snapshot, SnapshotError> {
    let form = |what| SnapshotError::Form { name: name.to_owned(), what };
    let frame = parse::<Frame>(text).map_err(form)?;
    if frame.format != FORMAT {
        return Err(SnapshotError::Format { name: name.to_owned(), found: frame.format });
    }
    let read = reading(frame.contents, || parse_known::<Read>(text));
    let read = read.map_err(|source| SnapshotError::Content { name: name.to_owned(), source })?;
    let (Read { clock, requests, mut world, .. }, unknown) = read.map_err(form)?;
    if let Some(path) = unknown {
        return Err(SnapshotError::UnknownField { name: name.to_owned(), path });
    }
    if let Some(what) = check::find_dangling(&world) {
        return Err(SnapshotError::Dangling { name: name.to_owned(), what });
    }
    indexes::rebuild(&mut world);
    Ok(Snapshot { clock, requests, world })
}

/// A value and no more, whatever else the text has.
fn parse<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    parse_known(text).map(|(value, _)| value)
}

/// A value, and the path of the first field that no type knows.
fn parse_known<T: DeserializeOwned>(text: &str) -> Result<(T, Option<String>), String> {
    let mut unknown = None;
    let mut note = |path: serde_ignored::Path<'_>| {
        let path = path.to_string();
        if !OF_THE_FRAME.contains(&path.as_str()) {
            unknown.get_or_insert(path);
        }
    };
    let value = if text.trim_start().starts_with('{') {
        let mut json = serde_json::Deserializer::from_str(text);
        let value = serde_ignored::deserialize(&mut json, &mut note).map_err(|error| error.to_string())?;
        json.end().map_err(|error| error.to_string())?;
        value
    } else {
        let options = serde_saphyr::options! { budget: serde_saphyr::budget! {
            max_events: BYTE_LIMIT,
            max_nodes: BYTE_LIMIT,
            max_total_scalar_bytes: BYTE_LIMIT,
        } };
        let read = serde_saphyr::with_deserializer_from_str_with_options(text, options, |yaml| {
            serde_ignored::deserialize(yaml, &mut note)
        });
        read.map_err(|error| error.to_string())?
    };
    Ok((value, unknown))
}
