//! Spans in a world file: `30m`, `10d`.

use std::time::Duration;

use serde::Deserialize;

use crate::span::{EXPECTED, parse};

/// A span as people write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Span(pub Duration);

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        parse(&text).map(Self).ok_or_else(|| format!("`{text}` is no span; expected {EXPECTED}"))
    }
}
