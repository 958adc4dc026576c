//! Where in a world file a contradiction stands. A file is checked after it was read, as a value that knows no lines; but what
//! is wrong is told by an id, and the text has that.

/// Line and column, from 1, of what a message is about: the id it names last, where it stands first. What stands twice is
/// shown where it stands last.
pub(super) fn of(what: &str, text: &str) -> Option<(usize, usize)> {
    let named = what.rsplit('`').nth(1).filter(|id| !id.is_empty())?;
    let mut places = text.match_indices(named).map(|(at, _)| at).filter(|at| is_whole(text, *at, named.len()));
    let at = if what.contains("stands twice") { places.last() } else { places.next() }?;
    let before = &text[..at];
    let line_starts = before.rfind('\n').map_or(0, |end| end + 1);
    Some((before.matches('\n').count() + 1, before[line_starts..].chars().count() + 1))
}

/// Whether what stands there is no part of a longer word.
fn is_whole(text: &str, at: usize, length: usize) -> bool {
    let is_word = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.');
    let before = text[..at].chars().next_back();
    let after = text[at + length..].chars().next();
    !before.is_some_and(is_word) && !after.is_some_and(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "organizations:\n  - { id: company }\ncontracts:\n  - { id: c-1, file: c }\n  - { id: c-1 }\n";

    #[test]
    fn a_message_is_about_the_id_it_names_last() {
        assert_eq!(of("contracts: `c-1`: file: there is no `c` in the file", TEXT), Some((4, 22)));
        assert_eq!(of("contracts: `c-1`: a rule refuses it", TEXT), Some((4, 11)));
        assert_eq!(of("the id `c-1` stands twice", TEXT), Some((5, 11)));
        assert_eq!(of("there is no `elsewhere`", TEXT), None);
        assert_eq!(of("nothing is named", TEXT), None);
    }
}
