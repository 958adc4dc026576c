//! A target's answers to every call of every case, kept as files that can be read, committed and compared.
//!
//! A file for each file of cases, at the same path. What is somebody's is gone ([`crate::redaction`]), shapes and lengths are kept.
//! The same answers give the same bytes, except for the day.

pub mod drift;
pub mod drift_report;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::last_run::write_file;
use crate::outcome::{CaseResult, Observation, Outcome};
use crate::redaction::Redaction;
use crate::suite::case::{Basis, Case};
use crate::suite::folder::Folder;
use crate::verdict::Seen;

/// What was recorded of one target, a file for each file of cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// By the path of the file of cases.
    pub files: BTreeMap<String, RecordedFile>,
}

/// What was recorded of a file of cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedFile {
    /// Which target answered.
    pub target: String,
    /// On which day.
    pub recorded: String,
    /// Every case, by id.
    pub cases: BTreeMap<String, RecordedCase>,
}

/// What was recorded of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedCase {
    /// What it shows, in a sentence.
    pub says: String,
    /// How well that is known.
    pub basis: Basis,
    /// What came of it.
    pub outcome: Outcome,
    /// What its calls were answered, in order.
    pub calls: Vec<Observation>,
}

impl Recording {
    /// What came of cases on a day, without what is somebody's.
    pub fn of(results: &[CaseResult], cases: &[Case], target: &str, day: &str, redaction: &Redaction) -> Self {
        let paths: BTreeMap<&str, &str> = cases.iter().map(|case| (case.id.as_str(), case.path.as_str())).collect();
        let mut files: BTreeMap<String, RecordedFile> = BTreeMap::new();
        for result in results {
            let path = paths.get(result.id.as_str()).copied().unwrap_or(&result.id).to_owned();
            let file = files.entry(path).or_insert_with(|| RecordedFile {
                target: target.to_owned(),
                recorded: day.to_owned(),
                cases: BTreeMap::new(),
            });
            file.cases.insert(result.id.clone(), RecordedCase::of(result, redaction));
        }
        Self { files }
    }

    /// Writes a file for each file of cases; those of other cases stay.
    ///
    /// # Errors
    /// One cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), String> {
        for (path, file) in &self.files {
            let text = serde_json::to_string_pretty(file).map_err(|error| error.to_string())?;
            write_file(&folder.join(format!("{path}.json")), &(text + "\n"))?;
        }
        Ok(())
    }

    /// Reads what was written into a folder.
    ///
    /// # Errors
    /// There is none, or one of its files is no recording; with its line.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let texts = Folder::At(folder.to_owned()).texts("", "json").map_err(|mistake| mistake.to_string())?;
        let read = |(path, text): (String, String)| match serde_json::from_str(&text) {
            Ok(file) => Ok((path, file)),
            Err(error) => Err(format!("{}: {error}", folder.join(format!("{path}.json")).display())),
        };
        let files: BTreeMap<_, _> = texts.into_iter().map(read).collect::<Result<_, _>>()?;
        if files.is_empty() {
            return Err(format!("{}: there is no recording in it", folder.display()));
        }
        Ok(Self { files })
    }

    /// Every case that was recorded, by id.
    pub fn cases(&self) -> impl Iterator<Item = (&str, &RecordedCase)> {
        self.files.values().flat_map(|file| &file.cases).map(|(id, case)| (id.as_str(), case))
    }

    /// What was seen of each case.
    pub fn seen(&self) -> BTreeMap<String, Seen> {
        self.cases().map(|(id, case)| (id.to_owned(), Seen::of(&case.outcome, &Redaction::default()))).collect()
    }
}

impl RecordedCase {
    /// What came of a case, without what is somebody's.
    pub fn of(result: &CaseResult, redaction: &Redaction) -> Self {
        Self {
            says: result.says.clone(),
            basis: result.basis,
            outcome: redaction.outcome(&result.outcome),
            calls: result.observations.iter().map(|one| redaction.observation(one)).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
