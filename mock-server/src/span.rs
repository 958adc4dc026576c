//! Spans as people write them: `30m`, `365d`, `1h30m`, `500ms`, `0s`.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A span as people write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span(pub Duration);

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        parse(&text).map(Self).ok_or_else(|| format!("`{text}` is no span; expected {EXPECTED}"))
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        write(span.0)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&write(self.0))
    }
}

/// An hour.
pub const HOUR: Span = Span(crate::domain::time::HOUR);

/// A hundred years: beyond it a clock leaves the range in which every date can be written.
pub const LONGEST: Duration = Duration::from_secs(36_525 * 86_400);

/// What was expected, for messages.
pub const EXPECTED: &str = "whole numbers with d, h, m, s or ms, such as \"30m\", \"365d\", \"1h30m\", \"500ms\" or \"0s\", at most a hundred years";

/// Reads a span; `None` when it is none.
#[must_use]
pub fn parse(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    let mut span = Duration::ZERO;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let (number, after) = split(rest, |sign| !sign.is_ascii_digit());
        let (unit, after) = split(after, |sign| sign.is_ascii_digit());
        let number: u64 = number.parse().ok()?;
        let millis = match unit {
            "d" => 86_400_000,
            "h" => 3_600_000,
            "m" => 60_000,
            "s" => 1_000,
            "ms" => 1,
            _ => return None,
        };
        span = span.checked_add(Duration::from_millis(number.checked_mul(millis)?))?;
        rest = after;
    }
    (span <= LONGEST).then_some(span)
}

/// Writes a span as [`parse`] reads it; what is less than a millisecond is left out.
#[must_use]
pub fn write(span: Duration) -> String {
    let mut rest = span.as_millis();
    let mut text = String::new();
    for (unit, millis) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)] {
        if rest >= millis {
            text.push_str(&format!("{}{unit}", rest / millis));
            rest %= millis;
        }
    }
    if text.is_empty() { "0s".into() } else { text }
}

fn split(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_people_write_them() {
        for (text, millis) in [
            ("30m", 1_800_000),
            ("365d", 31_536_000_000),
            ("1h30m", 5_400_000),
            ("500ms", 500),
            ("0s", 0),
            ("1m1ms", 60_001),
            (" 2s ", 2_000),
        ] {
            assert_eq!(parse(text), Some(Duration::from_millis(millis)), "{text}");
            assert_eq!(parse(&write(Duration::from_millis(millis))), parse(text), "{text}");
        }
        assert_eq!(write(Duration::from_millis(90_000_001)), "1d1h1ms");
    }

    #[test]
    fn what_is_no_span_is_none() {
        for text in
            ["", " ", "5", "m", "-5m", "5 m", "1.5h", "5x", "5M", "99999999999999999999s", "40000d", "1h30", "五m"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
