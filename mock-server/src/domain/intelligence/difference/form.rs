//! What kind of text a difference is (`api ComparisonDetail.FormatType`). How that is seen is ASSUMED; headers, tables of contents,
//! seals and watermarks are not told apart from the rest.

use std::ops::Range;

use super::Side;

/// What kind of text differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// 0: what a contract says.
    Paragraph,
    /// 1: nothing but signs.
    Punctuation,
    /// 5: the number a line begins with.
    Numbering,
    /// 7: a blank of underscores, or what was written into it.
    Blank,
}

impl Form {
    /// Its number.
    #[must_use]
    pub const fn code(self) -> i64 {
        match self {
            Self::Paragraph => 0,
            Self::Punctuation => 1,
            Self::Numbering => 5,
            Self::Blank => 7,
        }
    }

    pub(super) fn of(old: &Side<'_>, olds: Range<usize>, new: &Side<'_>, news: Range<usize>) -> Self {
        let sides = [(old, olds), (new, news)];
        let there = || sides.iter().filter(|(_, range)| !range.is_empty());
        let all = |is: fn(char) -> bool| {
            there().all(|(side, range)| side.words[range.clone()].iter().all(|word| word.text.chars().all(is)))
        };
        let is_blank = |side: &Side<'_>, range: &Range<usize>| {
            side.words[range.clone()].iter().all(|word| matches!(word.text.as_str(), "_" | "＿"))
        };
        if there().any(|(side, range)| is_blank(side, range)) {
            Self::Blank
        } else if all(|character| !character.is_alphanumeric()) {
            Self::Punctuation
        } else if there().all(|(side, range)| is_numbering(side, range)) {
            Self::Numbering
        } else {
            Self::Paragraph
        }
    }
}

/// `1.`, `（二）`, `第三条`, or the part of one that differs.
fn is_numbering(side: &Side<'_>, range: &Range<usize>) -> bool {
    let words = &side.words[range.clone()];
    let of_a_number = |character: char| character.is_ascii_digit() || "一二三四五六七八九十百零".contains(character);
    let around = |character: char| "第条章节款（）()、.．".contains(character);
    let texts = || words.iter().flat_map(|word| word.text.chars());
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let Some(line) = side.reading.lines.get(first.line) else { return false };
    // Whatever stands before it on the line belongs to the number, too, and so does what comes right after.
    let before = line
        .text
        .chars()
        .take(first.characters.start)
        .all(|one| one.is_whitespace() || around(one) || of_a_number(one));
    let after = line.text.chars().nth(last.characters.end).is_some_and(|one| around(one) || of_a_number(one));
    let ends = texts().next_back().is_some_and(around);
    last.line == first.line
        && texts().any(of_a_number)
        && texts().all(|one| of_a_number(one) || around(one))
        && before
        && (after || ends)
}
