//! Several files in one: a ZIP that stores them as they are.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs files. Of two with the same name, the later gets a number. Without a date, so that the same files give the same
/// bytes; not packed tighter, since what is in it (PDF, PNG, JPG) already is.
///
/// # Errors
/// Together they are too large for the format.
pub fn bundle(files: &[(String, &[u8])]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut taken = BTreeSet::new();
    let named: Vec<_> = files.iter().map(|(name, bytes)| (free(&mut taken, &harmless(name)), *bytes)).collect();
    pack(named.iter().map(|(name, bytes)| (name.as_str(), *bytes)))
}

/// Packs files under paths that are ours.
///
/// # Errors
/// As [`bundle`].
pub(super) fn pack<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>, zip::result::ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        archive.start_file(path, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// A name that leads into no folder.
fn harmless(name: &str) -> String {
    name.chars().map(|sign| if sign.is_control() || "/\\:*?\"<>|".contains(sign) { '_' } else { sign }).collect()
}

fn free(taken: &mut BTreeSet<String>, name: &str) -> String {
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) => (stem, format!(".{extension}")),
        None => (name, String::new()),
    };
    let mut free = name.to_owned();
    let mut number = 2;
    while !taken.insert(free.clone()) {
        free = format!("{stem}({number}){extension}");
        number += 1;
    }
    free
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn files_come_out_as_they_went_in_under_names_of_their_own() {
        let files: [(String, &[u8]); 3] =
            [("合同.pdf".into(), b"one"), ("合同.pdf".into(), b"two"), ("../a/b.pdf".into(), b"three")];
        let packed = bundle(&files).unwrap();

        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        let mut found = Vec::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = String::new();
            file.read_to_string(&mut bytes).unwrap();
            found.push((file.name().unwrap().to_string(), bytes));
        }
        let expected = [("合同.pdf", "one"), ("合同(2).pdf", "two"), (".._a_b.pdf", "three")];
        assert_eq!(found, expected.map(|(name, bytes)| (name.to_owned(), bytes.to_owned())));
    }

    #[test]
    fn the_same_files_give_the_same_bytes() {
        let files: [(String, &[u8]); 1] = [("合同.pdf".into(), b"one")];
        assert_eq!(bundle(&files).unwrap(), bundle(&files).unwrap());
    }
}
