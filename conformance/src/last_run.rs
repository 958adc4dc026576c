//! What came of each case when it was run last, kept in a file between runs: what to run again, and what has changed since.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::verdict::Seen;

/// The file.
#[derive(Debug)]
pub struct LastRun {
    at: PathBuf,
    known: Known,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    targets: BTreeMap<String, BTreeMap<String, Last>>,
}

/// What came of a case last.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Last {
    /// What was seen.
    pub seen: Seen,
    /// Whether it failed the run.
    pub failed: bool,
}

impl LastRun {
    /// Reads the file; there need not be one yet.
    ///
    /// # Errors
    /// It is there and cannot be read.
    pub fn read(at: &Path) -> Result<Self, String> {
        let known = match std::fs::read(at) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
                format!("{}: not the state of a run: {error}; delete it to begin anew", at.display())
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Known::default(),
            Err(error) => return Err(format!("{}: cannot be read: {error}", at.display())),
        };
        Ok(Self { at: at.to_owned(), known })
    }

    /// The cases that failed when they were run last at a target, or nothing where none was ever run.
    pub fn failed(&self, target: &str) -> Option<BTreeSet<&str>> {
        let cases = self.known.targets.get(target)?;
        Some(cases.iter().filter(|(_, last)| last.failed).map(|(id, _)| id.as_str()).collect())
    }

    /// What was seen of each case when it was run last at a target.
    pub fn seen(&self, target: &str) -> BTreeMap<String, Seen> {
        let cases = self.known.targets.get(target).into_iter().flatten();
        cases.map(|(id, last)| (id.clone(), last.seen.clone())).collect()
    }

    /// Keeps what came of cases now. What is known of others stays, as far as those cases still exist.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep(
        &mut self,
        target: &str,
        now: impl IntoIterator<Item = (String, Last)>,
        is_case: impl Fn(&str) -> bool,
    ) -> Result<(), String> {
        let cases = self.known.targets.entry(target.to_owned()).or_default();
        cases.retain(|id, _| is_case(id));
        cases.extend(now);
        let text = serde_json::to_string_pretty(&self.known).map_err(|error| error.to_string())?;
        write_file(&self.at, &text)
    }
}

/// Writes a file, and the folders it is in.
///
/// # Errors
/// It cannot be written, and why.
pub fn write_file(at: &Path, text: &str) -> Result<(), String> {
    let folder = at.parent().filter(|folder| !folder.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| std::fs::write(at, text))
        .map_err(|error| format!("{}: cannot be written: {error}", at.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(seen: Seen, failed: bool) -> Last {
        Last { seen, failed }
    }

    #[test]
    fn what_failed_last_is_known_to_the_next_run_and_runs_of_other_cases_do_not_forget_it() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("a/b/last-run.json");
        assert_eq!(LastRun::read(&at).unwrap().failed("fake"), None);

        let first = [
            ("x".to_owned(), last(Seen::Differs("how".to_owned()), true)),
            ("y".to_owned(), last(Seen::Agrees, false)),
            ("gone".to_owned(), last(Seen::Broken, true)),
        ];
        LastRun::read(&at).unwrap().keep("fake", first, |_| true).unwrap();
        LastRun::read(&at)
            .unwrap()
            .keep("fake", [("y".to_owned(), last(Seen::Broken, true))], |id| id != "gone")
            .unwrap();

        let read = LastRun::read(&at).unwrap();
        assert_eq!(read.failed("fake"), Some(BTreeSet::from(["x", "y"])));
        assert_eq!(read.failed("other"), None);
        assert_eq!(read.seen("fake")["x"], Seen::Differs("how".to_owned()));
    }

    #[test]
    fn a_state_that_cannot_be_read_is_an_error_that_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("last-run.json");
        std::fs::write(&at, "{").unwrap();

        assert!(LastRun::read(&at).unwrap_err().contains("delete it"), "a broken state is not silently begun anew");
    }
}
