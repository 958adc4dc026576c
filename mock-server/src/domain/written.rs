//! How moments and spans are written down: as people write them, exactly.
//!
//! A moment is RFC 3339 in UTC (`2027-01-01T00:00:00Z`), a span ISO 8601 (`PT30M`). What no calendar has (only
//! [`Timestamp::MAX`] is so late) is written as its milliseconds since 1970.

use std::fmt;
use std::time::Duration;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::time::Timestamp;

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match jiff::Timestamp::from_millisecond(self.millis()) {
            Ok(moment) => serializer.collect_str(&moment),
            Err(_) => serializer.serialize_i64(self.millis()),
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Moment)
    }
}

struct Moment;

impl Visitor<'_> for Moment {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a moment such as 2027-01-01T00:00:00+08:00")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
        let moment: jiff::Timestamp = text
            .parse()
            .map_err(|error| E::custom(format!("{error}; expected a moment such as 2027-01-01T00:00:00+08:00")))?;
        Ok(Timestamp::from_millis(moment.as_millisecond()))
    }

    fn visit_i64<E: Error>(self, millis: i64) -> Result<Timestamp, E> {
        Ok(Timestamp::from_millis(millis))
    }

    fn visit_u64<E: Error>(self, millis: u64) -> Result<Timestamp, E> {
        i64::try_from(millis).map(Timestamp::from_millis).map_err(|_| E::custom("later than any moment"))
    }
}

/// A span, for `#[serde(with = ...)]`.
pub mod span {
    use super::{Deserialize, Deserializer, Duration, Error, Serializer};

    /// Writes it.
    ///
    /// # Errors
    /// It is longer than anything that is ever waited for (292 billion years).
    pub fn serialize<S: Serializer>(span: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        let span = jiff::SignedDuration::try_from(*span).map_err(serde::ser::Error::custom)?;
        serializer.collect_str(&span)
    }

    /// Reads it.
    ///
    /// # Errors
    /// It is no span, or one that runs backwards.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        let text = String::deserialize(deserializer)?;
        let no_span = |error: jiff::Error| D::Error::custom(format!("{error}; expected a span such as PT30M"));
        let span: jiff::SignedDuration = text.parse().map_err(no_span)?;
        Duration::try_from(span).map_err(no_span)
    }
}

/// A span that may be left open, for `#[serde(with = ...)]`.
pub mod open_span {
    use super::{Deserialize, Deserializer, Duration, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Span(#[serde(with = "super::span")] Duration);

    /// Writes it.
    ///
    /// # Errors
    /// As [`super::span::serialize`].
    pub fn serialize<S: Serializer>(span: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
        span.map(Span).serialize(serializer)
    }

    /// Reads it.
    ///
    /// # Errors
    /// As [`super::span::deserialize`].
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
        Ok(Option::<Span>::deserialize(deserializer)?.map(|span| span.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Row {
        at: Timestamp,
        #[serde(with = "span")]
        took: Duration,
        #[serde(with = "open_span")]
        lasts: Option<Duration>,
    }

    #[test]
    fn moments_and_spans_are_written_as_people_do_and_read_exactly() {
        let row = Row {
            at: Timestamp::from_millis(1_700_000_000_042),
            took: Duration::new(1, 500_000_001),
            lasts: Some(Duration::from_secs(1800)),
        };
        let text = serde_json::to_string(&row).unwrap();
        assert_eq!(text, r#"{"at":"2023-11-14T22:13:20.042Z","took":"PT1.500000001S","lasts":"PT30M"}"#);
        assert_eq!(serde_json::from_str::<Row>(&text).unwrap(), row);
        let last = Row { at: Timestamp::MAX, took: Duration::ZERO, lasts: None };
        assert_eq!(serde_json::from_str::<Row>(&serde_json::to_string(&last).unwrap()).unwrap(), last);
    }

    #[test]
    fn what_is_no_moment_or_span_is_told_with_what_was_expected() {
        let read = |text: &str| serde_json::from_str::<Row>(text).unwrap_err().to_string();
        assert!(read(r#"{"at":"noon"}"#).contains("such as 2027-01-01"));
        assert!(read(r#"{"at":"2027-01-01T00:00:00Z","took":"long"}"#).contains("such as PT30M"));
        assert!(read(r#"{"at":"2027-01-01T00:00:00Z","took":"-PT1S"}"#).contains("such as PT30M"));
    }
}
