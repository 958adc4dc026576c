//! What is wrong with a file of the suite, and where.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_saphyr::{Location, Spanned};

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The file, from the suite's folder.
    pub file: String,
    /// Line and column, counted from 1, where they are known.
    pub place: Option<(u64, u64)>,
    /// What is wrong, and what was expected.
    pub what: String,
}

impl Mistake {
    /// Something is wrong with a file as a whole.
    pub fn of_file(file: &str, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), place: None, what: what.into() }
    }

    /// Something is wrong at this place of a file.
    pub fn at(file: &str, location: Location, what: impl Into<String>) -> Self {
        let place = (location != Location::UNKNOWN).then(|| (location.line(), location.column()));
        Self { file: file.to_owned(), place, what: what.into() }
    }

    /// Something is wrong with this value of a file.
    pub fn with<Value>(file: &str, value: &Spanned<Value>, what: impl Into<String>) -> Self {
        Self::at(file, value.referenced, what)
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some((line, column)) => write!(out, "{}:{line}:{column}: {}", self.file, self.what),
            None => write!(out, "{}: {}", self.file, self.what),
        }
    }
}

impl std::error::Error for Mistake {}

/// Reads a YAML file.
///
/// # Errors
/// It is no such file; with line and column.
pub fn parse<File: DeserializeOwned>(file: &str, text: &str) -> Result<File, Mistake> {
    serde_saphyr::from_str(text).map_err(|error| {
        let location = error.location().unwrap_or(Location::UNKNOWN);
        // The rest of such a message shows the lines around it, which the reader has open.
        let what = error.without_snippet().to_string();
        let what = what.lines().next().unwrap_or_default();
        // The place stands in front already.
        let what = what.split_once(" at line ").map_or(what, |(what, _)| what);
        Mistake::at(file, location, what)
    })
}

/// Names near an unknown one, for a message; all of them where they are few.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let mut known: Vec<&str> = known.into_iter().collect();
    if known.is_empty() {
        return "there are none".to_owned();
    }
    if known.len() > 8 {
        known.sort_by(|one, other| strsim::jaro_winkler(name, other).total_cmp(&strsim::jaro_winkler(name, one)));
        known.truncate(3);
        return format!("nearest are {}", known.join(", "));
    }
    format!("there is {}", known.join(", "))
}
