//! The suite as it is written: cases, what prepares them, and what they need, read and checked before anything runs.
//!
//! `cases/README.md` describes the format. [`case`] and [`step`] are what a file may say, [`matcher`] and [`names`] what its values may say,
//! [`rehearsal`] what a case needs and causes before it has run,
//! [`check`] what would only be found out while running: a name nobody binds, an action nobody has, a limit that is none.

pub mod case;
pub mod check;
pub mod folder;
pub mod marks;
pub mod matcher;
pub mod mistake;
pub mod names;
pub mod rehearsal;
pub(crate) mod request;
pub mod select;
pub mod step;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::case::{CaseFile, Preparation};
use self::folder::Folder;
use self::mistake::Mistake;

/// Every case there is, and what they stand on.
#[derive(Debug)]
pub struct Suite {
    /// The files of cases, by their path without `.yaml`.
    pub files: BTreeMap<String, Arc<CaseFile>>,
    /// What `use` names.
    pub preparations: BTreeMap<String, Arc<Preparation>>,
    /// Where all of it was read from.
    pub folder: Folder,
}

impl Suite {
    /// Reads and checks every file.
    ///
    /// # Errors
    /// All mistakes, each with its file, line and column.
    pub fn read(folder: Folder) -> Result<Self, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut files = BTreeMap::new();
        let mut preparations = BTreeMap::new();
        for (path, text) in folder.texts("cases", "yaml").map_err(|mistake| vec![mistake])? {
            match mistake::parse::<CaseFile>(&format!("cases/{path}.yaml"), &text) {
                Ok(file) => drop(files.insert(path, Arc::new(file))),
                Err(mistake) => mistakes.push(mistake),
            }
        }
        for (path, text) in folder.texts("preparations", "yaml").map_err(|mistake| vec![mistake])? {
            match mistake::parse::<Preparation>(&format!("preparations/{path}.yaml"), &text) {
                Ok(file) => drop(preparations.insert(path, Arc::new(file))),
                Err(mistake) => mistakes.push(mistake),
            }
        }
        let suite = Self { files, preparations, folder };
        // What could not be read would be missed wherever it is used.
        if mistakes.is_empty() {
            mistakes = check::check(&suite);
        }
        if mistakes.is_empty() { Ok(suite) } else { Err(mistakes) }
    }

    /// Every case: each row of a table is one, a file without a table is one.
    pub fn cases(&self) -> impl Iterator<Item = case::Case> + '_ {
        self.files.iter().flat_map(|(path, file)| case::Case::all_of(path, file))
    }
}
