//! Where a suite is read from: built into the binary, or a folder beside the person who edits it.

use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};

use super::mistake::Mistake;

/// What stands in the folder itself.
static BUILT_IN_FILES: [(&str, &str); 1] = [("unmatched.yaml", include_str!("../../unmatched.yaml"))];

static BUILT_IN: [(&str, Dir<'static>); 5] = [
    ("cases", include_dir!("$CARGO_MANIFEST_DIR/cases")),
    ("preparations", include_dir!("$CARGO_MANIFEST_DIR/preparations")),
    ("files", include_dir!("$CARGO_MANIFEST_DIR/files")),
    ("targets", include_dir!("$CARGO_MANIFEST_DIR/targets")),
    ("worlds", include_dir!("$CARGO_MANIFEST_DIR/worlds")),
];

/// A folder with `cases/ preparations/ files/ targets/ worlds/`.
#[derive(Clone, Debug, Default)]
pub enum Folder {
    /// The one the binary was built with.
    #[default]
    BuiltIn,
    /// One on disk.
    At(PathBuf),
}

impl Folder {
    /// Every text file of this ending below `part`, by its path in there without the ending, in order.
    ///
    /// # Errors
    /// A file or folder cannot be read.
    pub fn texts(&self, part: &str, ending: &str) -> Result<Vec<(String, String)>, Mistake> {
        let mut found = Vec::new();
        match self {
            Self::BuiltIn => built_in(part).map_or((), |dir| collect(dir, ending, &mut found)),
            Self::At(root) => walk(&root.join(part), "", ending, &mut found)?,
        }
        found.sort();
        Ok(found)
    }

    /// A text file of the folder itself.
    ///
    /// # Errors
    /// There is none of this name, or it cannot be read.
    pub fn text(&self, name: &str) -> Result<String, Mistake> {
        match self {
            Self::BuiltIn => BUILT_IN_FILES
                .iter()
                .find(|(file, _)| *file == name)
                .map(|(_, text)| (*text).to_owned())
                .ok_or_else(|| Mistake::of_file(name, "there is no such file in the suite")),
            Self::At(root) => std::fs::read_to_string(root.join(name))
                .map_err(|error| Mistake::of_file(name, format!("cannot be read: {error}"))),
        }
    }

    /// One file.
    ///
    /// # Errors
    /// There is none of this name, or it cannot be read.
    pub fn bytes(&self, part: &str, name: &str) -> Result<Vec<u8>, Mistake> {
        let missing = |what: String| Mistake::of_file(&format!("{part}/{name}"), what);
        // Names come from cases, which are not to reach elsewhere.
        if name.split(['/', '\\']).any(|piece| matches!(piece, "" | "." | "..")) {
            return Err(missing("a file's name has no empty piece, `.` or `..`".to_owned()));
        }
        match self {
            Self::BuiltIn => built_in(part)
                .and_then(|dir| dir.get_file(name))
                .map(|file| file.contents().to_vec())
                .ok_or_else(|| missing("there is no such file in the suite".to_owned())),
            Self::At(root) => {
                std::fs::read(root.join(part).join(name)).map_err(|error| missing(format!("cannot be read: {error}")))
            }
        }
    }
}

fn built_in(part: &str) -> Option<&'static Dir<'static>> {
    BUILT_IN.iter().find(|(name, _)| *name == part).map(|(_, dir)| dir)
}

fn collect(dir: &Dir<'static>, ending: &str, found: &mut Vec<(String, String)>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, ending, found),
            DirEntry::File(file) => {
                let name = stem(&file.path().to_string_lossy(), ending).map(str::to_owned);
                found.extend(name.zip(file.contents_utf8().map(str::to_owned)));
            }
        }
    }
}

fn walk(at: &Path, prefix: &str, ending: &str, found: &mut Vec<(String, String)>) -> Result<(), Mistake> {
    let unreadable =
        |error: std::io::Error| Mistake::of_file(&at.display().to_string(), format!("cannot be read: {error}"));
    for entry in std::fs::read_dir(at).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{name}/"), ending, found)?;
        } else if let Some(stem) = stem(&name, ending) {
            let text = std::fs::read_to_string(entry.path()).map_err(|error| {
                Mistake::of_file(&entry.path().display().to_string(), format!("cannot be read: {error}"))
            })?;
            found.push((stem.to_owned(), text));
        }
    }
    Ok(())
}

fn stem<'a>(name: &'a str, ending: &str) -> Option<&'a str> {
    name.strip_suffix(ending)?.strip_suffix('.')
}
