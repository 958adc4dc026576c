//! What is wrong with a scenario file, and where.

use std::fmt;

use serde_saphyr::{Location, Spanned};

/// The first thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file's name.
    pub file: String,
    /// Line and column, counted from 1, where they are known.
    pub place: Option<(u64, u64)>,
    /// What is wrong, and what was expected.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some((line, column)) => write!(out, "{}, line {line}, column {column}: {}", self.file, self.what),
            None => write!(out, "{}: {}", self.file, self.what),
        }
    }
}

impl std::error::Error for Mistake {}

/// What is wrong at a place of the file whose name is not known here.
#[derive(Debug)]
pub(super) struct Wrong {
    at: Location,
    what: String,
}

impl Wrong {
    /// Something is wrong with this value.
    pub(super) fn at<Value>(value: &Spanned<Value>, what: impl Into<String>) -> Self {
        Self { at: value.referenced, what: what.into() }
    }

    /// The same thing, at a place around it where its own is not known.
    pub(super) fn or_at<Value>(self, around: &Spanned<Value>) -> Self {
        if self.at == Location::UNKNOWN { Self { at: around.referenced, ..self } } else { self }
    }

    pub(super) fn in_file(self, file: &str) -> Mistake {
        let place = (self.at != Location::UNKNOWN).then(|| (self.at.line(), self.at.column()));
        Mistake { file: file.to_owned(), place, what: self.what }
    }
}

/// Names near an unknown one, for a message; all of them where they are few.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let mut known: Vec<&str> = known.into_iter().collect();
    if known.is_empty() {
        return "there are none".to_owned();
    }
    if known.len() > 6 {
        known.sort_by(|one, other| strsim::jaro_winkler(name, other).total_cmp(&strsim::jaro_winkler(name, one)));
        known.truncate(3);
        return format!("nearest are {}", known.join(", "));
    }
    format!("there is {}", known.join(", "))
}
